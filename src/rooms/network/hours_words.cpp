// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/hours_words.hpp"

#include <fmt/format.h>

namespace kringwerk::network {
namespace {

/// What ends after midnight is said as a time of the next day: 26:00 is "02:00".
std::string clock_words(int minutes) {
    if (minutes == 24 * 60) return "24:00";
    return fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
}

} // namespace

std::string HoursWords::span(const OpenSpan& span) const {
    auto words = clock_words(span.from) + "–" + clock_words(span.to);
    if (span.open_end) words = texts_.say(language_, "hours.open_end", {{"hours", words}});
    if (span.state == OpenState::unknown) {
        words = texts_.say(language_, "hours.maybe", {{"hours", words}});
    }
    return span.comment.empty() ? words : words + " (" + span.comment + ")";
}

std::string HoursWords::day(const OpeningHours& hours, const Registered& centre, Day day) const {
    for (const auto& closed : centre.closed_days) {
        if (closed.day != day) continue;
        return texts_.say(language_, "hours.closed_because", {{"reason", closed.reason}});
    }
    const auto spans = hours.hours_of(day, centre.holidays());
    if (spans.empty()) {
        return texts_.say(language_,
                          is_public_holiday(day) ? "hours.closed_on_holiday" : "hours.closed");
    }
    std::string words;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const auto joint = i + 1 == spans.size() ? texts_.say(language_, "hours.and") : ",";
        words += (i == 0 ? "" : joint == "," ? ", " : " " + joint + " ") + span(spans[i]);
    }
    return words;
}

std::string HoursWords::now(const OpeningHours& hours, const Registered& centre,
                            Instant moment) const {
    const auto holidays = centre.holidays();
    const auto say = [&](std::string_view kind, OpenState state, const TextArguments& arguments) {
        return texts_.say(
            language_, "hours." + std::string(kind) + "." + std::string(code_of(state)), arguments);
    };
    const auto words = say("now", hours.state(moment, holidays), {});
    const auto change = hours.next_change(moment, holidays);
    if (!change) return words + " " + texts_.say(language_, "hours.next.never");
    return words + " " +
           say("next", change->to,
               {{"day", show_day_in_words(language_, local_day(change->at))},
                {"time", format_clock(change->at)}});
}

} // namespace kringwerk::network
