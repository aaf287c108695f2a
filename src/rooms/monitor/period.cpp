// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/period.hpp"

#include "base/words.hpp"

#include <algorithm>

namespace kringwerk::monitor {
namespace {

std::optional<Month> first_month(const NetworkTotals::Ptr& totals) {
    std::optional<Month> first;
    for (const auto& centre : *totals) {
        if (centre->months.empty()) continue;
        const auto month = centre->months.begin()->first;
        if (!first || month < *first) first = month;
    }
    return first;
}

/// "2027", and nothing that is not four digits.
std::optional<int> parse_year(std::string_view text) {
    const auto number = parse_whole(text);
    if (!number || text.size() != 4 || *number < 1990 || *number > 2200) return std::nullopt;
    return static_cast<int>(*number);
}

Days days_of_year(int number) { return {first_day({number * 12}), last_day({number * 12 + 11})}; }

Period year(const PageOf& page, int number) {
    const auto text = std::to_string(number);
    return {{number * 12}, {number * 12 + 11}, text, page.say("period.in_year", {{"year", text}})};
}

Period one_month(const PageOf& page, Month month) {
    return {month, month, format_month(month),
            page.say("period.in_month", {{"month", show_month(page.language(), month)}})};
}

Period twelve_months(const PageOf& page, Month last) {
    return {month_after(last, -11), last, "12", page.say("period.last_twelve")};
}

} // namespace

std::optional<Days> parse_days(std::string_view text) {
    if (const auto dot = text.find('.'); dot != text.npos) {
        const auto first = parse_day(text.substr(0, dot));
        const auto last = parse_day(text.substr(dot + 1));
        if (!first || !last || *last < *first) return std::nullopt;
        return Days{*first, *last};
    }
    if (const auto day = parse_day(text)) return Days{*day, *day};
    if (const auto month = parse_month(text)) return days_of(*month);
    if (const auto number = parse_year(text)) return days_of_year(*number);
    return std::nullopt;
}

std::string write_days(const Days& days) {
    const auto month = month_of(days.first);
    if (days.first == days.last) return format_day(days.first);
    if (days == days_of(month)) return format_month(month);
    if (days == days_of_year(year_of(month))) return std::to_string(year_of(month));
    return format_day(days.first) + "." + format_day(days.last);
}

Days days_of(Month month) { return {first_day(month), last_day(month)}; }

std::string days_in_words(const PageOf& page, const Days& days) {
    const auto month = month_of(days.first);
    if (days.first == days.last) return show_day_in_words(page.language(), days.first);
    if (days == days_of(month)) return show_month(page.language(), month);
    if (days == days_of_year(year_of(month))) return std::to_string(year_of(month));
    return page.say("movements.days", {{"first", show_day(page.language(), days.first)},
                                       {"last", show_day(page.language(), days.last)}});
}

std::optional<Month> last_month(const NetworkTotals::Ptr& totals) {
    std::optional<Month> last;
    for (const auto& centre : *totals) {
        if (centre->months.empty()) continue;
        const auto month = centre->months.rbegin()->first;
        if (!last || month > *last) last = month;
    }
    return last;
}

Period period_of(const PageOf& page, const NetworkTotals::Ptr& totals) {
    const auto last = last_month(totals).value_or(month_of(local_day(now())));
    const auto asked = page.request.query_value("periode").value_or("");
    if (asked == "12") return twelve_months(page, last);
    if (const auto number = parse_year(asked)) return year(page, *number);
    if (const auto month = parse_month(asked)) return one_month(page, *month);
    return year(page, year_of(last));
}

Totals sum_of(const NetworkTotals::Ptr& totals, const Period& period) {
    Totals sum;
    for (const auto& centre : *totals) sum += centre->over(period.first, period.last);
    return sum;
}

std::optional<Totals> year_before(const NetworkTotals::Ptr& totals, const Period& period) {
    const auto begin = first_month(totals);
    const auto end = last_month(totals);
    if (!begin || !end || *begin > month_after(period.first, -12)) return std::nullopt;
    const auto last = std::min(period.last, *end);
    return sum_of(totals, {month_after(period.first, -12), month_after(last, -12), {}, {}});
}

boost::json::array choices(const PageOf& page, const NetworkTotals::Ptr& totals,
                           const Period& chosen, std::string_view path, std::string_view more) {
    const auto first = first_month(totals);
    const auto last = last_month(totals);
    if (!first || !last) return {};
    boost::json::array links;
    const auto add = [&](const std::string& label, const std::string& code) {
        links.push_back({{"label", label},
                         {"url", std::string(path) + "?periode=" + code + std::string(more)},
                         {"current", code == chosen.code}});
    };
    for (int number = std::max(year_of(*first), year_of(*last) - 5); number <= year_of(*last);
         ++number) {
        add(std::to_string(number), std::to_string(number));
    }
    add(page.say("period.twelve_months"), "12");
    return links;
}

} // namespace kringwerk::monitor
