// SPDX-License-Identifier: EUPL-1.2
#include "base/opening_hours_reader.hpp"
#include "base/opening_hours_rules.hpp"

#include <algorithm>
#include <array>

/// Each function below reads one part of a rule. False: it was there and wrong, and the reader
/// remembers why.
namespace kringwerk::hours {
namespace {

constexpr int latest_minute = 2 * day_minutes;

/// "/2"; without it every one.
bool read_step(Reader& in, int& step) {
    if (!in.take("/")) return true;
    const auto number = in.number(1, 3);
    if (!number || *number == 0) return in.fail("hours.number_expected");
    step = *number;
    return true;
}

/// "+1 day", "-2 days"; nothing else is taken.
int read_moved_days(Reader& in) {
    const auto mark = in.mark();
    const auto sign = in.sign();
    const auto number = sign ? in.number(1, 3) : std::nullopt;
    if (number && (in.take_word("days") || in.take_word("day"))) return *sign * *number;
    in.back_to(mark);
    return 0;
}

bool read_years(Reader& in, Years& years) {
    const auto from = in.number(4, 4);
    if (!from) return in.fail("hours.number_expected");
    years.from = years.to = *from;
    if (in.take("+")) {
        years.to = last_year;
    } else if (in.take("-")) {
        const auto to = in.number(4, 4);
        if (!to || *to < *from) return in.fail("hours.number_expected");
        years.to = *to;
    } else if (in.take("/")) { // "2055/2": from that year on, every second one
        years.to = last_year;
        in.back_to(in.mark() - 1);
    }
    return read_step(in, years.step);
}

bool read_weeks(Reader& in, Weeks& weeks) {
    const auto fits = [](std::optional<int> week) { return week && *week >= 1 && *week <= 53; };
    const auto from = in.number(1, 2);
    if (!fits(from)) return in.fail("hours.week_expected");
    weeks.from = weeks.to = *from;
    if (!in.take("-")) return true;
    const auto to = in.number(1, 2);
    if (!fits(to)) return in.fail("hours.week_expected");
    weeks.to = *to;
    return read_step(in, weeks.step);
}

bool read_week_list(Reader& in, std::vector<Weeks>& list) {
    for (;;) {
        if (!read_weeks(in, list.emplace_back())) return false;
        const auto mark = in.mark();
        if (in.take(",") && in.at_day_number()) continue;
        in.back_to(mark);
        return true;
    }
}

bool at_month(Reader& in) {
    const auto mark = in.mark();
    const bool there = in.month() || in.take_word("easter");
    in.back_to(mark);
    return there;
}

/// A month or Easter comes next, perhaps after a year.
bool at_date(Reader& in) {
    const auto mark = in.mark();
    if (in.at_year()) in.number(4, 4);
    const bool there = at_month(in);
    in.back_to(mark);
    return there;
}

bool read_day_number(Reader& in, Date& date) {
    const auto before = in.mark();
    const auto day = in.number(1, 2);
    constexpr std::array<int, 12> longest{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!day || *day < 1 || *day > longest.at(date.month - 1)) {
        in.back_to(before);
        return in.fail("hours.day_expected");
    }
    date.kind = Date::Kind::day;
    date.day = static_cast<unsigned>(*day);
    return true;
}

/// "Su[-1]" behind a month; nothing is taken when it is not there.
bool read_nth_weekday(Reader& in, Date& date) {
    const auto mark = in.mark();
    const auto weekday = in.weekday();
    const int sign = weekday && in.take("[") ? (in.take("-") ? -1 : 1) : 0;
    const auto nth = sign != 0 ? in.number(1, 1) : std::nullopt;
    if (!nth || *nth < 1 || *nth > 5 || !in.take("]")) {
        in.back_to(mark);
        return false;
    }
    date.kind = Date::Kind::nth_weekday;
    date.weekday = *weekday;
    date.nth = sign * *nth;
    return true;
}

/// "+Su", "-2 days", or both; nothing else is taken.
void read_moves(Reader& in, Date& date) {
    const auto mark = in.mark();
    const auto sign = in.sign();
    date.moved_to = sign ? in.weekday() : std::nullopt;
    date.moved_back = sign == -1 && date.moved_to;
    if (!date.moved_to) in.back_to(mark);
    date.moved_days = read_moved_days(in);
}

/// `weekday_belongs`: a weekday of the month behind it is part of this date, not of the rule.
bool read_date(Reader& in, Date& date, bool weekday_belongs) {
    if (in.at_year()) date.year = in.number(4, 4);
    if (in.take_word("easter")) {
        date.kind = Date::Kind::easter;
        read_moves(in, date);
        return true;
    }
    const auto month = in.month();
    if (!month) return in.fail("hours.month_expected");
    date.month = *month;
    if (in.at_day_number()) {
        if (!read_day_number(in, date)) return false;
    } else if (weekday_belongs) {
        read_nth_weekday(in, date);
    }
    if (date.kind != Date::Kind::month) read_moves(in, date);
    return true;
}

/// What begins a range: "Mar Su[-1]-Sep 30" does with its weekday, "Mar Su[-1] 10:00-12:00"
/// without.
bool read_first_date(Reader& in, Date& date) {
    const auto mark = in.mark();
    if (!read_date(in, date, true)) return false;
    if (date.kind != Date::Kind::nth_weekday) return true;
    if (in.take("-") && (at_date(in) || in.at_day_number())) {
        in.back_to(mark);
        return read_date(in, date = {}, true);
    }
    in.back_to(mark);
    return read_date(in, date = {}, false);
}

bool read_last_date(Reader& in, DateRange& range) {
    Date to;
    if (in.at_day_number() && range.from.kind != Date::Kind::month) {
        to.month = range.from.month; // "Apr 10-16"
        if (!read_day_number(in, to)) return false;
        read_moves(in, to);
    } else if (!read_date(in, to, range.from.kind != Date::Kind::month)) {
        return false;
    }
    range.to = to;
    return true;
}

bool read_range_end(Reader& in, DateRange& range) {
    if (in.take("-")) return read_last_date(in, range);
    range.open_end = in.take("+");
    return true;
}

/// "25,26" behind "Dec".
bool read_same_month(Reader& in, DateRange& range, const Date& before) {
    range.from.year = before.year;
    range.from.month = before.month;
    return read_day_number(in, range.from) && read_range_end(in, range);
}

bool read_date_list(Reader& in, std::vector<DateRange>& list) {
    if (!read_first_date(in, list.emplace_back().from)) return false;
    if (!read_range_end(in, list.back())) return false;
    for (;;) {
        const auto mark = in.mark();
        const auto before = list.back().to.value_or(list.back().from);
        if (!in.take(",")) return true;
        if (at_date(in)) {
            if (!read_first_date(in, list.emplace_back().from)) return false;
            if (!read_range_end(in, list.back())) return false;
        } else if (in.at_day_number() && before.kind == Date::Kind::day) {
            if (!read_same_month(in, list.emplace_back(), before)) return false;
        } else {
            in.back_to(mark);
            return true;
        }
    }
}

bool read_year_list(Reader& in, std::vector<Years>& list) {
    for (;;) {
        if (!read_years(in, list.emplace_back())) return false;
        const auto mark = in.mark();
        if (in.take(",") && in.at_year()) continue;
        in.back_to(mark);
        return true;
    }
}

/// Years, dates and weeks; years before dates, where they cannot be taken for part of a date.
bool read_calendar(Reader& in, Rule& rule) {
    bool any = false;
    for (;; any = true) {
        if (rule.dates.empty() && at_date(in)) {
            if (!read_date_list(in, rule.dates)) return false;
        } else if (rule.years.empty() && rule.dates.empty() && in.at_year()) {
            if (!read_year_list(in, rule.years)) return false;
        } else if (rule.weeks.empty() && in.take_word("week")) {
            if (!read_week_list(in, rule.weeks)) return false;
        } else {
            break;
        }
    }
    if (any) in.take(":");
    return true;
}

/// "[1]", "[-1]", "[1,3]", "[1-3]".
bool read_nth(Reader& in, std::vector<int>& list) {
    if (!in.take("[")) return true;
    do {
        const int sign = in.take("-") ? -1 : 1;
        const auto from = in.number(1, 1);
        const auto to = from && sign > 0 && in.take("-") ? in.number(1, 1) : from;
        if (!from || !to || *from < 1 || *to > 5 || *to < *from) {
            return in.fail("hours.number_expected");
        }
        for (int nth = *from; nth <= *to; ++nth) list.push_back(sign * nth);
    } while (in.take(","));
    return in.take("]") || in.fail("hours.number_expected");
}

/// Nothing is taken when no weekday or holiday comes next: `there` stays false.
bool read_weekdays(Reader& in, Weekdays& days, bool& there) {
    there = true;
    if (in.take_word("ph")) {
        days.kind = Weekdays::Kind::public_holiday;
    } else if (in.take_word("sh")) {
        days.kind = Weekdays::Kind::school_holiday;
    } else if (const auto from = in.weekday()) {
        days.from = days.to = *from;
        days.moved_days = read_moved_days(in);
        if (days.moved_days == 0 && in.take("-")) {
            const auto to = in.weekday();
            if (!to) return in.fail("hours.weekday_expected");
            days.to = *to;
        }
        if (!read_nth(in, days.nth)) return false;
    } else {
        there = false;
        return true;
    }
    if (days.moved_days == 0) days.moved_days = read_moved_days(in);
    return true;
}

/// What stands between commas; empty when no day comes next.
bool read_weekday_list(Reader& in, std::vector<Weekdays>& list) {
    auto mark = in.mark();
    do {
        Weekdays days;
        bool there = false;
        if (!read_weekdays(in, days, there)) return false;
        if (!there) {
            in.back_to(mark); // the comma begins another rule
            return true;
        }
        list.push_back(std::move(days));
        mark = in.mark();
    } while (in.take(","));
    return true;
}

bool only_holidays(const std::vector<Weekdays>& list) {
    return std::all_of(list.begin(), list.end(),
                       [](const Weekdays& days) { return days.kind != Weekdays::Kind::weekdays; });
}

/// One list, or holidays and weekdays in two: "PH Su". Two lists of weekdays would never meet.
bool read_days(Reader& in, Rule& rule) {
    for (;;) {
        const auto mark = in.mark();
        std::vector<Weekdays> list;
        if (!read_weekday_list(in, list)) return false;
        if (list.empty()) break;
        if (!rule.days.empty() && only_holidays(list) == only_holidays(rule.days.back())) {
            in.back_to(mark);
            return in.fail("hours.not_understood");
        }
        rule.days.push_back(std::move(list));
    }
    if (!rule.days.empty()) in.take(":"); // not in the specification, but often written
    return true;
}

bool read_clock(Reader& in, int& minutes) {
    const auto before = in.mark();
    if (!in.at_clock()) return in.fail("hours.time_expected");
    const auto hour = in.number(1, 2);
    in.take(":");
    const auto minute = in.number(2, 2);
    minutes = hour.value_or(0) * 60 + minute.value_or(0);
    if (minute && *minute < 60 && minutes <= latest_minute) return true;
    in.back_to(before);
    return in.fail("hours.no_such_time");
}

bool read_event(Reader& in, TimePoint& time) {
    using enum TimePoint::Event;
    if (in.take_word("dawn")) time.event = dawn;
    if (in.take_word("sunrise")) time.event = sunrise;
    if (in.take_word("sunset")) time.event = sunset;
    if (in.take_word("dusk")) time.event = dusk;
    return time.event != clock;
}

bool read_time(Reader& in, TimePoint& time) {
    if (read_event(in, time)) return true;
    if (!in.take("(")) return read_clock(in, time.minutes);
    if (!read_event(in, time)) return in.fail("hours.time_expected");
    const auto sign = in.sign();
    if (!sign || !read_clock(in, time.minutes)) return in.fail("hours.time_expected");
    time.minutes *= *sign;
    return in.take(")") || in.fail("hours.time_expected");
}

bool at_time(Reader& in) {
    const auto mark = in.mark();
    TimePoint ignored;
    const bool there = in.at_clock() || in.take("(") || read_event(in, ignored);
    in.back_to(mark);
    return there;
}

bool read_time_span(Reader& in, TimeSpan& span) {
    if (!read_time(in, span.from)) return false;
    if (in.take("-") && !read_time(in, span.to.emplace())) return false;
    span.open_end = in.take("+");
    return span.to || span.open_end || in.fail("hours.end_expected");
}

bool read_times(Reader& in, Rule& rule) {
    if (!at_time(in)) return !in.at_digit() || in.fail("hours.time_expected");
    for (;;) {
        if (!read_time_span(in, rule.times.emplace_back())) return false;
        const auto mark = in.mark();
        if (in.take(",") && at_time(in)) continue;
        in.back_to(mark);
        return true;
    }
}

bool read_state(Reader& in, Rule& rule) {
    if (in.take_word("open")) rule.said = OpenState::open;
    if (in.take_word("off") || in.take_word("closed")) rule.said = OpenState::closed;
    if (in.take_word("unknown")) rule.said = OpenState::unknown;
    rule.comment = in.comment().value_or(std::string());
    return !in.failed();
}

bool at_joint(Reader& in) {
    const auto mark = in.mark();
    const bool there = in.take(";") || in.take(",") || in.take("||");
    in.back_to(mark);
    return there;
}

bool read_rule(Reader& in, Rule& rule) {
    if (in.at_end() || at_joint(in)) return in.fail("hours.rule_expected");
    const auto begin = in.mark();
    rule.always = in.take("24/7");
    const bool selected =
        rule.always || (read_calendar(in, rule) && read_days(in, rule) && read_times(in, rule));
    if (!selected || !read_state(in, rule)) return false;
    return in.mark() != begin || in.fail("hours.not_understood");
}

/// How the next rule joins. A last `;` joins nothing and is let go.
std::optional<Joint> read_joint(Reader& in) {
    if (in.take("||")) return Joint::falls_back;
    if (in.take(",")) return Joint::adds;
    if (in.take(";") && !in.at_end()) return Joint::replaces;
    if (!in.at_end()) in.fail("hours.not_understood");
    return std::nullopt;
}

} // namespace

Result<std::vector<Rule>> parse_rules(std::string_view text) {
    Reader in(text);
    std::vector<Rule> rules;
    std::optional<Joint> joint = Joint::replaces;
    while (joint) {
        auto& rule = rules.emplace_back();
        rule.joint = *joint;
        if (!read_rule(in, rule)) return refuse(in.refusal());
        joint = read_joint(in);
    }
    if (in.failed()) return refuse(in.refusal());
    return rules;
}

} // namespace kringwerk::hours
