// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/charts.hpp"
#include "rooms/monitor/cards.hpp"
#include "rooms/monitor/pages.hpp"

#include <algorithm>
#include <map>

namespace kringwerk::monitor {
namespace {

std::string code(Figure figure, std::string_view part) {
    return "figure." + std::string(slug_of(figure)) + "." + std::string(part);
}

/// "zin een|zin twee" of the catalogue as a list.
boost::json::array sentences(const std::string& text) {
    boost::json::array list;
    std::size_t start = 0;
    while (start <= text.size()) {
        const auto end = std::min(text.find('|', start), text.size());
        if (end > start) list.push_back(boost::json::string(text.substr(start, end - start)));
        start = end + 1;
    }
    return list;
}

std::string with_unit(const PageOf& page, Figure figure, const Totals& sum) {
    const auto [value, unit] = shown(page, figure, value_of(figure, sum));
    return value + "\u00a0" + unit;
}

std::string chart_of(const PageOf& page, Figure figure,
                     const std::vector<std::pair<Month, Totals>>& months) {
    const bool masses = figure == Figure::collected || figure == Figure::sold;
    const std::int64_t scale = masses ? 1000 : figure == Figure::new_owner ? 10 : 1;
    std::vector<page::Column> bars;
    for (const auto& [month, sum] : months) {
        const auto name = show_month(page.language(), month);
        bars.push_back({show_month_short(page.language(), month),
                        name + ": " + with_unit(page, figure, sum),
                        std::max<std::int64_t>(value_of(figure, sum), 0) / scale,
                        "#" + format_month(month), false});
    }
    const auto top = page::round_top(bars);
    const auto unit = masses ? "kg" : figure == Figure::new_owner ? "%" : page.say("unit.things");
    return page::columns(bars, top, page.whole(top) + "\u00a0" + unit,
                         page.say(code(figure, "chart")), page.say("centre.chart_empty"));
}

/// What a figure page is about.
struct About {
    Figure figure;
    Period period;
    std::optional<ledger::Key> stream;

    std::string path() const { return "/cijfers/" + std::string(slug_of(figure)); }
    std::string more() const {
        return stream ? "&soort=" + std::string(ledger::code_of(*stream)) : std::string();
    }
};

/// The same centres with what they did of one stream.
NetworkTotals::Ptr of_stream(const NetworkTotals::Ptr& totals, ledger::Key stream) {
    std::vector<std::shared_ptr<const CentreTotals>> some;
    for (const auto& centre : *totals) {
        auto only = std::make_shared<CentreTotals>(*centre);
        only->months.clear();
        for (const auto& [month, streams] : centre->streams) {
            only->months[month] = streams.at(stream.number);
        }
        some.push_back(std::move(only));
    }
    return std::make_shared<const std::vector<std::shared_ptr<const CentreTotals>>>(
        std::move(some));
}

boost::json::array months_of(const PageOf& page, const About& about,
                             const std::vector<std::pair<Month, Totals>>& months) {
    const auto figure = about.figure;
    boost::json::array rows;
    for (auto month = months.rbegin(); month != months.rend(); ++month) {
        boost::json::object row{
            {"label", show_month(page.language(), month->first)},
            {"id", format_month(month->first)},
            {"url", about.path() + "?periode=" + format_month(month->first) + about.more()},
            {"value", with_unit(page, figure, month->second)}};
        boost::json::object basis;
        if (figure == Figure::collected) put_basis(page, basis, month->second.collected);
        if (figure == Figure::sold) put_basis(page, basis, month->second.sold);
        if (basis.contains("basis_words")) row["basis_words"] = basis["basis_words"];
        rows.push_back(std::move(row));
    }
    return rows;
}

boost::json::array centres_of(const PageOf& page, const About& about,
                              const NetworkTotals::Ptr& totals, std::int64_t whole) {
    const auto& [figure, period, stream] = about;
    boost::json::array rows;
    for (const auto& centre : *totals) {
        const auto sum = centre->over(period.first, period.last);
        const auto value = value_of(figure, sum);
        if (value == 0) continue;
        const bool sees = page.monitor.may_see(page.request, centre->centre.id);
        const bool adds_up = figure != Figure::new_owner && whole > 0;
        rows.push_back(
            {{"name", centre->centre.name},
             {"url",
              sees ? movements_url(centre->centre, {period.days(), sum_of(figure), {}, {}, stream})
                   : centre_url(centre->centre)},
             {"value", with_unit(page, figure, sum)},
             {"share", adds_up ? page.percent(permille_rounded(value, whole)) : std::string()}});
    }
    return rows;
}

boost::json::array streams_of(const PageOf& page, const About& about,
                              const NetworkTotals::Ptr& totals, std::int64_t whole) {
    const auto& [figure, period, stream] = about;
    std::array<Totals, 12> sums;
    for (const auto& centre : *totals) {
        for (const auto& [month, streams] : centre->streams) {
            if (month < period.first || month > period.last) continue;
            for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += streams[i];
        }
    }
    boost::json::array rows;
    for (const auto& row : ledger::all_streams()) {
        const auto& sum = sums.at(row.key.number);
        const auto value = value_of(figure, sum);
        if (value == 0) continue;
        const bool adds_up = figure != Figure::new_owner && whole > 0;
        rows.push_back(
            {{"icon", stream_icon(row.key)},
             {"name", key_name(page, row.key)},
             {"url", about.path() + "?periode=" + period.code +
                         "&soort=" + std::string(ledger::code_of(row.key))},
             {"value", with_unit(page, figure, sum)},
             {"share", adds_up ? page.percent(permille_rounded(value, whole)) : std::string()}});
    }
    return rows;
}

/// Whether every centre with figures has closed all months of the period: nothing changes any more.
bool is_closed(const PageOf& page, const NetworkTotals::Ptr& totals, const Period& period) {
    const auto heads = page.monitor.store.read([](Snapshot& view) { return ledger::heads(view); });
    std::map<CentreId, Month> closed;
    for (const auto& head : heads) {
        if (head.closed) closed[head.centre] = *head.closed;
    }
    bool any = false;
    for (const auto& centre : *totals) {
        if (centre->over(period.first, period.last).empty()) continue;
        const auto until = closed.find(centre->centre.id);
        if (until == closed.end() || until->second < period.last) return false;
        any = true;
    }
    return any;
}

boost::json::object facts_of(const PageOf& page, Figure figure, const NetworkTotals::Ptr& totals,
                             const Period& period, const Totals& sum) {
    const auto [value, unit] = shown(page, figure, value_of(figure, sum));
    boost::json::object facts{
        {"period", page.say("figure.all_together", {{"period", period.words}})},
        {"value", value},
        {"unit", unit}};
    const auto& mass = figure == Figure::collected ? sum.collected : sum.sold;
    if (figure == Figure::collected || figure == Figure::sold) {
        put_basis(page, facts, mass);
        boost::json::array shares;
        const auto add = [&](std::string_view mark, Grams part) {
            if (part <= Grams{} || mass.total() <= Grams{}) return;
            shares.push_back(
                {{"mark", mark},
                 {"words", page.percent(permille_rounded(part.value, mass.total().value)) + " " +
                               page.say("basis." + std::string(mark))}});
        };
        add("measured", mass.measured);
        add("standard", mass.standard);
        add("estimated", mass.estimated);
        facts["shares"] = std::move(shares);
    }
    std::int64_t with_figures = 0;
    for (const auto& centre : *totals) {
        with_figures += centre->over(period.first, period.last).empty() ? 0 : 1;
    }
    facts["centres"] = page.say(
        "figure.centres_of", {{"with_figures", page.whole(with_figures)},
                              {"centres", page.whole(static_cast<std::int64_t>(totals->size()))}});
    const auto last = last_month(totals);
    const bool running = last && *last <= period.last;
    const bool final = is_closed(page, totals, period);
    facts["status"] = page.say(final     ? "figure.final"
                               : running ? "figure.provisional"
                                         : "figure.complete");
    facts["final"] = final;
    return facts;
}

} // namespace

http::Response figure_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto figure = parse_figure(request.parameter("figure"));
    if (!figure) return not_here_page(monitor, request, 404);
    const auto all = monitor.totals.now();
    const auto stream =
        ledger::parse_key(ledger::Book::goods, request.query_value("soort").value_or(""));
    // How a repair ended is not kept by stream.
    const bool by_stream = stream && *figure != Figure::repaired;
    const About about{*figure, period_of(page, all), by_stream ? stream : std::nullopt};
    const auto totals = about.stream ? of_stream(all, *about.stream) : all;
    const auto& period = about.period;
    const auto sum = sum_of(totals, period);
    const auto months = by_month(totals, period);
    const auto value = value_of(*figure, sum);
    const auto name = page.say(code(*figure, "name"));
    const auto kind = about.stream ? key_name(page, *about.stream) : std::string();
    const auto title = kind.empty() ? name : name + ": " + kind;

    auto data = page.start(title, "figures", {{page.say("nav.figures"), "/"}, {title, ""}});
    data["description"] = page.say(code(*figure, "definition"));
    data["question"] = kind.empty() ? page.say(code(*figure, "question")) : title;
    data["answer"] =
        value == 0 ? page.say(code(*figure, "zero"))
                   : page.say(code(*figure, "answer"),
                              {{"value", with_unit(page, *figure, sum)}, {"period", period.words}});
    if (value == 0) data["zero"] = page.say(code(*figure, "zero"));
    data["periods"] = choices(page, all, period, about.path(), about.more());
    data["chart_title"] = page.say(code(*figure, "chart"));
    data["chart_note"] = page.say(code(*figure, "chart_note"));
    data["chart"] = chart_of(page, *figure, months);
    data["months"] = months_of(page, about, months);
    data["value_head"] = name;
    data["facts"] = facts_of(page, *figure, totals, period, sum);
    data["centre_rows"] = centres_of(page, about, totals, value);
    if (*figure != Figure::repaired && !about.stream) {
        data["stream_rows"] = streams_of(page, about, totals, value);
    }
    data["open_note"] = page.say(monitor.demo ? "figure.open_by_centre" : "figure.open_signed_in");
    data["counts"] = sentences(page.say(code(*figure, "counts")));
    data["counts_not"] = sentences(page.say(code(*figure, "counts_not")));
    data["formula"] = boost::json::object{{"above", page.say(code(*figure, "above"))}};
    if (*figure == Figure::new_owner) {
        data["formula"].as_object()["below"] = page.say(code(*figure, "below"));
    }
    data["source"] = page.say("figure.source");
    return page.answer("figure", data);
}

http::Response counting_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    auto data = page.start(page.say("nav.counting"), "counting");
    boost::json::array definitions;
    for (const auto figure :
         {Figure::collected, Figure::repaired, Figure::sold, Figure::new_owner}) {
        auto formula = page.say(code(figure, "above"));
        if (figure == Figure::new_owner) formula += " / " + page.say(code(figure, "below"));
        definitions.push_back({{"id", slug_of(figure)},
                               {"name", page.say(code(figure, "name"))},
                               {"url", "/cijfers/" + std::string(slug_of(figure))},
                               {"what", page.say(code(figure, "definition"))},
                               {"counts", sentences(page.say(code(figure, "counts")))},
                               {"counts_not", sentences(page.say(code(figure, "counts_not")))},
                               {"formula", formula},
                               {"source", page.say("figure.source")}});
    }
    data["definitions"] = std::move(definitions);
    boost::json::array streams;
    for (const auto& row : ledger::all_streams()) {
        streams.push_back(
            {{"icon", stream_icon(row.key)},
             {"name", key_name(page, row.key)},
             {"examples", page.say("stream." + std::string(row.code) + ".examples")}});
    }
    data["streams"] = std::move(streams);
    return page.answer("counting", data);
}

} // namespace kringwerk::monitor
