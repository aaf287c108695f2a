// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/directory.hpp"
#include "platform/backup/folder.hpp"
#include "platform/cli/config.hpp"

#include <optional>
#include <string>
#include <vector>

/// Keeping the books of one data directory, and having them back.
namespace kringwerk::app::keep {

/// Where backups go, and which of them stay.
struct Plan {
    Directory directory;
    backup::Place place;
    backup::KeepRules rules;
};
/// From the settings; the options "to" and "key" of a command come before them. Refuses
/// "backup.no_place" when nobody says where, "backup.place_is_data", "backup.key_inside", and what
/// reading the key refuses.
Result<Plan> plan_of(const Directory& directory, const cli::Settings& settings,
                     const cli::Words& options);
/// The place alone, of backups that are there already.
Result<backup::Place> place_of(const cli::Settings& settings, const cli::Words& options,
                               const std::string& folder);

struct Kept {
    backup::Manifest made;
    backup::Cleared cleared;
    std::vector<Refusal> damaged = {}; ///< what an earlier backup wrote and no longer is whole
};
/// Keeps the books as they are at one moment, while others book, and the other files of the data
/// directory; then drops what the rules do not keep. Only reads in the data directory, but for a
/// copy that is gone afterwards. Refuses "store.absent", "backup.folder_busy", what pg_dump needs,
/// what `backup::Taking` refuses, and "backup.not_cleared" when it was made and old ones stay
/// because one of them is damaged.
Result<Kept> make_backup(const Plan& plan, bool full, Instant now);

/// Which backup; without an id the newest. Refuses "backup.none_there" and "backup.no_such".
Result<backup::Manifest> choose(const backup::Place& place, const std::optional<std::string>& id);

struct Restoring {
    backup::Place place;
    backup::Manifest manifest;
    std::filesystem::path to;
    std::string database = "sqlite"; ///< of books in PostgreSQL: the empty one that gets them
};
/// Reads and checks all that `restore` would put back, and writes nothing. Refuses as `restore`.
Result<std::vector<Refusal>> rehearse(const Restoring& restoring);
/// Puts a backup into a folder that is not there yet or empty; it gets its name when it is whole
/// and its chains end where the backup says. Gives what was damaged and could be done without.
/// Refuses "backup.target_in_use", "store.schema_newer", "backup.needs_database",
/// "backup.other_heads", what pg_restore needs, and what `backup::put_back` refuses.
Result<std::vector<Refusal>> restore(const Restoring& restoring);

/// What `prove` found.
struct Proof {
    std::int64_t centres = 0;
    std::int64_t movements = 0;
    bool replayed = true; ///< false: the books are in PostgreSQL and no place was given
    std::optional<std::string> wrong = {}; ///< in words
};
/// Restores a backup in `aside`, which is empty, and runs `verify` on the books there. Refuses what
/// `restore` refuses, and the first file that is damaged, needed or not.
Result<Proof> prove(Restoring restoring, Language language);

} // namespace kringwerk::app::keep
