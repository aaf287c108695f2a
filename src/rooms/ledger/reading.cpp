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

std::vector<Movement> find_by_hash(Snapshot& view, std::string_view digits) {
    std::string low(digits);
    std::string high(digits);
    low.resize(64, '0');
    high.resize(64, 'f');
    const auto first = parse_digest(low);
    const auto last = parse_digest(high);
    if (!first || !last || digits.size() < 8 || digits.size() > 64) return {};
    std::vector<Movement> found;
    for (const auto row : view.rows(sql::movement_by_hash, *first, *last)) {
        found.push_back(*movement(view, row.id<Centre>(0), row.integer(1)));
    }
    return found;
}

std::optional<Movement> reversal_of(Snapshot& view, CentreId centre, const MovementId& id) {
    const auto sequence = view.number(sql::sequence_of_reversal, centre, id);
    if (!sequence) return std::nullopt;
    return movement(view, centre, *sequence);
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

MovementPage movements(Snapshot& view, const MovementFilter& filter,
                       std::optional<std::int64_t> before, std::int64_t most) {
    const auto from = filter.from ? static_cast<int>(*filter.from) : -1;
    const auto to = filter.to ? static_cast<int>(*filter.to) : -1;
    const auto stream = filter.stream ? static_cast<int>(filter.stream->number) : -1;
    const auto category = filter.category ? filter.category->value : -1;
    const auto start = before.value_or(std::numeric_limits<std::int64_t>::max());
    const bool any = from == -1 && to == -1 && stream == -1 && category == -1;
    auto rows = any ? view.rows(sql::movements_of_days, filter.centre, filter.first, filter.last,
                                start, most + 1)
                    : view.rows(sql::movements_through, filter.centre, filter.first, filter.last,
                                start, most + 1, from, to, stream, category);
    MovementPage page;
    for (const auto row : rows) {
        if (static_cast<std::int64_t>(page.movements.size()) == most) {
            page.next_before = page.movements.back().sequence;
            break;
        }
        page.movements.push_back(with_transfers(view, read_movement(row)));
    }
    return page;
}

std::vector<Movement> movements_after(Snapshot& view, CentreId centre, std::int64_t after,
                                      std::int64_t most) {
    std::vector<Movement> found;
    for (const auto row : view.rows(sql::movements_after, centre, after, most)) {
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

std::vector<Flow> flows_of_months(Snapshot& view, CentreId centre, Month first, Month last) {
    return read_flows(view.rows(sql::flows_of_months, centre, first, last));
}

std::optional<Day> last_day_with_flows(Snapshot& view, CentreId centre) {
    const auto read = [](Row row) {
        return row.null(0) ? std::optional<Day>{} : std::optional<Day>{row.day(0)};
    };
    return view.first(sql::last_day_with_flows, read, centre).value_or(std::nullopt);
}

namespace {

/// Adds one side of a flow to the equation of its stream: `sign` +1 where it enters, -1 where it
/// leaves the account.
void add_side(Equation& sum, Account account, Grams mass, bool in_period) {
    if (is_stock(account.place)) {
        if (!in_period) sum.opening += mass;
        sum.closing += mass;
        return;
    }
    if (!in_period) return;
    switch (row_of(account.place).side) {
    case Side::from_outside:
        sum.in -= mass;
        break; // what leaves "donated" comes in
    case Side::to_outside:
        sum.out += mass;
        break;
    case Side::both_ways:
        if (account.place == Place::unexplained) sum.unexplained += mass;
        // A customer's own goods come in when they leave the owner and go out when they return.
        if (account.place == Place::owner && mass < Grams{}) sum.in -= mass;
        if (account.place == Place::owner && mass > Grams{}) sum.out += mass;
        break;
    default:
        break;
    }
}

void add_flow(std::map<Key, Equation>& sums, const Flow& flow, bool in_period) {
    const auto mass = flow.amounts.grams;
    for (const auto key : {flow.from.key, no_key}) add_side(sums[key], flow.from, -mass, in_period);
    for (const auto key : {flow.to.key, no_key}) add_side(sums[key], flow.to, mass, in_period);
    if (flow.from.key != flow.to.key && in_period) {
        sums[flow.from.key].to_other_stream += mass;
        sums[flow.to.key].to_other_stream -= mass;
    }
}

} // namespace

std::vector<Equation> equation(Snapshot& view, CentreId centre, Day first, Day last) {
    std::map<Key, Equation> sums;
    const auto goods = [](const Flow& flow) { return book_of(flow.from.place) == Book::goods; };
    // Whole months before the period from the sums of months, the rest from the days.
    const auto begin = first_day(month_of(first));
    const auto before = month_after(month_of(first), -1);
    for (const auto& flow : flows_of_months(view, centre, Month{0}, before)) {
        if (goods(flow)) add_flow(sums, flow, false);
    }
    for (const auto& flow : flows_of_days(view, centre, begin, last)) {
        if (goods(flow)) add_flow(sums, flow, flow.period >= first.number);
    }
    std::vector<Equation> lines;
    for (auto& [key, sum] : sums) {
        sum.stream = key;
        if (key != no_key) lines.push_back(sum);
    }
    lines.push_back(sums[no_key]);
    return lines;
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

std::vector<Odd> oddities(Snapshot& view, CentreId centre) {
    std::vector<Odd> found;
    const auto sequences = numbers(view.rows(sql::sequences_with_oddity, centre));
    for (auto& movement : by_sequences(view, centre, sequences)) {
        bool settled = reversal_of(view, centre, movement.id).has_value();
        for (const auto& other : referring_to(view, centre, movement.id)) {
            const bool settles = other.kind == Ways::built_in().kind("settle");
            settled = settled || (settles && !reversal_of(view, centre, other.id));
        }
        found.push_back({std::move(movement), settled});
    }
    return found;
}

std::vector<Movement> late(Snapshot& view, CentreId centre, std::int64_t most) {
    return by_sequences(view, centre, numbers(view.rows(sql::sequences_late, centre, most)));
}

} // namespace kringwerk::ledger
