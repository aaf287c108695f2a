// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "rooms/intake/gate_report.hpp"

#include <fmt/format.h>

namespace kringwerk::intake {
namespace {

/// Monday of the week.
Day monday_of(Day day) { return day_after(day, -static_cast<int>((weekday(day) + 6) % 7)); }

struct IsoWeek {
    int year = 0;
    int week = 0;
};

/// The Thursday of a week decides of which year it is.
IsoWeek week_of(Day day) {
    const auto thursday = day_after(monday_of(day), 3);
    const int year = calendar(thursday).year;
    const auto first = monday_of(*make_day(year, 1, 4));
    return {year, (thursday.number - first.number) / 7 + 1};
}

std::optional<Day> parse_week(std::string_view text) {
    const auto parts = split(text, '-');
    if (parts.size() != 2 || parts[1].size() != 3 || parts[1].front() != 'w') return std::nullopt;
    const auto year = parse_whole(parts[0]);
    const auto week = parse_whole(parts[1].substr(1));
    if (!year || !week || *year < 2000 || *year > 2100 || *week < 1) return std::nullopt;
    const auto first = monday_of(*make_day(static_cast<int>(*year), 1, 4));
    const auto monday = day_after(first, static_cast<int>(*week - 1) * 7);
    if (*week > 53 || week_of(monday).year != *year) return std::nullopt;
    return monday;
}

} // namespace

GatePeriod period_of(Day day, GatePeriod::Unit unit) {
    switch (unit) {
    case GatePeriod::Unit::day:
        return {day, day, unit, format_day(day)};
    case GatePeriod::Unit::week: {
        const auto week = week_of(day);
        const auto monday = monday_of(day);
        return {monday, day_after(monday, 6), unit, fmt::format("{}-w{:02}", week.year, week.week)};
    }
    case GatePeriod::Unit::month: {
        const auto month = month_of(day);
        return {first_day(month), last_day(month), unit, format_month(month)};
    }
    }
    throw Bug("a period is a day, a week or a month");
}

std::optional<GatePeriod> parse_gate_period(std::string_view text) {
    if (const auto day = parse_day(text)) return period_of(*day, GatePeriod::Unit::day);
    if (const auto monday = parse_week(text)) return period_of(*monday, GatePeriod::Unit::week);
    if (const auto month = parse_month(text)) {
        return period_of(first_day(*month), GatePeriod::Unit::month);
    }
    return std::nullopt;
}

GatePeriod beside(const GatePeriod& period, int steps) {
    switch (period.unit) {
    case GatePeriod::Unit::day:
        return period_of(day_after(period.first, steps), period.unit);
    case GatePeriod::Unit::week:
        return period_of(day_after(period.first, 7 * steps), period.unit);
    case GatePeriod::Unit::month:
        return period_of(first_day(month_after(month_of(period.first), steps)), period.unit);
    }
    throw Bug("a period is a day, a week or a month");
}

std::string in_words(const Texts& texts, Language language, const GatePeriod& period) {
    std::string words;
    switch (period.unit) {
    case GatePeriod::Unit::day:
        words = show_day_in_words(language, period.first);
        break;
    case GatePeriod::Unit::week: {
        const auto week = week_of(period.first);
        words =
            texts.say(language, "gate_report.week_name",
                      {{"week", std::to_string(week.week)}, {"year", std::to_string(week.year)}});
        break;
    }
    case GatePeriod::Unit::month:
        words = show_month(language, month_of(period.first));
        break;
    }
    if (!words.empty()) words[0] = upper(words[0]);
    return words;
}

std::string hour_in_words(int hour) { return fmt::format("{:02}:00 – {:02}:00", hour, hour + 1); }

} // namespace kringwerk::intake
