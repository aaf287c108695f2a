// SPDX-License-Identifier: EUPL-1.2
#include "base/time.hpp"
#include "platform/store/migrations.hpp"
#include "platform/store/sqlite.hpp"

#include <fmt/format.h>

#include <utility>

namespace kringwerk::sqlite {
namespace {

int version_of(SqliteConnection& connection) {
    return static_cast<int>(connection.number("PRAGMA user_version").value_or(0));
}

/// A copy of what there was before the first step, under its name when it is whole.
void copy_before(SqliteConnection& connection, const Migration& migration,
                 const std::filesystem::path& snapshots) {
    std::filesystem::create_directories(snapshots);
    auto moment = format_instant(now());
    std::erase(moment, ':');
    const auto file = snapshots / fmt::format("before-{:04}-{}.sqlite", migration.number, moment);
    auto part = file;
    part += ".part";
    auto quoted = part.string();
    for (auto at = quoted.find('\''); at != quoted.npos; at = quoted.find('\'', at + 2)) {
        quoted.insert(at, 1, '\'');
    }
    connection.run(fmt::format("VACUUM INTO '{}'", quoted).c_str());
    std::filesystem::rename(part, file);
}

void apply(SqliteConnection& connection, const Migration& migration) {
    connection.run("BEGIN IMMEDIATE");
    try {
        connection.run(std::string(migration.sql).c_str());
        connection.run(fmt::format("INSERT INTO schema_version VALUES ({}, '{}', {})",
                                   migration.number, migration.name, now().ms)
                           .c_str());
        connection.run(fmt::format("PRAGMA user_version = {}", migration.number).c_str());
        connection.run("COMMIT");
    } catch (...) {
        if (connection.in_transaction()) connection.run("ROLLBACK");
        throw;
    }
}

} // namespace

Result<void> migrate(SqliteConnection& connection, const std::filesystem::path& snapshots) {
    const auto known = known_migrations("sqlite");
    const int version = version_of(connection);
    if (auto fits = check_not_newer(version, newest_of(known)); !fits) return fits;
    connection.run("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, "
                   "name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
    bool copied = version == 0; // there is nothing to lose yet
    for (const auto& migration : known) {
        if (migration.number <= version) continue;
        if (!std::exchange(copied, true)) copy_before(connection, migration, snapshots);
        apply(connection, migration);
    }
    return {};
}

Result<void> check_schema(SqliteConnection& connection) {
    return check_version(version_of(connection), newest_of(known_migrations("sqlite")));
}

} // namespace kringwerk::sqlite
