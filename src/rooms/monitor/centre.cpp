// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/charts.hpp"
#include "rooms/monitor/cards.hpp"
#include "rooms/monitor/pages.hpp"
#include "rooms/monitor/span.hpp"

#include <algorithm>

namespace kringwerk::monitor {
namespace {

boost::json::array months_of(const PageOf& page, const CentreTotals& centre, const Period& period,
                             std::optional<Month> closed) {
    boost::json::array rows;
    for (auto month = centre.months.rbegin(); month != centre.months.rend(); ++month) {
        const auto& [number, sum] = *month;
        if (number < period.first || number > period.last) continue;
        const auto share = sum.new_owner_permille();
        rows.push_back({{"label", show_month(page.language(), number)},
                        {"url", month_url(centre.centre, number)},
                        {"collected", show_kilograms(page.language(), sum.collected.total())},
                        {"repaired", page.whole(sum.repairs.fixed)},
                        {"sold", show_kilograms(page.language(), sum.sold.total())},
                        {"given", show_kilograms(page.language(), sum.given.total())},
                        {"share", share ? page.percent(*share) : std::string()},
                        {"closed", closed && number <= *closed}});
    }
    return rows;
}

std::string chart_of(const PageOf& page, const CentreTotals& centre, const Period& period,
                     std::optional<Month> closed) {
    std::vector<page::Column> bars;
    for (const auto& [month, sum] : centre.months) {
        if (month < period.first || month > period.last) continue;
        const auto name = show_month(page.language(), month);
        const auto mass = sum.collected.total();
        bars.push_back({show_month_short(page.language(), month), name + ": " + page.mass(mass),
                        std::max(mass, Grams{}).value / 1000, month_url(centre.centre, month),
                        !closed || month > *closed});
    }
    const auto top = page::round_top(bars);
    return page::columns(bars, top, page.whole(top) + "\u00a0kg", page.say("centre.chart"),
                         page.say("centre.chart_empty"));
}

boost::json::array streams_of(const PageOf& page, const CentreTotals& centre,
                              const Period& period) {
    std::array<Totals, 12> sums;
    std::array<Grams, 12> stock;
    for (const auto& [month, streams] : centre.streams) {
        for (std::size_t i = 0; i < streams.size(); ++i) {
            if (month <= period.last) stock[i] += streams[i].stock_growth;
            if (month >= period.first && month <= period.last) sums[i] += streams[i];
        }
    }
    boost::json::array rows;
    for (const auto& row : ledger::all_streams()) {
        const auto& sum = sums.at(row.key.number);
        if (sum.empty() && stock.at(row.key.number) == Grams{}) continue;
        rows.push_back(
            stream_row(page, centre.centre, period.days(), row.key, sum, stock.at(row.key.number)));
    }
    return rows;
}

std::string place_of(const PageOf& page, const network::CentreRow& centre) {
    if (centre.municipality.empty()) return centre.place;
    return page.say("centre.place",
                    {{"place", centre.place}, {"municipality", centre.municipality}});
}

} // namespace

http::Response centres_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto totals = monitor.totals.now();
    const auto period = period_of(page, totals);
    auto data = page.start(page.say("centres.title"), "centres");
    data["heading"] = page.say("centres.title");
    const auto many = totals->size() > 1 ? "centres.intro" : "centres.intro_one";
    data["intro"] = totals->empty() ? std::string()
                                    : page.say(many, {{"count", std::to_string(totals->size())}});
    data["period"] = period.words;
    boost::json::array rows;
    for (const auto& centre : *totals) {
        const auto sum = centre->over(period.first, period.last);
        boost::json::object row{{"name", centre->centre.name},
                                {"url", centre_url(centre->centre)},
                                {"place", place_of(page, centre->centre)}};
        if (sum.empty()) {
            row["note"] = page.say("centres.no_figures");
        } else {
            const auto share = sum.new_owner_permille();
            row["collected"] = page.mass(sum.collected.total());
            row["repaired"] = page.whole(sum.repairs.fixed);
            row["sold"] = page.mass(sum.sold.total());
            row["share"] = share ? page.percent(*share) : std::string();
            if (centre->last_day) row["last_day"] = show_day(page.language(), *centre->last_day);
        }
        rows.push_back(std::move(row));
    }
    data["rows"] = std::move(rows);
    return page.answer("centres", data);
}

http::Response centre_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto row = centre_of(monitor, request);
    if (!row) return not_here_page(monitor, request, 404);
    const auto totals = monitor.totals.now();
    const auto found = std::find_if(totals->begin(), totals->end(), [&](const auto& centre) {
        return centre->centre.id == row->id;
    });
    if (found == totals->end()) return not_here_page(monitor, request, 404);
    const auto& centre = **found;
    // Only this centre: its own year and its own sums.
    const auto alone = std::make_shared<const NetworkTotals::Ptr::element_type>(
        NetworkTotals::Ptr::element_type{*found});
    const auto period = period_of(page, alone);
    const auto sum = sum_of(alone, period);
    const auto closed = monitor.store.read([&](Snapshot& view) {
        const auto head = ledger::head(view, row->id);
        return head ? head->closed : std::nullopt;
    });
    const bool sees = monitor.may_see(request, row->id);
    if (!sees && !monitor.demo && row->external_name) return closed_page(monitor, request);

    auto data =
        page.start(row->name, "centres", {{page.say("nav.centres"), "/centra"}, {row->name, ""}});
    data["name"] = row->name;
    data["place"] = place_of(page, *row);
    if (centre.last_day) {
        data["last_day"] =
            boost::json::object{{"label", show_day(page.language(), *centre.last_day)},
                                {"url", day_url(*row, *centre.last_day)}};
    }
    data["periods"] = choices(page, alone, period, centre_url(*row));
    const auto url = [&](Figure figure) {
        return sees ? movements_url(*row, {period.days(), sum_of(figure)}) : std::string();
    };
    data["figures"] = figure_cards(page, alone, period, sum, year_before(alone, period), url);
    if (sum.collected.total() > Grams{}) data["hundred"] = hundred_of(page, sum, period);
    data["guarded"] = !sees;
    if (!sees) {
        data["sign_in_url"] = "/aanmelden?verder=" + centre_url(*row);
        return page.answer("centre", data);
    }
    data["chart_title"] = page.say("centre.chart_title");
    data["chart"] = chart_of(page, centre, period, closed);
    data["months"] = months_of(page, centre, period, closed);
    data["stream_rows"] = streams_of(page, centre, period);
    const auto all_days = movements_url(*row, {period.days()});
    data["actions"] = boost::json::array{
        {{"url", all_days}, {"words", page.say("centre.movements")}, {"icon", "list-bullets"}},
        {{"url", centre_url(*row) + "/balie"},
         {"words", page.say("centre.desk")},
         {"icon", "scales"},
         {"go", true}}};
    return page.answer("centre", data);
}

} // namespace kringwerk::monitor
