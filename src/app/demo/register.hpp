// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/demo/tables.hpp"
#include "platform/store/store.hpp"
#include "rooms/people/types.hpp"

namespace kringwerk::demo {

/// Sets up a centre of the example as its manager would: where it stands, when it is open, what it
/// is made of, and the bins of its gate.
void set_up(Transaction& tx, CentreId centre, const CentreEntry& entry, Day since, Instant now);

} // namespace kringwerk::demo
