// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/span.hpp"

#include "platform/http/encoding.hpp"

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
        const auto totals = totals_of(span.flows, line.stream);
        rows.push_back(
            {{"icon", stream_icon(line.stream)},
             {"name", key_name(page, line.stream)},
             {"collected", show_kilograms(page.language(), totals.collected.total())},
             {"sold", show_kilograms(page.language(), totals.sold.total())},
             {"stock", show_kilograms(page.language(), line.closing)},
             {"url", movements_url(span.centre, {span.first, span.last, {}, {}, line.stream})}});
    }
    const auto& all = span.equations.back();
    rows.push_back({{"icon", stream_icon(ledger::no_key)},
                    {"name", page.say("day.all_together")},
                    {"collected", show_kilograms(page.language(), span.totals.collected.total())},
                    {"sold", show_kilograms(page.language(), span.totals.sold.total())},
                    {"stock", show_kilograms(page.language(), all.closing)},
                    {"url", movements_url(span.centre, {span.first, span.last, {}, {}, {}})},
                    {"total", true}});
    return rows;
}

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
    boost::json::object money;
    boost::json::array rows;
    for (const auto& [key, cents] : turnover) {
        rows.push_back({{"name", key_name(page, key)}, {"amount", page.money(cents)}});
    }
    if (!rows.empty()) {
        rows.push_back({{"name", page.say("day.vat")}, {"amount", page.money(span.totals.vat)}});
        rows.push_back({{"name", page.say("day.money_total")},
                        {"amount", page.money(span.totals.turnover + span.totals.vat)},
                        {"total", true}});
    }
    boost::json::array paid;
    for (const auto& [place, cents] : means) {
        if (cents == Cents{}) continue;
        paid.push_back({{"name", place_name(page, place)}, {"amount", page.money(cents)}});
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
        if (odd.settled || list.size() >= 2) continue;
        add("warning-octagon", "stop", page.say("look.odd"), page.say("look.see_booking"),
            movement_url(span.centre, odd.movement.sequence));
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
            page.say("look.see_booking"), movement_url(span.centre, span.late.front().sequence));
    }
    return list;
}

} // namespace

Span read_span(Monitor& monitor, Snapshot& view, const network::CentreRow& centre, Day first,
               Day last) {
    Span span{centre, first, last, ledger::flows_of_days(view, centre.id, first, last),
              {},     {},    {},   {}};
    span.totals = totals_of(span.flows);
    if (monitor.repairs_of_days) {
        span.totals.repairs = monitor.repairs_of_days(view, centre.id, first, last);
    }
    span.equations = ledger::equation(view, centre.id, first, last);
    for (auto& movement : ledger::late(view, centre.id, 200)) {
        if (movement.effective_on < first || movement.effective_on > last) continue;
        span.late.push_back(std::move(movement));
    }
    span.odd = ledger::oddities(view, centre.id);
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
    in["url"] = movements_url(span.centre, {span.first, span.last, Place::donated, {}, {}});
    put_basis(page, in, totals.collected);
    cards.push_back(std::move(in));

    auto sold =
        card(page, "storefront", "verkocht", show_kilograms(page.language(), totals.sold.total()),
             "kg", totals.sold.transfers == 0);
    sold["context"] =
        page.say("figure.sold_context", {{"pieces", page.whole(totals.sold.pieces.value)},
                                         {"money", page.money(totals.turnover)}});
    sold["url"] = movements_url(span.centre, {span.first, span.last, {}, Place::sold, {}});
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
    repaired["url"] = movements_url(span.centre, {span.first, span.last, Place::owner, {}, {}});
    cards.push_back(std::move(repaired));

    auto time = card(page, "users-three", "uren",
                     show_decimal(page.language(), (totals.minutes.value + 3) / 6, 1),
                     page.say("unit.hours"), totals.minutes == Minutes{});
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
    data["movements_url"] = movements_url(span.centre, {span.first, span.last, {}, {}, {}});
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
