// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/period.hpp"

#include <algorithm>
#include <charconv>

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

Period year(const PageOf& page, int number) {
    const auto text = std::to_string(number);
    return {{number * 12}, {number * 12 + 11}, text, page.say("period.in_year", {{"year", text}})};
}

Period twelve_months(const PageOf& page, Month last) {
    return {month_after(last, -11), last, "12", page.say("period.last_twelve")};
}

} // namespace

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
    int number = 0;
    const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), number);
    const bool is_year = error == std::errc{} && end == asked.data() + asked.size();
    if (is_year && number >= 1990 && number <= 2200) return year(page, number);
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
                           const Period& chosen, std::string_view path) {
    const auto first = first_month(totals);
    const auto last = last_month(totals);
    if (!first || !last) return {};
    boost::json::array links;
    const auto add = [&](const std::string& label, const std::string& code) {
        links.push_back({{"label", label},
                         {"url", std::string(path) + "?periode=" + code},
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
