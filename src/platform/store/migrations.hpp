// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kringwerk {

/// One step of the schema, from migrations/ in the text of one engine.
struct Migration {
    int number = 0;
    std::string name;
    std::string_view sql;
};

/// All steps for an engine ("sqlite", "postgres"), in the order in which they are taken.
std::vector<Migration> known_migrations(std::string_view engine);
/// The number of the last one; 0 for none.
int newest_of(const std::vector<Migration>& known);
/// Refuses "store.schema_newer" or "store.schema_older" unless a database of that version is just
/// what this program knows.
Result<void> check_version(int version, int newest);
/// Refuses "store.schema_newer".
Result<void> check_not_newer(int version, int newest);

/// How many moves into this database are not finished: 0 or 1.
inline constexpr std::string_view half_moved =
    "SELECT count(*) FROM schema_version WHERE number = -1";

} // namespace kringwerk
