// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/booking.hpp"
#include "rooms/monitor/pages.hpp"
#include "rooms/monitor/span.hpp"

#include <charconv>

namespace kringwerk::monitor {
namespace {

constexpr std::int64_t page_size = 50;

/// "goods.sold" as addresses write a place.
std::optional<ledger::Place> read_place(std::string_view code) {
    const auto dot = code.find('.');
    if (dot == code.npos) return std::nullopt;
    const auto book = ledger::parse_book(code.substr(0, dot));
    return book ? ledger::parse_place(*book, code.substr(dot + 1)) : std::nullopt;
}

std::string write_place(ledger::Place place) {
    const auto& row = ledger::row_of(place);
    return std::string(ledger::code_of(row.book)) + "." + std::string(row.code);
}

struct Asked {
    ledger::MovementFilter filter;
    std::optional<std::int64_t> before;
};

Asked read_query(const http::Request& request, CentreId centre, Day newest) {
    const auto value = [&](std::string_view name) {
        return request.query_value(name).value_or("");
    };
    Asked asked;
    asked.filter.centre = centre;
    asked.filter.last = parse_day(value("tot")).value_or(newest);
    asked.filter.first = parse_day(value("van")).value_or(day_after(asked.filter.last, -30));
    asked.filter.from = read_place(value("uit"));
    asked.filter.to = read_place(value("naar"));
    asked.filter.stream = ledger::parse_key(ledger::Book::goods, value("soort"));
    std::int64_t before = 0;
    const auto text = value("voor");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), before);
    if (error == std::errc{} && end != text.data()) asked.before = before;
    return asked;
}

boost::json::object row_of_list(const PageOf& page, const network::CentreRow& centre,
                                const ledger::Movement& movement, bool reversed) {
    boost::json::object row{{"url", movement_url(centre, movement.sequence)},
                            {"when", page.moment(movement.happened_at)},
                            {"kind", kind_name(page, movement.kind)},
                            {"icon", icon_of(movement)}};
    if (const auto* const transfer = main_transfer(movement)) {
        row["from"] = place_name(page, transfer->from.place);
        row["to"] = place_name(page, transfer->to.place);
        row["stream"] = key_name(page, transfer->from.key);
        row["amount"] = amount_of(page, *transfer);
        if (const auto mark = mark_of(*transfer); !mark.empty()) {
            row["mark"] = mark;
            row["mark_words"] = page.say("basis." + mark);
        }
    }
    boost::json::array chips;
    if (reversed) chips.push_back({{"tone", "plain"}, {"words", page.say("chip.reversed")}});
    if (movement.late) chips.push_back({{"tone", "info"}, {"words", page.say("chip.late")}});
    for (const auto& transfer : movement.transfers) {
        if (transfer.oddity == ledger::Oddity::none) continue;
        chips.push_back({{"tone", "stop"}, {"words", page.say("chip.odd")}});
        break;
    }
    if (!chips.empty()) row["chips"] = std::move(chips);
    return row;
}

/// The choices of the filter; the one in force is marked.
boost::json::object filter_of(const PageOf& page, const network::CentreRow& centre,
                              const ledger::MovementFilter& filter) {
    const auto choice = [](std::string value, std::string label, bool chosen) {
        return boost::json::object{
            {"value", std::move(value)}, {"label", std::move(label)}, {"chosen", chosen}};
    };
    boost::json::array sources{choice("", page.say("filter.any"), !filter.from)};
    boost::json::array destinations{choice("", page.say("filter.any"), !filter.to)};
    boost::json::array streams{choice("", page.say("filter.any"), !filter.stream)};
    for (const auto& row : ledger::all_places()) {
        if (row.book != ledger::Book::goods) continue;
        const auto label = place_name(page, row.place);
        sources.push_back(choice(write_place(row.place), label, filter.from == row.place));
        destinations.push_back(choice(write_place(row.place), label, filter.to == row.place));
    }
    for (const auto& row : ledger::all_streams()) {
        streams.push_back(
            choice(std::string(row.code), key_name(page, row.key), filter.stream == row.key));
    }
    return {{"action", centre_url(centre) + "/boekingen"}, {"first_day", format_day(filter.first)},
            {"last_day", format_day(filter.last)},         {"sources", std::move(sources)},
            {"destinations", std::move(destinations)},     {"streams", std::move(streams)}};
}

std::string period_words(const PageOf& page, Day first, Day last) {
    if (first == last) return show_day_in_words(page.language(), first);
    if (first == first_day(month_of(first)) && last == last_day(month_of(first))) {
        return show_month(page.language(), month_of(first));
    }
    return page.say("movements.period", {{"first", show_day(page.language(), first)},
                                         {"last", show_day(page.language(), last)}});
}

} // namespace

http::Response movements_page(Monitor& monitor, const http::Request& request) {
    const PageOf page(monitor, request);
    const auto centre = centre_of(monitor, request);
    if (!centre) return not_here_page(monitor, request, 404);
    if (!monitor.may_see(request, centre->id)) return closed_page(monitor, request);

    boost::json::object data;
    monitor.store.read([&](Snapshot& view) {
        const auto newest =
            ledger::last_day_with_flows(view, centre->id).value_or(local_day(now()));
        const auto asked = read_query(request, centre->id, newest);
        const auto& filter = asked.filter;
        const auto found = ledger::movements(view, filter, asked.before, page_size);
        const auto words = period_words(page, filter.first, filter.last);
        const auto heading = page.say("movements.heading", {{"period", words}});
        data = page.start(heading, "centres",
                          {{page.say("nav.centres"), "/centra"},
                           {centre->name, centre_url(*centre)},
                           {page.say("centre.movements"), ""}});
        data["noindex"] = true;
        data["heading"] = heading;
        boost::json::array rows;
        for (const auto& movement : found.movements) {
            const bool reversed = ledger::reversal_of(view, centre->id, movement.id).has_value();
            rows.push_back(row_of_list(page, *centre, movement, reversed));
        }
        data["summary"] = page.say(found.next_before || asked.before ? "movements.summary_more"
                                                                     : "movements.summary",
                                   {{"count", page.whole(static_cast<std::int64_t>(rows.size()))}});
        data["rows"] = std::move(rows);
        data["filter"] = filter_of(page, *centre, filter);
        const auto here = movements_url(
            *centre, {filter.first, filter.last, filter.from, filter.to, filter.stream});
        if (found.next_before) {
            data["next_url"] = here + "&voor=" + std::to_string(*found.next_before);
        }
        if (asked.before) data["first_url"] = here;
        data["clear_url"] = movements_url(*centre, {filter.first, filter.last, {}, {}, {}});
        return 0;
    });
    return page.answer("movements", data);
}

} // namespace kringwerk::monitor
