// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/query.hpp"

#include <string_view>

namespace kringwerk {

/// A table to which many callers append rows, which an engine may write together.
struct RowTable {
    std::string_view name; ///< as it stands in the SQL
    /// `$1..` the columns; leaves out a row whose key stands there already. PostgreSQL gets arrays,
    /// a row to an element.
    const Query* insert;
    std::string_view columns; ///< a letter for each: i whole number, b bytes, t text
};

} // namespace kringwerk
