// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/ledger.hpp"

#include "rooms/ledger/encoding.hpp"
#include "rooms/ledger/queries.hpp"
#include "rooms/ledger/store.hpp"

#include <algorithm>
#include <limits>

namespace kringwerk::ledger {
namespace {

Head read_head(const Row& row, CentreId centre, int first) {
    Head head{centre, row.integer(first), row.digest(first + 1), std::nullopt,
              row.integer(first + 3)};
    if (row.integer(first + 2) != 0) head.closed = row.month(first + 2);
    return head;
}

std::vector<Movement> by_sequences(Snapshot& view, CentreId centre,
                                   const std::vector<std::int64_t>& sequences) {
    std::vector<Movement> found;
    for (const auto sequence : sequences) {
        auto movement = ledger::movement(view, centre, sequence);
        ensure(movement.has_value(), "a sequence that was listed is in the books");
        found.push_back(std::move(*movement));
    }
    return found;
}

std::vector<std::int64_t> numbers(Rows rows) {
    std::vector<std::int64_t> found;
    for (const auto row : rows) found.push_back(row.integer(0));
    return found;
}

} // namespace

std::optional<Head> head(Snapshot& view, CentreId centre) {
    return view.first(
        sql::head_of_centre_to_read, [&](Row row) { return read_head(row, centre, 0); }, centre);
}

std::vector<Head> heads(Snapshot& view) {
    std::vector<Head> found;
    for (const auto row : view.rows(sql::all_heads)) {
        found.push_back(read_head(row, row.id<Centre>(0), 1));
    }
    return found;
}

std::optional<Movement> movement(Snapshot& view, CentreId centre, const MovementId& id) {
    auto found = view.first(sql::movement_by_id, read_movement, centre, id);
    if (!found) return std::nullopt;
    return with_transfers(view, std::move(*found));
}

std::optional<Movement> movement(Snapshot& view, CentreId centre, std::int64_t sequence) {
    auto found = view.first(sql::movement_by_sequence, read_movement, centre, sequence);
    if (!found) return std::nullopt;
    return with_transfers(view, std::move(*found));
}

bool hash_is_right(const Movement& movement) { return hash_of(movement) == movement.hash; }

std::optional<Movement> find_movement(Snapshot& view, const MovementId& id) {
    for (const auto& head : heads(view)) {
        if (auto found = movement(view, head.centre, id)) return found;
    }
    return std::nullopt;
}

std::vector<Movement> find_by_hash(Snapshot& view, CentreId centre, std::string_view digits) {
    std::string low(digits);
    std::string high(digits);
    low.resize(64, '0');
    high.resize(64, 'f');
    const auto first = parse_digest(low);
    const auto last = parse_digest(high);
    if (!first || !last || digits.size() < 8 || digits.size() > 64) return {};
    return by_sequences(view, centre,
                        numbers(view.rows(sql::movement_by_hash, centre, *first, *last)));
}

std::optional<Movement> reversal_of(Snapshot& view, CentreId centre, const MovementId& id) {
    const auto sequence = view.number(sql::sequence_of_reversal, centre, id);
    if (!sequence) return std::nullopt;
    return movement(view, centre, *sequence);
}

bool is_reversed(Snapshot& view, CentreId centre, const MovementId& id) {
    return view.number(sql::sequence_of_reversal, centre, id).has_value();
}

std::vector<Movement> referring_to(Snapshot& view, CentreId centre, const MovementId& id) {
    std::vector<Movement> found;
    for (const auto row : view.rows(sql::referring_to, centre, id)) {
        found.push_back(*movement(view, row.id<Centre>(0), row.integer(1)));
    }
    return found;
}

std::optional<Action> action_of(Snapshot& view, CentreId centre, const MovementId& id) {
    const auto read = [&](Row row) {
        return Action{centre,
                      id.bytes,
                      std::string(row.text(0)),
                      row.integer(1),
                      std::string(row.text(2)),
                      row.instant(3),
                      row.integer(4)};
    };
    return view.first(sql::action_of, read, centre, id);
}

namespace {

PlaceSet only(std::optional<Place> place) { return place ? PlaceSet{*place} : PlaceSet::all(); }

/// A reversal counts against what it undoes and is found with it.
Counted counted_by(const MovementFilter& filter) {
    if (filter.counted) return *filter.counted;
    const Passage way{only(filter.from), only(filter.to)};
    return {way, way.back()};
}

} // namespace

MovementPage movements(Snapshot& view, const MovementFilter& filter,
                       std::optional<std::int64_t> before, std::int64_t at_most) {
    const auto stream = filter.stream ? static_cast<int>(filter.stream->number) : -1;
    const auto category = filter.category ? filter.category->value : -1;
    const auto start = before.value_or(std::numeric_limits<std::int64_t>::max());
    const bool any =
        !filter.from && !filter.to && !filter.counted && stream == -1 && category == -1;
    const auto [adds, deducts] = counted_by(filter);
    // A short period is found by its days; in a long one the newest are soon enough of them.
    constexpr int few_days = 62;
    const bool few = filter.last.number - filter.first.number < few_days;
    const auto& unfiltered = few ? sql::movements_of_few_days : sql::movements_of_days;
    const auto& filtered = few ? sql::movements_through_few_days : sql::movements_through;
    auto rows =
        any ? view.rows(unfiltered, filter.centre, filter.first, filter.last, start, at_most + 1)
            : view.rows(filtered, filter.centre, filter.first, filter.last, start, at_most + 1,
                        stream, category, adds.from.low(), adds.from.high(), adds.to.low(),
                        adds.to.high(), deducts.from.low(), deducts.from.high(), deducts.to.low(),
                        deducts.to.high());
    MovementPage page;
    for (const auto row : rows) {
        if (static_cast<std::int64_t>(page.movements.size()) == at_most) {
            page.next_before = page.movements.back().sequence;
            break;
        }
        page.movements.push_back(with_transfers(view, read_movement(row)));
    }
    return page;
}

std::vector<Movement> movements_after(Snapshot& view, CentreId centre, std::int64_t after,
                                      std::int64_t at_most) {
    std::vector<Movement> found;
    for (const auto row : view.rows(sql::movements_after, centre, after, at_most)) {
        found.push_back(with_transfers(view, read_movement(row)));
    }
    return found;
}

std::optional<Item> item(Snapshot& view, CentreId centre, ItemId id) {
    return view.first(sql::item_of_centre, read_item, centre, id.value);
}

std::optional<Item> find_item(Snapshot& view, ItemId id) {
    std::optional<Item> last;
    for (const auto& head : heads(view)) {
        auto found = item(view, head.centre, id);
        if (found && (is_stock(found->at.place) || !last)) last = std::move(found);
    }
    return last;
}

std::vector<Movement> story_of(Snapshot& view, ItemId id) {
    std::vector<Movement> story;
    for (const auto& head : heads(view)) {
        const auto sequences = numbers(view.rows(sql::sequences_with_item, head.centre, id.value));
        for (auto& step : by_sequences(view, head.centre, sequences)) {
            story.push_back(std::move(step));
        }
    }
    std::stable_sort(story.begin(), story.end(), [](const Movement& left, const Movement& right) {
        return left.happened_at < right.happened_at;
    });
    return story;
}

std::vector<Balance> balances(Snapshot& view, CentreId centre) {
    std::vector<Balance> found;
    for (const auto row : view.rows(sql::balances_of_centre, centre)) {
        found.push_back(
            {{static_cast<Place>(row.integer(0)), {static_cast<std::uint8_t>(row.integer(1))}},
             {{row.integer(2)}, {row.integer(3)}, {row.integer(4)}, {row.integer(5)}}});
    }
    return found;
}

namespace {

std::vector<Flow> read_flows(Rows rows) {
    std::vector<Flow> flows;
    for (const auto row : rows) {
        flows.push_back(
            {static_cast<std::int32_t>(row.integer(0)),
             {static_cast<Place>(row.integer(1)), {static_cast<std::uint8_t>(row.integer(2))}},
             {static_cast<Place>(row.integer(3)), {static_cast<std::uint8_t>(row.integer(4))}},
             row.id<Category>(5),
             static_cast<Basis>(row.integer(6)),
             {{row.integer(7)}, {row.integer(8)}, {row.integer(9)}, {row.integer(10)}},
             row.integer(11)});
    }
    return flows;
}

} // namespace

std::vector<Flow> flows_of_days(Snapshot& view, CentreId centre, Day first, Day last) {
    return read_flows(view.rows(sql::flows_of_days, centre, first, last));
}

std::vector<Day> days_booked_after(Snapshot& view, CentreId centre, std::int64_t sequence) {
    std::vector<Day> days;
    for (const auto row : view.rows(sql::days_booked_after, centre, sequence)) {
        days.push_back(row.day(0));
    }
    return days;
}

std::vector<Flow> flows_of_months(Snapshot& view, CentreId centre, Month first, Month last) {
    return read_flows(view.rows(sql::flows_of_months, centre, first, last));
}

namespace {

std::optional<Day> maybe_day(Row row) {
    return row.null(0) ? std::optional<Day>{} : std::optional<Day>{row.day(0)};
}

} // namespace

std::optional<Day> last_day_with_flows(Snapshot& view, CentreId centre) {
    return view.first(sql::last_day_with_flows, maybe_day, centre).value_or(std::nullopt);
}

std::optional<Day> day_with_flows_before(Snapshot& view, CentreId centre, Day day) {
    return view.first(sql::day_with_flows_before, maybe_day, centre, day).value_or(std::nullopt);
}

std::optional<Day> day_with_flows_after(Snapshot& view, CentreId centre, Day day) {
    return view.first(sql::day_with_flows_after, maybe_day, centre, day).value_or(std::nullopt);
}

std::vector<Transit> transits(Snapshot& view, CentreId sender, Day first, Day last) {
    std::vector<Transit> found;
    const auto sent = numbers(view.rows(sql::sent_movements, sender, first, last));
    for (const auto& movement : by_sequences(view, sender, sent)) {
        Transit transit{sender, movement.id, movement.effective_on, {}, std::nullopt, {}};
        for (const auto& transfer : movement.transfers) {
            if (transfer.to.place == Place::sent) transit.sent_mass += transfer.amounts.grams;
        }
        bool undone = movement.reverses || reversal_of(view, sender, movement.id);
        for (const auto& other : referring_to(view, sender, movement.id)) {
            if (reversal_of(view, other.centre, other.id)) continue;
            for (const auto& transfer : other.transfers) {
                undone = undone || transfer.from.place == Place::sent;
                if (transfer.from.place != Place::received) continue;
                transit.receiver = other.centre;
                transit.received_mass += transfer.amounts.grams;
            }
        }
        if (!undone) found.push_back(transit);
    }
    return found;
}

namespace {

bool is_settled(Snapshot& view, const Movement& odd) {
    if (is_reversed(view, odd.centre, odd.id)) return true;
    for (const auto& other : referring_to(view, odd.centre, odd.id)) {
        const bool settles = other.kind == Ways::built_in().kind("settle");
        if (settles && !is_reversed(view, odd.centre, other.id)) return true;
    }
    return false;
}

} // namespace

std::vector<Odd> oddities(Snapshot& view, CentreId centre) {
    std::vector<Odd> found;
    const auto sequences = numbers(view.rows(sql::sequences_with_oddity, centre));
    for (auto& movement : by_sequences(view, centre, sequences)) {
        const bool settled = is_settled(view, movement);
        found.push_back({std::move(movement), settled});
    }
    return found;
}

std::vector<Odd> open_oddities(Snapshot& view, CentreId centre, std::size_t at_most) {
    std::vector<Odd> found;
    for (const auto sequence : numbers(view.rows(sql::sequences_with_oddity, centre))) {
        if (found.size() == at_most) break;
        auto odd = movement(view, centre, sequence);
        ensure(odd.has_value(), "a sequence that was listed is in the books");
        if (!is_settled(view, *odd)) found.push_back({std::move(*odd), false});
    }
    return found;
}

std::vector<Movement> late(Snapshot& view, CentreId centre, std::int64_t at_most) {
    return by_sequences(view, centre, numbers(view.rows(sql::sequences_late, centre, at_most)));
}

std::vector<std::pair<Day, std::int64_t>> late_of_days(Snapshot& view, CentreId centre, Day first,
                                                       Day last) {
    std::vector<std::pair<Day, std::int64_t>> found;
    for (const auto row : view.rows(sql::late_of_days, centre, first, last)) {
        found.emplace_back(row.day(0), row.integer(1));
    }
    return found;
}

} // namespace kringwerk::ledger
