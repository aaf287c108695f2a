// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/ledger.hpp"

namespace kringwerk::ledger {

extern const RowTable movement_rows;
extern const RowTable transfer_rows;
extern const RowTable action_rows;
extern const SumTable balance_sums;
extern const SumTable flow_day_sums;
extern const SumTable flow_month_sums;

/// The columns of the queries called movement_…; transfers and `previous` are not in them.
Movement read_movement(const Row& row);
/// The columns of the queries called transfers_…, from the second on.
Transfer read_transfer(const Row& row);
Item read_item(const Row& row);
/// Fills in the transfers and the hash before it.
Movement with_transfers(Snapshot& view, Movement movement);

} // namespace kringwerk::ledger
