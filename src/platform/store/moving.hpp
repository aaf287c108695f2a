// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <cstdint>
#include <functional>
#include <string>

/// Takes everything from one database to another, whichever engine either has.
namespace kringwerk {

struct Moved {
    std::int64_t rows = 0; ///< in the new database, now equal to those in the old one
    std::int64_t tables = 0;
};

/// `to` was opened with `StoreOptions::moving`. Rows go in the order of their keys, a few thousand
/// in a commit, so that a move that was broken off goes on where it was. Then all rows are
/// compared, one by one, and only after that the new database may be opened by others. `told` hears
/// the name of each table and how many rows it has there. Refuses "move.not_empty" (`to` holds
/// something that no move put there), "move.differs" (table, row: what stands in `to` is not what
/// stands in `from`).
Result<Moved> move_all(Store& from, Store& to,
                       const std::function<void(const std::string&, std::int64_t)>& told = {});

} // namespace kringwerk
