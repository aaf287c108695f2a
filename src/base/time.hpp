// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kringwerk {

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
};

/// A calendar day: days since 1970-01-01. Which moments belong to it depends on the zone; here
/// that is always Europe/Amsterdam.
struct Day {
    std::int32_t number = 0;
    friend constexpr auto operator<=>(Day, Day) = default;
};

/// A calendar month: year * 12 + month - 1, so that months count on over the years.
struct Month {
    std::int32_t number = 0;
    friend constexpr auto operator<=>(Month, Month) = default;
};

struct CalendarDay {
    int year = 1970;
    unsigned month = 1; ///< 1 to 12
    unsigned day = 1;   ///< 1 to 31
};

Instant now();

/// The day it was in Amsterdam.
Day local_day(Instant moment);
/// The moment that the clock in Amsterdam showed `minutes` after midnight. In the skipped hour of
/// March the first moment after it, in the doubled hour of October the first of the two.
Instant local_time(Day day, int minutes);
/// Minutes after midnight on the clock in Amsterdam.
int local_minutes(Instant moment);

constexpr Day day_after(Day day, int days = 1) { return {day.number + days}; }
constexpr Month month_after(Month month, int months = 1) { return {month.number + months}; }
Month month_of(Day day);
Day first_day(Month month);
Day last_day(Month month);
CalendarDay calendar(Day day);
/// Nothing when the calendar has no such day.
std::optional<Day> make_day(int year, unsigned month, unsigned day);
constexpr int year_of(Month month) { return month.number / 12; }
constexpr unsigned month_number(Month month) {
    return static_cast<unsigned>(month.number % 12) + 1;
}
/// 0 Sunday to 6 Saturday.
unsigned weekday(Day day);

/// RFC 3339 with any offset, "2027-03-12T11:36:00+01:00" or "...Z", with or without a fraction.
std::optional<Instant> parse_instant(std::string_view text);
/// RFC 3339 in UTC with milliseconds: "2027-03-12T10:36:00.000Z".
std::string format_instant(Instant moment);
/// "2027-03-12"; anything else, or a day that the calendar lacks, is nothing.
std::optional<Day> parse_day(std::string_view text);
std::string format_day(Day day);
/// "2027-03".
std::optional<Month> parse_month(std::string_view text);
std::string format_month(Month month);
/// "11:36" on the clock in Amsterdam.
std::string format_clock(Instant moment);

} // namespace kringwerk
