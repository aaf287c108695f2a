// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "platform/page/charts.hpp"
#include "rooms/monitor/pages.hpp"
#include "rooms/monitor/span.hpp"

#include <algorithm>

namespace kringwerk::monitor {
namespace {

std::string with_capital(std::string text) {
    if (!text.empty()) text[0] = upper(text[0]);
    return text;
}

boost::json::array rows_of_days(const PageOf& page, const Span& span) {
    std::map<Day, std::vector<ledger::Flow>> by_day;
    for (const auto& flow : span.flows) by_day[Day{flow.period}].push_back(flow);
    for (const auto& [day, outcomes] : span.repairs) by_day[day];
    boost::json::array rows;
    for (auto day = by_day.rbegin(); day != by_day.rend(); ++day) {
        const auto sum = totals_of(day->second);
        const auto late = std::count_if(span.late.begin(), span.late.end(),
                                        [&](const auto& one) { return one.first == day->first; });
        const auto share = sum.new_owner_permille();
        boost::json::object row{
            {"label", show_day(page.language(), day->first)},
            {"url", day_url(span.centre, day->first)},
            {"collected", show_kilograms(page.language(), sum.collected.total())},
            {"sold", show_kilograms(page.language(), sum.sold.total())},
            {"share", share ? page.percent(*share) : std::string()}};
        const auto found = span.repairs.find(day->first);
        const auto repairs = found == span.repairs.end() ? Repairs{} : found->second;
        row["repaired"] = page.whole(repairs.fixed);
        if (late > 0) row["late"] = std::to_string(late);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string chart_of_days(const PageOf& page, const Span& span) {
    std::map<Day, Grams> by_day;
    for (auto day = span.first; day <= span.last; day = day_after(day)) by_day[day] = {};
    for (const auto& flow : span.flows) {
        Totals one;
        add(one, flow);
        by_day[Day{flow.period}] += one.collected.total();
    }
    std::vector<page::Column> bars;
    for (const auto& [day, mass] : by_day) {
        bars.push_back({std::to_string(calendar(day).day),
                        show_day(page.language(), day) + ": " + page.kilograms(mass),
                        std::max(mass, Grams{}).value / 1000,
                        mass == Grams{} ? std::string() : day_url(span.centre, day), false});
    }
    const auto top = page::round_top(bars);
    return page::columns(bars, top, page.whole(top) + "\u00a0kg", page.say("month.chart"),
                         page.say("centre.chart_empty"));
}

} // namespace

http::Response day_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto centre = centre_of(monitor, request);
    const auto day = parse_day(request.parameter("day"));
    if (!centre || !day) return not_here_page(monitor, request, 404);
    if (!monitor.may_see(request, centre->id)) return closed_page(monitor, request);

    const auto heading = with_capital(show_day_in_words(page.language(), *day));
    auto data = page.start(heading, "centres",
                           {{page.say("nav.centres"), "/centra"},
                            {centre->name, centre_url(*centre)},
                            {with_capital(show_month(page.language(), month_of(*day))),
                             month_url(*centre, month_of(*day))},
                            {show_day(page.language(), *day), ""}});
    data["noindex"] = true;
    data["heading"] = heading;
    data["month"] = boost::json::object{{"url", month_url(*centre, month_of(*day))},
                                        {"label", show_month(page.language(), month_of(*day))}};
    monitor.store.read([&](Snapshot& view) {
        const auto span = read_span(monitor, view, *centre, *day, *day);
        put_span(page, data, span);
        std::int64_t transfers = 0;
        for (const auto& flow : span.flows) transfers += flow.transfers;
        const auto head = ledger::head(view, centre->id);
        const bool closed = head && head->closed && month_of(*day) <= *head->closed;
        data["status"] = page.say(closed ? "day.status_closed" : "day.status_open",
                                  {{"transfers", page.whole(transfers)}});
        if (head && *day == local_day(now())) {
            data["centre_id"] = centre->id.value;
            data["sequence"] = head->sequence;
        }
        const auto put = [&](std::string_view name, std::optional<Day> beside) {
            if (beside) data[name] = boost::json::object{{"url", day_url(*centre, *beside)}};
        };
        put("before", ledger::day_with_flows_before(view, centre->id, *day));
        put("after", ledger::day_with_flows_after(view, centre->id, *day));
        return 0;
    });
    return page.answer("day", data);
}

http::Response month_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto centre = centre_of(monitor, request);
    const auto month = parse_month(request.parameter("month"));
    if (!centre || !month) return not_here_page(monitor, request, 404);
    if (!monitor.may_see(request, centre->id)) return closed_page(monitor, request);

    const auto heading = with_capital(show_month(page.language(), *month));
    auto data = page.start(
        heading, "centres",
        {{page.say("nav.centres"), "/centra"}, {centre->name, centre_url(*centre)}, {heading, ""}});
    data["noindex"] = true;
    data["heading"] = heading;
    data["centre_link"] =
        boost::json::object{{"url", centre_url(*centre)}, {"label", centre->name}};
    data["before"] = boost::json::object{{"url", month_url(*centre, month_after(*month, -1))}};
    if (*month < month_of(local_day(now()))) {
        data["after"] = boost::json::object{{"url", month_url(*centre, month_after(*month))}};
    }
    const auto span = monitor.store.read([&](Snapshot& view) {
        const auto head = ledger::head(view, centre->id);
        if (head && head->closed && *month <= *head->closed) {
            data["closed"] = boost::json::object{{"words", page.say("month.closed")}};
        }
        return read_span(monitor, view, *centre, first_day(*month), last_day(*month));
    });
    put_span(page, data, span);
    data["chart_title"] = page.say("month.chart");
    data["chart"] = chart_of_days(page, span);
    data["days"] = rows_of_days(page, span);
    return page.answer("month", data);
}

} // namespace kringwerk::monitor
