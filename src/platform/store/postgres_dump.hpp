// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/postgres.hpp"

#include <filesystem>
#include <functional>
#include <string>

/// Whole databases by PostgreSQL's own programs, pg_dump and pg_restore, which know best what
/// belongs to one. Each refuses "store.no_program" when it is not installed.
namespace kringwerk::postgres {

/// Writes a database to a file, as it is at one moment; `look` sees that moment too, and gets the
/// number of the last migration. Throws `Breakdown` with what pg_dump said.
Result<void> dump(const std::string& url, const std::filesystem::path& file,
                  const std::function<void(Snapshot&, int schema)>& look);

/// Refuses "store.not_empty" when the database holds a table already.
Result<void> check_empty(const std::string& url);
/// Fills an empty database from such a file. Throws `Breakdown` with what pg_restore said; nothing
/// stays in the database then.
Result<void> fill(const std::string& url, const std::filesystem::path& file);

} // namespace kringwerk::postgres
