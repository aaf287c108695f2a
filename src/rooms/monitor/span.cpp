// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/span.hpp"

#include "platform/http/encoding.hpp"
#include "rooms/monitor/behind.hpp"

#include <algorithm>
#include <map>

namespace kringwerk::monitor {
namespace {

using ledger::Place;

boost::json::object card(const PageOf& page, std::string_view icon, std::string_view slug,
                         std::string value, std::string unit, bool zero) {
    const auto code = "figure." + std::string(slug);
    boost::json::object made{{"icon", icon},
                             {"name", page.say(code + ".name")},
                             {"value", std::move(value)},
                             {"unit", std::move(unit)},
                             {"definition", page.say(code + ".definition")},
                             {"definition_url", "/zo-rekenen-we#" + std::string(slug)}};
    if (zero) made["zero"] = page.say(code + ".zero");
    return made;
}

boost::json::array streams_of(const PageOf& page, const Span& span) {
    boost::json::array rows;
    for (const auto& line : span.equations) {
        if (line.stream == ledger::no_key) continue;
        rows.push_back(stream_row(page, span.centre, span.days(), line.stream,
                                  totals_of(span.flows, line.stream), line.closing));
    }
    rows.push_back(stream_row(page, span.centre, span.days(), std::nullopt, span.totals,
                              span.equations.back().closing));
    return rows;
}

} // namespace

boost::json::object stream_row(const PageOf& page, const network::CentreRow& centre,
                               const Days& days, std::optional<ledger::Key> stream,
                               const Totals& totals, Grams stock) {
    const auto behind = [&](std::optional<Sum> sum) {
        // What stands here came in at any time.
        const auto since = sum == Sum::stock ? beginning_of_time : days.first;
        return movements_url(centre, {{since, days.last}, sum, {}, {}, stream});
    };
    boost::json::object row{
        {"icon", stream_icon(stream.value_or(ledger::no_key))},
        {"name", stream ? key_name(page, *stream) : page.say("day.all_together")},
        {"collected", show_kilograms(page.language(), totals.collected.total())},
        {"collected_url", behind(Sum::collected)},
        {"sold", show_kilograms(page.language(), totals.sold.total())},
        {"sold_url", behind(Sum::sold)},
        {"stock", show_kilograms(page.language(), stock)},
        {"stock_url", behind(Sum::stock)},
        {"url", behind(std::nullopt)}};
    if (!stream) row["total"] = true;
    return row;
}

namespace {

/// What is paid for: what moves between till, safe and bank is no payment.
bool is_income(Place place) {
    return place == Place::turnover || place == Place::vat || place == Place::rounding;
}

/// Turnover by scheme, then how it was paid.
boost::json::object money_of(const PageOf& page, const Span& span) {
    std::map<ledger::Key, Cents> turnover;
    std::map<Place, Cents> means;
    for (const auto& flow : span.flows) {
        if (ledger::book_of(flow.from.place) != ledger::Book::money) continue;
        const auto cents = flow.amounts.cents;
        if (flow.from.place == Place::turnover) turnover[flow.from.key] += cents;
        if (flow.to.place == Place::turnover) turnover[flow.to.key] -= cents;
        if (is_income(flow.from.place) && flow.to.place <= Place::cause) {
            means[flow.to.place] += cents;
        }
        if (is_income(flow.to.place) && flow.from.place <= Place::cause) {
            means[flow.from.place] -= cents;
        }
    }
    const auto row = [&](const std::string& name, Cents amount, const Behind& behind) {
        return boost::json::object{{"name", name},
                                   {"amount", page.money(amount)},
                                   {"amount_url", movements_url(span.centre, behind)}};
    };
    boost::json::object money;
    boost::json::array rows;
    for (const auto& [key, cents] : turnover) {
        rows.push_back(row(key_name(page, key), cents, {span.days(), Sum::turnover, {}, {}, key}));
    }
    if (!rows.empty()) {
        rows.push_back(row(page.say("day.vat"), span.totals.vat, {span.days(), Sum::vat}));
        auto total = row(page.say("day.money_total"), span.totals.turnover + span.totals.vat,
                         {span.days(), Sum::turnover_and_vat});
        total["total"] = true;
        rows.push_back(std::move(total));
    }
    boost::json::array paid;
    for (const auto& [place, cents] : means) {
        if (cents == Cents{}) continue;
        paid.push_back(row(place_name(page, place), cents, {span.days(), Sum::paid, {}, place}));
    }
    if (rows.empty() && paid.empty()) return {};
    money["rows"] = std::move(rows);
    money["means"] = std::move(paid);
    return money;
}

/// At most five things that need a person, the gravest first.
boost::json::array look_here(const PageOf& page, const Span& span) {
    boost::json::array list;
    const auto add = [&](std::string_view icon, std::string_view tone, const std::string& words,
                         const std::string& action, const std::string& url) {
        if (list.size() < 5) {
            list.push_back({{"icon", icon},
                            {"tone", tone},
                            {"words", words},
                            {"action", action},
                            {"url", url}});
        }
    };
    for (const auto& odd : span.odd) {
        if (list.size() >= 2) break;
        const auto& movement = odd.movement;
        add("warning-octagon", "stop",
            page.say("look.odd", {{"what", kind_name(page, movement.kind)},
                                  {"number", page.whole(movement.sequence)},
                                  {"day", page.moment(movement.happened_at)}}),
            page.say("look.see_booking"), movement_url(span.centre, movement.sequence));
    }
    for (const auto& line : span.equations) {
        if (line.stream == ledger::no_key || line.closing >= Grams{}) continue;
        add("warning", "wait",
            page.say("look.below_zero", {{"stream", key_name(page, line.stream)},
                                         {"mass", page.kilograms(-line.closing)}}),
            page.say("look.count"), centre_url(span.centre) + "/balie");
    }
    if (!span.late.empty()) {
        add("clock-counter-clockwise", "info",
            page.say("look.late",
                     {{"count", page.whole(static_cast<std::int64_t>(span.late.size()))}}),
            page.say("look.see_booking"), movement_url(span.centre, span.late.front().second));
    }
    return list;
}

} // namespace

Span read_span(Monitor& monitor, Snapshot& view, const network::CentreRow& centre, Day first,
               Day last) {
    Span span;
    span.centre = centre;
    span.first = first;
    span.last = last;
    span.flows = ledger::flows_of_days(view, centre.id, first, last);
    span.totals = totals_of(span.flows);
    if (monitor.repairs_by_day) {
        span.repairs = monitor.repairs_by_day(view, centre.id, first, last);
        for (const auto& [day, outcomes] : span.repairs) span.totals.repairs += outcomes;
    }
    span.equations = ledger::equation(view, centre.id, first, last);
    span.late = ledger::late_of_days(view, centre.id, first, last);
    span.odd = ledger::open_oddities(view, centre.id, 2);
    return span;
}

boost::json::array span_cards(const PageOf& page, const Span& span) {
    const auto& totals = span.totals;
    boost::json::array cards;
    auto in = card(page, "arrow-square-in", "ingezameld",
                   show_kilograms(page.language(), totals.collected.total()), "kg",
                   totals.collected.transfers == 0);
    in["context"] =
        page.say("figure.collected_context", {{"times", page.whole(totals.collected.transfers)}});
    in["url"] = movements_url(span.centre, {span.days(), Sum::collected});
    put_basis(page, in, totals.collected);
    cards.push_back(std::move(in));

    auto sold =
        card(page, "storefront", "verkocht", show_kilograms(page.language(), totals.sold.total()),
             "kg", totals.sold.transfers == 0);
    sold["context"] =
        page.say("figure.sold_context", {{"pieces", page.whole(totals.sold.pieces.value)},
                                         {"money", page.money(totals.turnover)}});
    sold["url"] = movements_url(span.centre, {span.days(), Sum::sold});
    put_basis(page, sold, totals.sold);
    cards.push_back(std::move(sold));

    const auto& repairs = totals.repairs;
    auto repaired = card(page, "wrench", "gerepareerd", page.whole(repairs.fixed),
                         page.say("figure.of_total", {{"total", page.whole(repairs.total())}}),
                         repairs.total() == 0);
    if (repairs.total() > 0) {
        repaired["context"] =
            page.say("figure.outcomes", {{"not_yet", page.whole(repairs.not_yet)},
                                         {"end_of_life", page.whole(repairs.end_of_life)},
                                         {"unknown", page.whole(repairs.unknown)}});
    }
    repaired["url"] = movements_url(span.centre, {span.days(), Sum::repaired});
    cards.push_back(std::move(repaired));

    auto time = card(page, "users-three", "uren",
                     show_decimal(page.language(), (totals.minutes.value + 3) / 6, 1),
                     page.say("unit.hours"), totals.minutes == Minutes{});
    time["url"] = movements_url(span.centre, {span.days(), Sum::hours});
    cards.push_back(std::move(time));
    return cards;
}

void put_span(const PageOf& page, boost::json::object& data, const Span& span) {
    data["empty"] = span.flows.empty();
    data["empty_words"] = page.say("day.empty_words");
    data["figures"] = span_cards(page, span);
    data["flow"] = flow_of(page, span);
    data["stream_rows"] = streams_of(page, span);
    if (auto money = money_of(page, span); !money.empty()) data["money"] = std::move(money);
    data["look_here"] = look_here(page, span);
    data["movements_url"] = movements_url(span.centre, {span.days()});
}

std::optional<network::CentreRow> centre_of(Monitor& monitor, const http::Request& request) {
    return monitor.store.read(
        [&](Snapshot& view) { return network::centre_by_slug(view, request.parameter("centre")); });
}

http::Response closed_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    auto data = page.start(page.say("error.closed.title"), "centres");
    data["noindex"] = true;
    data["not_allowed"] = true;
    data["words"] = page.say("error.closed.words");
    data["sign_in_url"] = "/aanmelden?verder=" + http::percent_encoded(request.path);
    return page.answer("platform/page/pages/error", data, 403);
}

} // namespace kringwerk::monitor
