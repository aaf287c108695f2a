// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/pages.hpp"

#include "platform/page/charts.hpp"
#include "rooms/monitor/cards.hpp"
#include "rooms/monitor/period.hpp"

namespace kringwerk::monitor {
namespace {

std::string finding(const PageOf& page, const Totals& sum, const Period& period) {
    const auto share = sum.new_owner_permille();
    if (!share) return page.say("home.finding_none", {{"period", period.words}});
    return page.say("home.finding",
                    {{"share", std::to_string((*share + 5) / 10)}, {"period", period.words}});
}

boost::json::object centres_of(const PageOf& page, const NetworkTotals::Ptr& totals,
                               const Period& period) {
    boost::json::array rows;
    int with_figures = 0;
    for (const auto& centre : *totals) {
        const auto sum = centre->over(period.first, period.last);
        with_figures += sum.empty() ? 0 : 1;
        const auto share = sum.new_owner_permille();
        boost::json::object row{{"name", centre->centre.name},
                                {"url", centre_url(centre->centre)},
                                {"place", centre->centre.place},
                                {"collected", page.mass(sum.collected.total())},
                                {"repaired", page.whole(sum.repairs.fixed)},
                                {"sold", page.mass(sum.sold.total())}};
        if (share) row["share"] = page.percent(*share);
        rows.push_back(std::move(row));
    }
    if (rows.size() > 12) rows.resize(12);
    return {
        {"title", page.say("home.centres_title", {{"centres", std::to_string(totals->size())},
                                                  {"with_figures", std::to_string(with_figures)}})},
        {"rows", std::move(rows)},
        {"more_url", "/centra"}};
}

boost::json::object certainty(const PageOf& page, const NetworkTotals::Ptr& totals,
                              const Period& period) {
    int complete = 0;
    std::optional<Day> last;
    for (const auto& centre : *totals) {
        complete += centre->over(period.first, period.last).empty() ? 0 : 1;
        if (centre->last_day && (!last || *centre->last_day > *last)) last = centre->last_day;
    }
    const auto until = last ? show_day(page.language(), *last) : std::string();
    const bool running = last && month_of(*last) <= period.last;
    return {{"words", page.say(running ? "home.certainty_running" : "home.certainty",
                               {{"with_figures", std::to_string(complete)},
                                {"centres", std::to_string(totals->size())},
                                {"until", until}})}};
}

} // namespace

http::Response home_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto totals = monitor.totals.now();
    const auto period = period_of(page, totals);
    const auto sum = sum_of(totals, period);
    const auto before = year_before(totals, period);

    auto data = page.start(page.say("home.title", {{"period", period.words}}), "figures");
    data["description"] = page.say("home.description");
    data["kicker"] = monitor.network_name;
    data["finding"] = finding(page, sum, period);
    data["periods"] = choices(page, totals, period, "/");
    data["empty"] = !last_month(totals).has_value();
    const auto url = [&](Figure figure) {
        return "/cijfers/" + std::string(slug_of(figure)) + "?periode=" + period.code;
    };
    data["figures"] = figure_cards(page, totals, period, sum, before, url);
    if (sum.collected.total() > Grams{}) data["hundred"] = hundred_of(page, sum, period);
    data["centres"] = centres_of(page, totals, period);
    data["certainty"] = certainty(page, totals, period);
    return page.answer("home", data);
}

} // namespace kringwerk::monitor
