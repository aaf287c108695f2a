// SPDX-License-Identifier: EUPL-1.2
#include "base/opening_hours_rules.hpp"

#include <algorithm>

/// Which days a rule is about.
namespace kringwerk::hours {
namespace {

/// A day of the month that the month lacks is its last one.
Day day_in(int year, unsigned month, unsigned day) {
    if (const auto exact = make_day(year, month, day)) return *exact;
    return last_day({year * 12 + static_cast<int>(month) - 1});
}

int days_from(unsigned weekday_from, unsigned weekday_to) {
    return static_cast<int>((weekday_to + 7 - weekday_from) % 7);
}

/// The nth weekday of a month, counted from its end below 0. A fifth one that the month lacks falls
/// into the next.
Day nth_weekday(int year, unsigned month, unsigned wanted, int nth) {
    if (nth > 0) {
        const auto first = *make_day(year, month, 1);
        return day_after(first, days_from(weekday(first), wanted) + 7 * (nth - 1));
    }
    const auto last = day_in(year, month, 31);
    return day_after(last, -days_from(wanted, weekday(last)) + 7 * (nth + 1));
}

Day moved(const Date& date, Day day) {
    if (date.moved_to && date.moved_back) {
        day = day_after(day, -days_from(*date.moved_to, weekday(day)));
    } else if (date.moved_to) {
        day = day_after(day, days_from(weekday(day), *date.moved_to));
    }
    return day_after(day, date.moved_days);
}

Day first_of(const Date& date, int year) {
    switch (date.kind) {
    case Date::Kind::easter:
        return moved(date, easter(year));
    case Date::Kind::nth_weekday:
        return moved(date, nth_weekday(year, date.month, date.weekday, date.nth));
    case Date::Kind::day:
        return moved(date, day_in(year, date.month, date.day));
    case Date::Kind::month:
        break;
    }
    return *make_day(year, date.month, 1);
}

Day last_of(const Date& date, int year) {
    return date.kind == Date::Kind::month ? day_in(year, date.month, 31) : first_of(date, year);
}

/// Whether a day lies in the range that begins in `year`.
bool holds_from(const DateRange& range, int year, Day day) {
    const auto& from = range.from;
    if (from.kind == Date::Kind::day && !range.to && !make_day(year, from.month, from.day)) {
        return false; // 29 February alone is not there in most years
    }
    const auto begins = first_of(from, year);
    if (range.open_end) return day >= begins && (from.year || calendar(day).year == year);
    const auto& to = range.to ? *range.to : from;
    auto ends = last_of(to, to.year.value_or(year));
    if (ends < begins && !to.year) ends = last_of(to, year + 1);
    return begins <= day && day <= ends;
}

bool holds(const DateRange& range, Day day) {
    if (range.from.year) return holds_from(range, *range.from.year, day);
    const int year = calendar(day).year; // a range may begin last year, or move into another one
    return holds_from(range, year - 1, day) || holds_from(range, year, day) ||
           holds_from(range, year + 1, day);
}

int week_of(Day day) {
    const auto monday_based = static_cast<int>((weekday(day) + 6) % 7);
    const auto thursday = day_after(day, 3 - monday_based); // a week is of the year of its Thursday
    const auto new_year = *make_day(calendar(thursday).year, 1, 1);
    return (thursday.number - new_year.number) / 7 + 1;
}

template <class Stepped> bool holds_step(const Stepped& range, int number) {
    return range.from <= number && number <= range.to && (number - range.from) % range.step == 0;
}

bool holds_weeks(const Weeks& weeks, int week) {
    if (weeks.from <= weeks.to) return holds_step(weeks, week);
    return week >= weeks.from || week <= weeks.to; // over the turn of the year
}

bool holds_weekdays(const Weekdays& days, Day asked, const Holidays& holidays) {
    const auto day = day_after(asked, -days.moved_days);
    if (days.kind == Weekdays::Kind::school_holiday) return false;
    if (days.kind == Weekdays::Kind::public_holiday) return holidays.is_public(day);
    const auto today = weekday(day);
    if (days_from(days.from, today) > days_from(days.from, days.to)) return false;
    if (days.nth.empty()) return true;
    const auto date = calendar(day);
    const auto left = calendar(last_day(month_of(day))).day - date.day;
    const int from_start = static_cast<int>(date.day - 1) / 7 + 1;
    const int from_end = -(static_cast<int>(left) / 7 + 1);
    return std::any_of(days.nth.begin(), days.nth.end(),
                       [&](int nth) { return nth == from_start || nth == from_end; });
}

/// Whether a list that may be empty, which means any, has a fitting part.
template <class List, class Fits> bool any_or_empty(const List& list, Fits fits) {
    return list.empty() || std::any_of(list.begin(), list.end(), fits);
}

} // namespace

bool is_about(const Rule& rule, Day day, const Holidays& holidays) {
    const int year = calendar(day).year;
    const bool of_year =
        any_or_empty(rule.years, [&](const Years& years) { return holds_step(years, year); });
    const bool of_date =
        any_or_empty(rule.dates, [&](const DateRange& range) { return holds(range, day); });
    const bool of_week = any_or_empty(
        rule.weeks, [&](const Weeks& weeks) { return holds_weeks(weeks, week_of(day)); });
    if (!of_year || !of_date || !of_week) return false;
    return std::all_of(rule.days.begin(), rule.days.end(), [&](const auto& list) {
        return std::any_of(list.begin(), list.end(), [&](const Weekdays& days) {
            return holds_weekdays(days, day, holidays);
        });
    });
}

} // namespace kringwerk::hours
