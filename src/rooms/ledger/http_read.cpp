// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/http_parts.hpp"
#include "rooms/ledger/json.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <limits>

namespace kringwerk::ledger::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t most_on_page = 500;
constexpr std::int64_t usual_on_page = 100;
/// Wide enough for any history, narrow enough to count in.
constexpr Day first_of_all{-100'000};
constexpr Day last_of_all{100'000};

std::int64_t read_limit(Fields& query) {
    return query.optional_integer("limit", 1, most_on_page).value_or(usual_on_page);
}

std::optional<std::int64_t> read_cursor(Fields& query) {
    return query.optional_parsed("cursor", "ledger.not_a_cursor", parse_cursor);
}

/// A place by its code. Where goods and time share one, goods are meant.
std::optional<Place> parse_any_place(std::string_view code) {
    for (const auto book : {Book::goods, Book::money, Book::time}) {
        if (const auto place = parse_place(book, code)) return place;
    }
    return std::nullopt;
}

std::optional<Key> parse_stream(std::string_view code) { return parse_key(Book::goods, code); }

struct Period {
    Day first;
    Day last;
};

/// firstDay and lastDay, both needed, in that order.
Period read_period(Fields& query) {
    const auto first = query.optional_day("firstDay");
    const auto last = query.optional_day("lastDay");
    if (!first && !query.has("firstDay")) query.missing("firstDay");
    if (!last && !query.has("lastDay")) query.missing("lastDay");
    if (first && last && *last < *first) query.wrong("lastDay", "ledger.ends_before_it_begins");
    return {first.value_or(Day{}), last.value_or(Day{})};
}

template <class List> json::array array_of(const List& list) {
    json::array lines;
    lines.reserve(list.size());
    for (const auto& line : list) lines.push_back(to_json(line));
    return lines;
}

void add_cursor(json::object& body, std::optional<std::int64_t> next) {
    if (next) body.emplace("next_cursor", cursor_of(*next));
}

} // namespace

Result<json::object> movements_page(Snapshot& view, CentreId centre, const http::Request&,
                                    Fields& query) {
    MovementFilter filter;
    filter.centre = centre;
    filter.first = query.optional_day("firstDay").value_or(first_of_all);
    filter.last = query.optional_day("lastDay").value_or(last_of_all);
    filter.from = query.optional_one_of("from", parse_any_place);
    filter.to = query.optional_one_of("to", parse_any_place);
    filter.stream = query.optional_one_of("stream", parse_stream);
    constexpr std::int64_t most_categories = std::numeric_limits<std::int32_t>::max();
    if (const auto category = query.optional_integer("category", 0, most_categories)) {
        filter.category = CategoryId{*category};
    }
    const auto before = read_cursor(query);
    const auto limit = read_limit(query);
    if (auto finished = query.finish(); !finished) return refuse(std::move(finished.error()));

    const auto page = movements(view, filter, before, limit);
    json::object body{{"movements", array_of(page.movements)}};
    add_cursor(body, page.next_before);
    return body;
}

Result<json::object> one_movement(Snapshot& view, CentreId centre, const http::Request& request,
                                  Fields& query) {
    if (auto finished = query.finish(); !finished) return refuse(std::move(finished.error()));
    const auto id = MovementId::parse(request.parameter("id"));
    if (!id) return refuse("ledger.no_such_movement");
    const auto found = movement(view, centre, *id);
    if (!found) return refuse("ledger.no_such_movement");
    auto body = to_json(*found);
    if (const auto reversal = reversal_of(view, centre, *id)) {
        body.emplace("reversed_by", reversal->id.text());
    }
    return body;
}

Result<json::object> all_balances(Snapshot& view, CentreId centre, const http::Request&,
                                  Fields& query) {
    if (auto finished = query.finish(); !finished) return refuse(std::move(finished.error()));
    const auto end = head(view, centre);
    return json::object{{"sequence", end ? end->sequence : 0},
                        {"balances", array_of(balances(view, centre))}};
}

namespace {

enum class By { day, month };
std::optional<By> parse_by(std::string_view text) {
    if (text == "day") return By::day;
    if (text == "month") return By::month;
    return std::nullopt;
}

/// A day or month as a number that counts on.
std::optional<std::int32_t> parse_number(By by, std::string_view text) {
    if (by == By::day) {
        const auto day = parse_day(text);
        return day ? std::optional(day->number) : std::nullopt;
    }
    const auto month = parse_month(text);
    return month ? std::optional(month->number) : std::nullopt;
}

std::string text_of(By by, std::int32_t number) {
    return by == By::day ? format_day(Day{number}) : format_month(Month{number});
}

std::vector<Flow> read_flows(Snapshot& view, CentreId centre, By by, std::int32_t first,
                             std::int32_t last) {
    if (by == By::day) return flows_of_days(view, centre, Day{first}, Day{last});
    return flows_of_months(view, centre, Month{first}, Month{last});
}

/// Ten years of days: one request may not keep a reader busy with centuries.
constexpr std::int32_t most_periods = 3660;

struct FlowQuery {
    By by = By::day;
    std::int32_t first = 0;
    std::int32_t last = 0;
    std::int64_t limit = 0;
};

Result<FlowQuery> parse_flow_query(Fields& query) {
    FlowQuery asked;
    asked.by = query.optional_one_of("period", parse_by).value_or(By::day);
    const auto code = asked.by == By::day ? "fields.not_a_day" : "fields.not_a_month";
    const auto parse = [&](std::string_view text) { return parse_number(asked.by, text); };
    for (const auto* const name : {"first", "last"}) {
        const auto number = query.optional_parsed(name, code, parse);
        if (!number && !query.has(name)) query.missing(name);
        (name == std::string_view("first") ? asked.first : asked.last) = number.value_or(0);
    }
    asked.limit = read_limit(query);
    if (const auto next = read_cursor(query)) {
        const auto goes_on = std::clamp<std::int64_t>(*next, asked.first, asked.last);
        asked.first = static_cast<std::int32_t>(goes_on);
    }
    if (asked.last < asked.first) query.wrong("last", "ledger.ends_before_it_begins");
    if (asked.last - asked.first >= most_periods) {
        query.wrong("last", "ledger.period_too_long", {{"most", std::to_string(most_periods)}});
    }
    return query.finish(asked);
}

} // namespace

/// A page holds whole days or months: it ends with the one in which the limit is reached.
Result<json::object> flows_page(Snapshot& view, CentreId centre, const http::Request&,
                                Fields& query) {
    const auto asked = parse_flow_query(query);
    if (!asked) return refuse(asked.error());
    constexpr std::int32_t at_once = 31; // periods of one look; a busy day has some hundred flows
    json::array lines;
    std::optional<std::int32_t> newest; // the period of the last line
    std::optional<std::int64_t> next;
    for (auto first = asked->first; first <= asked->last && !next; first += at_once) {
        const auto last = std::min(asked->last, first + at_once - 1);
        for (const auto& flow : read_flows(view, centre, asked->by, first, last)) {
            const bool full = static_cast<std::int64_t>(lines.size()) >= asked->limit;
            if (full && flow.period != newest) {
                next = flow.period;
                break;
            }
            newest = flow.period;
            lines.push_back(to_json(flow, text_of(asked->by, flow.period)));
        }
    }
    json::object body{{"flows", std::move(lines)}};
    add_cursor(body, next);
    return body;
}

Result<json::object> equations(Snapshot& view, CentreId centre, const http::Request&,
                               Fields& query) {
    const auto period = read_period(query);
    if (auto finished = query.finish(); !finished) return refuse(std::move(finished.error()));
    return json::object{{"first_day", format_day(period.first)},
                        {"last_day", format_day(period.last)},
                        {"equations", array_of(equation(view, centre, period.first, period.last))}};
}

Result<json::object> sent_loads(Snapshot& view, CentreId centre, const http::Request&,
                                Fields& query) {
    const auto period = read_period(query);
    if (auto finished = query.finish(); !finished) return refuse(std::move(finished.error()));
    return json::object{{"transits", array_of(transits(view, centre, period.first, period.last))}};
}

Result<json::object> contradictions(Snapshot& view, CentreId centre, const http::Request&,
                                    Fields& query) {
    const auto settled = query.optional_yes_or_no("settled");
    if (auto finished = query.finish(); !finished) return refuse(std::move(finished.error()));
    json::array lines;
    for (const auto& odd : oddities(view, centre)) {
        if (settled && *settled != odd.settled) continue;
        lines.push_back(
            json::object{{"settled", odd.settled}, {"movement", to_json(odd.movement)}});
    }
    return json::object{{"contradictions", std::move(lines)}};
}

Result<json::object> late_movements(Snapshot& view, CentreId centre, const http::Request&,
                                    Fields& query) {
    const auto limit = read_limit(query);
    if (auto finished = query.finish(); !finished) return refuse(std::move(finished.error()));
    return json::object{{"movements", array_of(late(view, centre, limit))}};
}

/// Of the story of an item a reader sees the steps at centres where they may read.
http::Response one_item(const Context& context, const http::Request& request) {
    const auto reader =
        context.store.read([&](Snapshot& view) { return reader_of(view, context, request); });
    if (!reader) return refused(request, reader.error());
    const auto code = parse_item(request.parameter("code"));
    if (!code) return refused(request, {"ledger.no_such_item", {}, {}});
    return context.store.read([&](Snapshot& view) {
        const auto item = find_item(view, *code);
        if (!item) return refused(request, {"ledger.no_such_item", {}, {}});
        const auto allowed = may_read_at(*reader, item->centre);
        if (!allowed) return refused(request, allowed.error());
        json::array story;
        for (const auto& step : story_of(view, *code)) {
            if (may_read_at(*reader, step.centre)) story.push_back(to_json(step));
        }
        auto body = to_json(*item);
        body.emplace("story", std::move(story));
        return http::json_text(json::serialize(body));
    });
}

http::Response chain_heads(const Context& context, const http::Request&) {
    return context.store.read([&](Snapshot& view) {
        return http::json_text(
            json::serialize(json::object{{"chain_heads", array_of(heads(view))}}));
    });
}

} // namespace kringwerk::ledger::api
