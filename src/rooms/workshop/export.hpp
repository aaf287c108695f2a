// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/types.hpp"
#include "rooms/workshop/ords_file.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace kringwerk::workshop {

/// Writes all repairs, or those of one centre, as a file of the standard, piece by piece to
/// `write`; gives how many. In the order of `in_export_order`, without reversed ones, each value in
/// the spelling in which it came in. The column record_date is there when any repair has one. The
/// same books give the same bytes, and so do other books that imported them.
std::int64_t export_ords(Snapshot& view, OrdsVersion version, std::optional<CentreId> centre,
                         const std::function<void(std::string_view)>& write,
                         ReadBy read_by = ReadBy::program);

} // namespace kringwerk::workshop
