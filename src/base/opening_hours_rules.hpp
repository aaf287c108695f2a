// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/opening_hours.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The parts of opening hours, as `OpeningHours` keeps them. For its own files only.
namespace kringwerk::hours {

inline constexpr int day_minutes = 24 * 60;
inline constexpr int last_year = 9999;

/// 2027, 2027-2030, 2027+, each with every `step`th year.
struct Years {
    int from = 0;
    int to = 0;
    int step = 1;
};

/// Weeks by ISO 8601: 1 to 53.
struct Weeks {
    int from = 1;
    int to = 1;
    int step = 1;
};

/// A place in the calendar: a month, a day, a weekday of a month, Easter.
struct Date {
    enum class Kind : std::uint8_t { month, day, nth_weekday, easter };
    Kind kind = Kind::month;
    std::optional<int> year; ///< nothing: every year
    unsigned month = 1;
    unsigned day = 1;     ///< of Kind::day
    unsigned weekday = 0; ///< of Kind::nth_weekday
    int nth = 1;          ///< of Kind::nth_weekday; below 0 from the end of the month
    /// "+Su": the first such weekday from there on; "-Su": the last one up to there.
    std::optional<unsigned> moved_to = {};
    bool moved_back = false;
    int moved_days = 0;
};

struct DateRange {
    Date from;
    std::optional<Date> to;
    bool open_end = false; ///< to the end of the year, or for ever when the year is given
};

/// "Mo-Fr", "Sa[1]", "We[-1] +1 day", "PH", "SH".
struct Weekdays {
    enum class Kind : std::uint8_t { weekdays, public_holiday, school_holiday };
    Kind kind = Kind::weekdays;
    unsigned from = 0; ///< 0 Sunday to 6 Saturday
    unsigned to = 0;
    std::vector<int> nth; ///< of the month; below 0 from its end; empty: every one
    int moved_days = 0;
};

struct TimePoint {
    enum class Event : std::uint8_t { clock, dawn, sunrise, sunset, dusk };
    Event event = Event::clock;
    int minutes = 0; ///< after midnight, or after the event
};

struct TimeSpan {
    TimePoint from;
    std::optional<TimePoint> to;
    bool open_end = false;
};

enum class Joint : std::uint8_t { replaces, adds, falls_back };

struct Rule {
    Joint joint = Joint::replaces;
    bool always = false; ///< "24/7"
    std::vector<Years> years;
    std::vector<DateRange> dates;
    std::vector<Weeks> weeks;
    /// A day must be in each of these lists: "PH Su" is a holiday that is a Sunday.
    std::vector<std::vector<Weekdays>> days;
    std::vector<TimeSpan> times;
    std::optional<OpenState> said; ///< "open", "off", "unknown"
    std::string comment;

    OpenState state() const {
        if (said) return *said;
        return comment.empty() ? OpenState::open : OpenState::unknown;
    }
};

Result<std::vector<Rule>> parse_rules(std::string_view text);
std::string text_of(const std::vector<Rule>& rules);
/// Whether a rule is about a day at all.
bool is_about(const Rule& rule, Day day, const Holidays& holidays);

} // namespace kringwerk::hours
