// SPDX-License-Identifier: EUPL-1.2
#include "base/embedded.hpp"
#include "base/time.hpp"
#include "platform/store/sqlite.hpp"

#include <fmt/format.h>

#include <charconv>

namespace kringwerk::sqlite {
namespace {

struct Migration {
    int number = 0;
    std::string name;
    std::string_view sql;
};

/// "migrations/0007_workshop_ticket/sqlite.sql" gives 7 and "workshop_ticket".
std::vector<Migration> known_migrations() {
    std::vector<Migration> known;
    for (const auto& file : embedded_below("migrations/")) {
        if (!file.path.ends_with("/sqlite.sql")) continue;
        auto name = file.path.substr(std::string_view("migrations/").size());
        name.remove_suffix(std::string_view("/sqlite.sql").size());
        Migration migration;
        std::from_chars(name.data(), name.data() + name.find('_'), migration.number);
        migration.name = name.substr(name.find('_') + 1);
        migration.sql = file.content;
        ensure(known.empty() || known.back().number < migration.number,
               "migrations have numbers of their own");
        known.push_back(std::move(migration));
    }
    return known;
}

int newest_of(const std::vector<Migration>& known) {
    return known.empty() ? 0 : known.back().number;
}

int version_of(SqliteConnection& connection) {
    return static_cast<int>(connection.number("PRAGMA user_version").value_or(0));
}

void copy_before(SqliteConnection& connection, const Migration& migration,
                 const std::filesystem::path& snapshots) {
    std::filesystem::create_directories(snapshots);
    auto moment = format_instant(now());
    std::erase(moment, ':');
    const auto file = snapshots / fmt::format("before-{:04}-{}.sqlite", migration.number, moment);
    auto quoted = file.string();
    for (auto at = quoted.find('\''); at != quoted.npos; at = quoted.find('\'', at + 2)) {
        quoted.insert(at, 1, '\'');
    }
    connection.run(fmt::format("VACUUM INTO '{}'", quoted).c_str());
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

tl::unexpected<Refusal> newer(int version, int newest) {
    return refuse("store.schema_newer",
                  {{"found", std::to_string(version)}, {"known", std::to_string(newest)}});
}

} // namespace

Result<void> migrate(SqliteConnection& connection, const std::filesystem::path& snapshots) {
    const auto known = known_migrations();
    const int version = version_of(connection);
    if (version > newest_of(known)) return newer(version, newest_of(known));
    connection.run("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, "
                   "name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
    for (const auto& migration : known) {
        if (migration.number <= version) continue;
        if (version > 0) copy_before(connection, migration, snapshots);
        apply(connection, migration);
    }
    return {};
}

Result<void> check_schema(SqliteConnection& connection) {
    const int newest = newest_of(known_migrations());
    const int version = version_of(connection);
    if (version > newest) return newer(version, newest);
    if (version < newest) {
        return refuse("store.schema_older",
                      {{"found", std::to_string(version)}, {"known", std::to_string(newest)}});
    }
    return {};
}

} // namespace kringwerk::sqlite
