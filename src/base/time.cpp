// SPDX-License-Identifier: EUPL-1.2
#include "base/time.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace kringwerk {
namespace {

using Milliseconds = std::chrono::milliseconds;
using SysMs = date::sys_time<Milliseconds>;

const date::time_zone& amsterdam() {
    static const date::time_zone* const zone = date::locate_zone("Europe/Amsterdam");
    return *zone;
}

SysMs sys(Instant moment) { return SysMs{Milliseconds{moment.ms}}; }

date::local_time<Milliseconds> local(Instant moment) {
    // One look-up of the zone's rules serves all moments until the next change of the clock.
    thread_local date::sys_info info{};
    const auto seconds = date::floor<std::chrono::seconds>(sys(moment));
    if (seconds < info.begin || seconds >= info.end) info = amsterdam().get_info(sys(moment));
    return date::local_time<Milliseconds>{sys(moment).time_since_epoch() + info.offset};
}

/// Exactly `text.size()` digits, else nothing.
std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char sign : text) {
        if (sign < '0' || sign > '9') return std::nullopt;
        value = value * 10 + (sign - '0');
    }
    return value;
}

std::optional<int> offset_minutes(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
    const auto hours = digits(text.substr(1, 2));
    const auto minutes = digits(text.substr(4, 2));
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
    return (text[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

} // namespace

Instant now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<Milliseconds>(since).count()};
}

Day local_day(Instant moment) {
    return {date::floor<date::days>(local(moment)).time_since_epoch().count()};
}

int local_minutes(Instant moment) {
    const auto time = local(moment);
    const auto passed = time - date::floor<date::days>(time);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(passed).count());
}

Instant local_time(Day day, int minutes) {
    const date::local_time<Milliseconds> wall{date::days{day.number} +
                                              std::chrono::minutes{minutes}};
    const auto moment = amsterdam().to_sys(wall, date::choose::earliest);
    return {date::floor<Milliseconds>(moment).time_since_epoch().count()};
}

CalendarDay calendar(Day day) {
    const date::year_month_day ymd{date::sys_days{date::days{day.number}}};
    return {int{ymd.year()}, unsigned{ymd.month()}, unsigned{ymd.day()}};
}

std::optional<Day> make_day(int year, unsigned month, unsigned day) {
    const date::year_month_day ymd{date::year{year}, date::month{month}, date::day{day}};
    if (!ymd.ok()) return std::nullopt;
    return Day{date::sys_days{ymd}.time_since_epoch().count()};
}

Month month_of(Day day) {
    const auto [year, month, ignored] = calendar(day);
    return {year * 12 + static_cast<int>(month) - 1};
}

Day first_day(Month month) { return *make_day(year_of(month), month_number(month), 1); }

Day last_day(Month month) { return day_after(first_day(month_after(month)), -1); }

unsigned weekday(Day day) {
    return date::weekday{date::sys_days{date::days{day.number}}}.c_encoding();
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return {};
    const auto day = parse_day(text.substr(0, 10));
    const auto hours = digits(text.substr(11, 2));
    const auto minutes = digits(text.substr(14, 2));
    const auto seconds = digits(text.substr(17, 2));
    if (!day || !hours || !minutes || !seconds || text[13] != ':' || text[16] != ':') return {};
    if (*hours > 23 || *minutes > 59 || *seconds > 59) return {};
    auto rest = text.substr(19);
    std::int64_t fraction_ms = 0;
    if (rest.front() == '.') {
        const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        const auto figures = std::string(rest.substr(1, end - 1)) + "000";
        if (end == 1) return {};
        fraction_ms = *digits(std::string_view(figures).substr(0, 3));
        rest.remove_prefix(end);
    }
    const auto offset = offset_minutes(rest);
    if (!offset) return {};
    const std::int64_t of_day = ((*hours * 60LL + *minutes - *offset) * 60 + *seconds) * 1000;
    return Instant{day->number * 86'400'000LL + of_day + fraction_ms};
}

std::string format_instant(Instant moment) {
    const auto day = date::floor<date::days>(sys(moment));
    const auto ms = (sys(moment) - day).count();
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z",
                       format_day({static_cast<std::int32_t>(day.time_since_epoch().count())}),
                       ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return make_day(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::string format_day(Day day) {
    const auto [year, month, of_month] = calendar(day);
    return fmt::format("{:04}-{:02}-{:02}", year, month, of_month);
}

std::optional<Month> parse_month(std::string_view text) {
    const auto day = parse_day(std::string(text) + "-01");
    if (!day || text.size() != 7) return std::nullopt;
    return month_of(*day);
}

std::string format_month(Month month) {
    return fmt::format("{:04}-{:02}", year_of(month), month_number(month));
}

std::string format_clock(Instant moment) {
    const auto minutes = local_minutes(moment);
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

} // namespace kringwerk
