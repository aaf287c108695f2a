// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/store.hpp"

#include "rooms/ledger/queries.hpp"

namespace kringwerk::ledger {

const RowTable movement_rows{"ledger_movement", &sql::insert_movement, "iibiiiiiiiibibibbb"};
const RowTable transfer_rows{"ledger_transfer", &sql::insert_transfer, "iiiiiiiiiiiiibii"};
const RowTable action_rows{"ledger_action", &sql::insert_action, "ibtitiii"};
const SumTable balance_sums{"ledger_balance", &sql::add_balance, 3, 4};
const SumTable flow_day_sums{"ledger_flow_day", &sql::add_flow_day, 8, 5};
const SumTable flow_month_sums{"ledger_flow_month", &sql::add_flow_month, 8, 5};

namespace {

Account account(const Row& row, int column) {
    return {static_cast<Place>(row.integer(column)),
            {static_cast<std::uint8_t>(row.integer(column + 1))}};
}

std::optional<Digest> maybe_digest(const Row& row, int column) {
    if (row.null(column)) return std::nullopt;
    return row.digest(column);
}

} // namespace

Movement read_movement(const Row& row) {
    Movement movement;
    movement.centre = row.id<Centre>(0);
    movement.sequence = row.integer(1);
    movement.id = row.uuid<struct Movement>(2);
    movement.kind = {static_cast<std::uint8_t>(row.integer(3))};
    movement.role = static_cast<people::Role>(row.integer(4));
    movement.actor = row.integer(5);
    movement.happened_at = row.instant(6);
    movement.booked_at = row.instant(7);
    movement.effective_on = row.day(8);
    movement.late = row.integer(9) != 0;
    movement.reason = {static_cast<std::uint8_t>(row.integer(10))};
    if (!row.null(11)) movement.reverses = row.uuid<struct Movement>(11);
    if (!row.null(13)) {
        movement.reference = Reference{row.id<Centre>(12), row.uuid<struct Movement>(13)};
    }
    if (!row.null(14)) movement.closes = row.month(14);
    movement.note = maybe_digest(row, 15);
    movement.receipt = maybe_digest(row, 16);
    movement.hash = row.digest(17);
    return movement;
}

Transfer read_transfer(const Row& row) {
    Transfer transfer;
    transfer.from = account(row, 1);
    transfer.to = account(row, 3);
    transfer.amounts = {{row.integer(5)}, {row.integer(6)}, {row.integer(7)}, {row.integer(8)}};
    transfer.basis = static_cast<Basis>(row.integer(9));
    transfer.category = row.id<Category>(10);
    if (!row.null(11)) transfer.batch = row.uuid<Batch>(11);
    transfer.item = {row.integer(12)};
    transfer.oddity = static_cast<Oddity>(row.integer(13));
    return transfer;
}

Item read_item(const Row& row) {
    Item item;
    item.centre = row.id<Centre>(0);
    item.id = {row.integer(1)};
    item.category = row.id<Category>(2);
    item.at = account(row, 3);
    item.clearance = static_cast<Item::Clearance>(row.integer(5));
    item.data = static_cast<Item::DataState>(row.integer(6));
    item.grade = static_cast<int>(row.integer(7));
    item.price = {row.integer(8)};
    return item;
}

Movement with_transfers(Snapshot& view, Movement movement) {
    for (const auto row : view.rows(sql::transfers_of, movement.centre, movement.sequence)) {
        movement.transfers.push_back(read_transfer(row));
    }
    if (movement.sequence > 1) {
        const auto before = view.first(
            sql::movement_by_sequence, [](Row row) { return row.digest(17); }, movement.centre,
            movement.sequence - 1);
        if (before) movement.previous = *before;
    }
    return movement;
}

} // namespace kringwerk::ledger
