// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/demo/journal.hpp"
#include "rooms/workshop/types.hpp"

namespace kringwerk::demo {

/// The repair that a movement of the example books, as a row of a file of the Open Repair Data
/// Standard. `sequence`: of the movement in its centre; it makes the row's id.
workshop::Record record_of(const Planned& planned, std::int64_t sequence);
/// What that row counts as.
workshop::Reading reading_of(const Planned& planned);

} // namespace kringwerk::demo
