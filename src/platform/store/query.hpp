// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

namespace kringwerk {

/// A named query of a room's `queries.sql`, made into a constant by the build. Its address is its
/// identity: each connection prepares it once.
struct Query {
    std::string_view name; ///< "ledger.received_by_account"
    std::string_view sqlite;
    std::string_view postgres; ///< the same text unless the engines must differ
};

} // namespace kringwerk
