// SPDX-License-Identifier: EUPL-1.2
#include "base/public_holidays.hpp"

namespace kringwerk {
namespace {

constexpr unsigned sunday = 0;

/// The king's birthday is kept since 2014; before that it was the old queen's, on 30 April. Neither
/// is ever on a Sunday.
Day kings_day(int year) {
    const auto day = *make_day(year, 4, year >= 2014 ? 27 : 30);
    return weekday(day) == sunday ? day_after(day, -1) : day;
}

bool moves_with_easter(Day day, int year) {
    const int since = day.number - easter(year).number;
    return since == 0 || since == 1 || since == 39 || since == 49 || since == 50;
}

} // namespace

Day easter(int year) {
    // Meeus, Astronomical Algorithms (1991), chapter 8: the anonymous Gregorian rule.
    const int golden = year % 19;
    const int century = year / 100;
    const int moon_shift = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    const int to_sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 4) % 7;
    const int correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    const int since_march = epact + to_sunday - 7 * correction + 21; // 0 is 1 March
    return day_after(*make_day(year, 3, 1), since_march);
}

bool is_public_holiday(Day day) {
    const auto date = calendar(day);
    const bool christmas = date.month == 12 && (date.day == 25 || date.day == 26);
    const bool new_year = date.month == 1 && date.day == 1;
    const bool liberation = date.month == 5 && date.day == 5 && date.year % 5 == 0;
    return christmas || new_year || liberation || day == kings_day(date.year) ||
           moves_with_easter(day, date.year);
}

} // namespace kringwerk
