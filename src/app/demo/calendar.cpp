// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/calendar.hpp"

#include "base/ensure.hpp"

#include <array>

namespace kringwerk::demo {
namespace {

Day day_of(int year, unsigned month, unsigned day) {
    const auto made = make_day(year, month, day);
    ensure(made.has_value(), "a holiday is a day of the calendar");
    return *made;
}

/// King's Day is held on the Saturday when 27 April is a Sunday.
Day kings_day(int year) {
    const auto day = day_of(year, 4, 27);
    return weekday(day) == 0 ? day_after(day, -1) : day;
}

std::int64_t busyness(Day day, const std::array<std::int64_t, 12>& of_month,
                      const std::array<std::int64_t, 7>& of_weekday) {
    return of_month[calendar(day).month - 1] * of_weekday[weekday(day)] / 1000;
}

} // namespace

Day easter(int year) {
    // The full moon of spring after the Gregorian correction, then the Sunday after it.
    const int golden = year % 19;
    const int century = year / 100;
    const int moon_shift = century - century / 4 - (8 * century + 13) / 25 + 15;
    const int moon = (19 * golden + moon_shift) % 30;
    const int full_moon = moon - (moon / 28) * (1 - (29 / (moon + 1)) * ((21 - golden) / 11));
    const int sunday = (year + year / 4 + full_moon + 2 - century + century / 4) % 7;
    return day_after(day_of(year, 3, 28), full_moon - sunday);
}

bool is_holiday(Day day) {
    const auto date = calendar(day);
    const auto after_easter = day.number - easter(date.year).number;
    const auto is = [&](unsigned month, unsigned number) {
        return date.month == month && date.day == number;
    };
    const bool moves_with_easter = after_easter == 0 || after_easter == 1 || after_easter == 39 ||
                                   after_easter == 49 || after_easter == 50;
    return moves_with_easter || is(1, 1) || is(12, 25) || is(12, 26) ||
           day == kings_day(date.year) || (is(5, 5) && date.year % 5 == 0);
}

bool shuts_early(Day day) {
    const auto date = calendar(day);
    return date.month == 12 && (date.day == 5 || date.day == 24 || date.day == 31);
}

std::int64_t gate_busyness(Day day) {
    return busyness(day, {1030, 930, 1080, 1170, 1130, 1030, 920, 950, 1040, 1000, 900, 900},
                    {0, 880, 860, 930, 900, 1000, 1560});
}

std::int64_t shop_busyness(Day day) {
    return busyness(day, {950, 930, 1000, 1010, 990, 960, 930, 960, 1030, 1040, 1080, 1290},
                    {0, 820, 840, 980, 900, 1050, 1640});
}

} // namespace kringwerk::demo
