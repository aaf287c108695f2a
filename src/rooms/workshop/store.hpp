// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/workshop/workshop.hpp"

#include <functional>

namespace kringwerk::workshop {

/// Columns of the queries that read whole records.
Record read_record(const Row& row);
/// The record of this provider and id, whichever centre has it.
std::optional<Record> known_record(Snapshot& view, const Record& like);

} // namespace kringwerk::workshop
