// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "rooms/monitor/behind.hpp"
#include "rooms/monitor/booking.hpp"
#include "rooms/monitor/pages.hpp"
#include "rooms/monitor/span.hpp"

#include <algorithm>

namespace kringwerk::monitor {
namespace {

constexpr std::int64_t page_size = 50;

struct Asked {
    Behind behind;
    std::optional<std::int64_t> before;
};

Asked read_query(const http::Request& request, Day newest) {
    const auto value = [&](std::string_view name) {
        return request.query_value(name).value_or("");
    };
    Asked asked{{parse_days(value("periode")).value_or(days_of(month_of(newest)))}, {}};
    asked.behind.sum = parse_sum(value("cijfer"));
    asked.behind.from = read_place(value("uit"));
    asked.behind.to = read_place(value("naar"));
    for (const auto book : {ledger::Book::goods, ledger::Book::money}) {
        if (!asked.behind.key) asked.behind.key = ledger::parse_key(book, value("soort"));
    }
    asked.before = parse_whole(value("voor"));
    return asked;
}

ledger::MovementFilter filter_of(CentreId centre, const Behind& behind) {
    ledger::MovementFilter filter;
    filter.centre = centre;
    filter.first = behind.days.first;
    filter.last = behind.days.last;
    filter.stream = behind.key;
    if (behind.sum || behind.from || behind.to) filter.counted = counted_by(behind);
    return filter;
}

/// A page of the list. Of repairs only those that succeeded count, which the books do not know:
/// more is read until the page is full.
ledger::MovementPage read_page(Snapshot& view, CentreId centre, const Asked& asked) {
    const auto filter = filter_of(centre, asked.behind);
    if (asked.behind.sum != Sum::repaired) {
        return ledger::movements(view, filter, asked.before, page_size);
    }
    ledger::MovementPage page;
    for (auto before = asked.before;;) {
        const auto found = ledger::movements(view, filter, before, page_size);
        for (const auto& movement : found.movements) {
            if (repairs_of(view, movement) == 0) continue;
            if (static_cast<std::int64_t>(page.movements.size()) == page_size) {
                page.next_before = page.movements.back().sequence;
                return page;
            }
            page.movements.push_back(movement);
        }
        if (!found.next_before) return page;
        before = found.next_before;
    }
}

/// The transfer that a row shows: the first that counts, with all that counts of this movement.
std::optional<ledger::Transfer> shown_of(const ledger::Movement& movement, const Behind& behind) {
    const auto counted = counted_by(behind);
    for (auto transfer : movement.transfers) {
        const auto from = transfer.from.place;
        const auto to = transfer.to.place;
        if (!counted.adds.has(from, to) && !counted.deducts.has(from, to)) continue;
        if (behind.key && transfer.from.key != *behind.key && transfer.to.key != *behind.key) {
            continue;
        }
        if (behind.sum && behind.sum != Sum::repaired) {
            transfer.amounts = total_of(movement, behind);
        }
        return transfer;
    }
    return std::nullopt;
}

boost::json::object row_of_list(const PageOf& page, const network::CentreRow& centre,
                                const ledger::Movement& movement, const Behind& behind,
                                bool reversed) {
    boost::json::object row{{"url", movement_url(centre, movement.sequence)},
                            {"when", page.moment(movement.happened_at)},
                            {"kind", kind_name(page, movement.kind)},
                            {"icon", icon_of(movement)}};
    const auto* const main = main_transfer(movement);
    const bool all = !behind.sum && !behind.from && !behind.to;
    const auto transfer = !all   ? shown_of(movement, behind)
                          : main ? std::optional(*main)
                                 : std::nullopt;
    if (transfer) {
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
    const bool odd =
        std::any_of(movement.transfers.begin(), movement.transfers.end(),
                    [](const auto& one) { return one.oddity != ledger::Oddity::none; });
    if (odd) chips.push_back({{"tone", "stop"}, {"words", page.say("chip.odd")}});
    if (!chips.empty()) row["chips"] = std::move(chips);
    return row;
}

boost::json::object choice(std::string value, std::string label, bool chosen) {
    return {{"value", std::move(value)}, {"label", std::move(label)}, {"chosen", chosen}};
}

/// The days in force first, then what lies around them.
boost::json::array periods_of(const PageOf& page, const Days& days) {
    boost::json::array periods{choice(write_days(days), days_in_words(page, days), true)};
    const auto month = month_of(days.last);
    const auto year = parse_days(std::to_string(year_of(month)));
    for (const auto& around :
         {days_of(month), days_of(month_after(month, -1)), year.value_or(days)}) {
        if (around == days) continue;
        periods.push_back(choice(write_days(around), days_in_words(page, around), false));
    }
    return periods;
}

/// The choices of the filter; the one in force is marked.
boost::json::object choices_of(const PageOf& page, const network::CentreRow& centre,
                               const Behind& behind) {
    const auto any = [&](bool chosen) { return choice("", page.say("filter.any"), chosen); };
    boost::json::array figures{any(!behind.sum)};
    boost::json::array sources{any(!behind.from)};
    boost::json::array destinations{any(!behind.to)};
    boost::json::array streams{any(!behind.key)};
    for (const auto sum : all_sums()) {
        const std::string code(code_of(sum));
        figures.push_back(choice(code, page.say("sum." + code), behind.sum == sum));
    }
    for (const auto& row : ledger::all_places()) {
        const bool from = behind.from == row.place;
        const bool to = behind.to == row.place;
        const auto label = place_name(page, row.place);
        const bool listed = row.book == ledger::Book::goods;
        if (listed || from) sources.push_back(choice(write_place(row.place), label, from));
        if (listed || to) destinations.push_back(choice(write_place(row.place), label, to));
    }
    for (const auto& row : ledger::all_keys()) {
        const bool chosen = behind.key == row.key;
        if (row.book != ledger::Book::goods && !chosen) continue;
        streams.push_back(choice(std::string(row.code), key_name(page, row.key), chosen));
    }
    return {
        {"action", centre_url(centre) + "/boekingen"}, {"periods", periods_of(page, behind.days)},
        {"figure_choices", std::move(figures)},        {"sources", std::move(sources)},
        {"destinations", std::move(destinations)},     {"streams", std::move(streams)}};
}

/// "Verkocht, maart 2027": what the list is the sum of.
std::string heading_of(const PageOf& page, const Behind& behind) {
    const auto period = days_in_words(page, behind.days);
    if (!behind.sum) return page.say("movements.heading", {{"period", period}});
    return page.say(
        "movements.heading_of",
        {{"name", page.say("sum." + std::string(code_of(*behind.sum)))}, {"period", period}});
}

std::string summary_of(const PageOf& page, Snapshot& view, CentreId centre, const Asked& asked,
                       const ledger::MovementPage& found) {
    const auto more = found.next_before || asked.before;
    const auto count = static_cast<std::int64_t>(found.movements.size());
    auto words = page.say(more ? "movements.summary_more" : "movements.summary",
                          {{"count", page.whole(count)}});
    const auto total = show_total(page, asked.behind, total_of(view, centre, asked.behind));
    return total.empty() ? words : page.say("movements.together", {{"total", total}}) + " " + words;
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
        const auto asked = read_query(request, newest);
        const auto found = read_page(view, centre->id, asked);
        const auto heading = heading_of(page, asked.behind);
        data = page.start(heading, "centres",
                          {{page.say("nav.centres"), "/centra"},
                           {centre->name, centre_url(*centre)},
                           {page.say("centre.movements"), ""}});
        data["noindex"] = true;
        data["heading"] = heading;
        boost::json::array rows;
        for (const auto& movement : found.movements) {
            const bool reversed = ledger::is_reversed(view, centre->id, movement.id);
            rows.push_back(row_of_list(page, *centre, movement, asked.behind, reversed));
        }
        data["summary"] = summary_of(page, view, centre->id, asked, found);
        data["rows"] = std::move(rows);
        data["filter"] = choices_of(page, *centre, asked.behind);
        const auto here = movements_url(*centre, asked.behind);
        if (found.next_before) {
            data["next_url"] = here + "&voor=" + std::to_string(*found.next_before);
        }
        if (asked.before) data["first_url"] = here;
        data["clear_url"] = movements_url(*centre, {asked.behind.days});
        return 0;
    });
    return page.answer("movements", data);
}

} // namespace kringwerk::monitor
