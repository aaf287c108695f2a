// SPDX-License-Identifier: EUPL-1.2
#include "base/opening_hours_rules.hpp"

#include <fmt/format.h>

#include <array>

/// Opening hours back into text, always the same way.
namespace kringwerk::hours {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};
constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 5> event_names{"", "dawn", "sunrise", "sunset", "dusk"};

std::string step_text(int step) { return step == 1 ? "" : fmt::format("/{}", step); }

std::string days_text(int days) {
    if (days == 0) return {};
    return fmt::format(" {:+} day{}", days, days == 1 || days == -1 ? "" : "s");
}

std::string text(const Years& years) {
    // Four digits, or it would be read as something else.
    if (years.to == last_year && years.step == 1) return fmt::format("{:04}+", years.from);
    if (years.to == last_year) return fmt::format("{:04}{}", years.from, step_text(years.step));
    if (years.from == years.to) return fmt::format("{:04}", years.from);
    return fmt::format("{:04}-{:04}{}", years.from, years.to, step_text(years.step));
}

std::string text(const Weeks& weeks) {
    if (weeks.from == weeks.to) return fmt::format("{:02}", weeks.from);
    return fmt::format("{:02}-{:02}{}", weeks.from, weeks.to, step_text(weeks.step));
}

std::string text(const Date& date) {
    std::string made = date.year ? fmt::format("{:04} ", *date.year) : "";
    if (date.kind == Date::Kind::easter) {
        made += "easter";
    } else {
        made += month_names[date.month - 1];
    }
    if (date.kind == Date::Kind::day) made += fmt::format(" {:02}", date.day);
    if (date.kind == Date::Kind::nth_weekday) {
        made += fmt::format(" {}[{}]", weekday_names[date.weekday], date.nth);
    }
    if (date.moved_to) {
        made += fmt::format(" {}{}", date.moved_back ? '-' : '+', weekday_names[*date.moved_to]);
    }
    return made + days_text(date.moved_days);
}

std::string text(const DateRange& range) {
    auto made = text(range.from);
    if (range.to) made += "-" + text(*range.to);
    return range.open_end ? made + "+" : made;
}

std::string text(const Weekdays& days) {
    if (days.kind == Weekdays::Kind::public_holiday) return "PH" + days_text(days.moved_days);
    if (days.kind == Weekdays::Kind::school_holiday) return "SH" + days_text(days.moved_days);
    std::string made(weekday_names[days.from]);
    if (days.to != days.from) made += fmt::format("-{}", weekday_names[days.to]);
    if (!days.nth.empty()) made += fmt::format("[{}]", fmt::join(days.nth, ","));
    return made + days_text(days.moved_days);
}

std::string clock_text(int minutes) {
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string text(const TimePoint& time) {
    if (time.event == TimePoint::Event::clock) return clock_text(time.minutes);
    const auto name = event_names[static_cast<std::size_t>(time.event)];
    if (time.minutes == 0) return std::string(name);
    const bool before = time.minutes < 0;
    return fmt::format("({}{}{})", name, before ? '-' : '+',
                       clock_text(before ? -time.minutes : time.minutes));
}

std::string text(const TimeSpan& span) {
    auto made = text(span.from);
    if (span.to) made += "-" + text(*span.to);
    return span.open_end ? made + "+" : made;
}

template <class List> std::string listed(const List& list) {
    std::string made;
    for (const auto& part : list) made += (made.empty() ? "" : ",") + text(part);
    return made;
}

void append(std::string& rule, const std::string& part) {
    if (part.empty()) return;
    rule += (rule.empty() ? "" : " ") + part;
}

std::string text(const Rule& rule) {
    std::string made = rule.always ? "24/7" : "";
    append(made, listed(rule.years));
    // Weeks stand between the two: a year right before a date would be part of that date.
    if (!rule.weeks.empty()) append(made, "week " + listed(rule.weeks));
    append(made, listed(rule.dates));
    for (const auto& list : rule.days) append(made, listed(list));
    append(made, listed(rule.times));
    // Days alone are open all day; said, so that what follows a comma is not read as more days.
    const bool days_alone = !rule.always && rule.times.empty() && rule.comment.empty();
    if (rule.said == OpenState::open || (!rule.said && days_alone)) append(made, "open");
    if (rule.said == OpenState::closed) append(made, "off");
    if (rule.said == OpenState::unknown) append(made, "unknown");
    if (!rule.comment.empty()) append(made, "\"" + rule.comment + "\"");
    return made;
}

} // namespace

std::string text_of(const std::vector<Rule>& rules) {
    std::string made;
    for (const auto& rule : rules) {
        if (!made.empty()) {
            made += rule.joint == Joint::adds       ? ", "
                    : rule.joint == Joint::replaces ? "; "
                                                    : " || ";
        }
        made += text(rule);
    }
    return made;
}

} // namespace kringwerk::hours
