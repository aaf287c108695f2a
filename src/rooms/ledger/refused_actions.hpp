// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/deliveries.hpp"

namespace kringwerk::ledger {

/// Keeps an action that was not accepted; false when it is kept already.
bool keep_refused(Transaction& tx, const RefusedAction& refused);
/// True when a person settled it.
bool was_settled(Snapshot& view, CentreId centre, const UuidBytes& id);

} // namespace kringwerk::ledger
