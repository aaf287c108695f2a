// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/directory.hpp"
#include "platform/cli/config.hpp"
#include "platform/store/migrations.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kringwerk::app::keep {

/// What would be done to the tables of the books when they are opened next.
struct Migrating {
    int version = 0; ///< of the books; 0: there are none yet
    std::vector<Migration> steps;
    bool changes_books() const { return version > 0 && !steps.empty(); }
};
/// Looks and changes nothing. Refuses "store.schema_newer".
Result<Migrating> migrating(const Directory& directory);

/// Before books in PostgreSQL get new tables: makes a backup when a folder for backups is set and
/// gives its id. Books in SQLite are copied by the store itself. Refuses what `make_backup` does.
Result<std::optional<std::string>> back_up_before(const Migrating& plan, const Directory& directory,
                                                  const cli::Settings& settings);

} // namespace kringwerk::app::keep
