// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/queries.hpp"
#include "rooms/workshop/workshop.hpp"

#include <map>

namespace kringwerk::workshop {
namespace {

/// Key of a sum as its table orders it: centre, day or month, category, outcome, barrier.
using Key = std::array<std::int64_t, 5>;
using Counts = std::map<Key, std::int64_t>;

struct Repair {
    CentreId centre;
    std::string record;
    ledger::MovementId movement;
    std::array<std::int64_t, 3> kind{}; ///< category, outcome, barrier
    Day counts_on;
    std::optional<Day> reversed_on;
};

Repair read_repair(const Row& row) {
    Repair repair;
    repair.centre = row.id<Centre>(0);
    repair.record = std::string(row.text(1));
    repair.movement = row.uuid<ledger::Movement>(2);
    repair.kind = {row.integer(3), row.integer(4), row.integer(5)};
    repair.counts_on = row.day(6);
    if (!row.null(7)) repair.reversed_on = row.day(7);
    return repair;
}

WrongRow wrong_repair(std::string code, const Repair& repair, TextArguments more = {}) {
    TextArguments arguments{{"centre", std::to_string(repair.centre.value)},
                            {"record", repair.record}};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return {std::move(code), std::move(arguments), repair.centre};
}

std::string name_of(std::optional<Day> day) { return day ? format_day(*day) : "-"; }

/// What the ledger says of the movement and of its reversal.
std::optional<WrongRow> compare(Snapshot& view, const Repair& repair) {
    const auto booked = ledger::movement(view, repair.centre, repair.movement);
    if (!booked) return wrong_repair("repair_not_booked", repair);
    if (booked->effective_on != repair.counts_on) {
        return wrong_repair("repair_day_differs", repair,
                            {{"found", format_day(repair.counts_on)},
                             {"expected", format_day(booked->effective_on)}});
    }
    const auto reversal = ledger::reversal_of(view, repair.centre, repair.movement);
    const auto reversed_on = reversal ? std::optional(reversal->effective_on) : std::nullopt;
    if (reversed_on == repair.reversed_on) return std::nullopt;
    return wrong_repair(
        "repair_reversal_differs", repair,
        {{"found", name_of(repair.reversed_on)}, {"expected", name_of(reversed_on)}});
}

void count(Counts& counts, const Repair& repair, std::int64_t period, std::int64_t repairs) {
    const auto [category, outcome, barrier] = repair.kind;
    counts[{repair.centre.value, period, category, outcome, barrier}] += repairs;
}

/// One table of sums: how its periods are named.
struct Table {
    std::string_view code; ///< "repair_day_sum", "repair_month_sum"
    std::string_view period;
    std::string (*format)(std::int32_t);
};
const Table day_table{"repair_day_sum", "day",
                      [](std::int32_t number) { return format_day({number}); }};
const Table month_table{"repair_month_sum", "month",
                        [](std::int32_t number) { return format_month({number}); }};

WrongRow wrong_sum(const Table& table, const Key& key, std::int64_t kept, std::int64_t counted) {
    return {std::string(table.code),
            {{"centre", std::to_string(key[0])},
             {std::string(table.period), table.format(static_cast<std::int32_t>(key[1]))},
             {"category", std::to_string(key[2])},
             {"outcome", std::to_string(key[3])},
             {"barrier", std::to_string(key[4])},
             {"kept", std::to_string(kept)},
             {"counted", std::to_string(counted)}},
            CentreId{key[0]}};
}

/// Runs through what was counted and what is kept side by side, both in the order of their keys.
/// A sum that came back to nothing may stand as 0 or not at all.
std::optional<WrongRow> first_difference(Counts counts, Rows kept, const Table& table) {
    std::erase_if(counts, [](const auto& sum) { return sum.second == 0; });
    auto next = counts.begin();
    for (const auto row : kept) {
        const Key key{row.integer(0), row.integer(1), row.integer(2), row.integer(3),
                      row.integer(4)};
        const auto stands = row.integer(5);
        if (stands == 0) continue;
        if (next == counts.end() || key < next->first) return wrong_sum(table, key, stands, 0);
        if (next->first < key) return wrong_sum(table, next->first, 0, next->second);
        if (next->second != stands) return wrong_sum(table, key, stands, next->second);
        ++next;
    }
    if (next == counts.end()) return std::nullopt;
    return wrong_sum(table, next->first, 0, next->second);
}

} // namespace

std::optional<WrongRow> first_wrong_row(Snapshot& view) {
    Counts days;
    Counts months;
    for (const auto row : view.many_rows(sql::repairs_to_verify)) {
        const auto repair = read_repair(row);
        if (auto wrong = compare(view, repair)) return wrong;
        count(days, repair, repair.counts_on.number, 1);
        count(months, repair, month_of(repair.counts_on).number, 1);
        if (!repair.reversed_on) continue;
        count(days, repair, repair.reversed_on->number, -1);
        count(months, repair, month_of(*repair.reversed_on).number, -1);
    }
    if (auto wrong =
            first_difference(std::move(days), view.rows(sql::day_sums_to_verify), day_table)) {
        return wrong;
    }
    return first_difference(std::move(months), view.rows(sql::month_sums_to_verify), month_table);
}

} // namespace kringwerk::workshop
