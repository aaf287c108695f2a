// SPDX-License-Identifier: EUPL-1.2
#include "base/time.hpp"
#include "platform/store/migrations.hpp"
#include "platform/store/postgres.hpp"

#include <fmt/format.h>

namespace kringwerk::postgres {
namespace {

int version_of(PostgresConnection& connection) {
    if (!connection.text("SELECT to_regclass('schema_version')")) return 0;
    const auto newest = connection.text("SELECT MAX(number) FROM schema_version");
    return newest ? std::stoi(*newest) : 0;
}

/// One process at a time brings the schema up to date: the others wait, and find it done.
class MigrationLock {
  public:
    explicit MigrationLock(PostgresConnection& connection) : connection_(connection) {
        connection_.run("SELECT pg_advisory_lock(hashtext('kringwerk'), hashtext('migrations'))");
    }
    ~MigrationLock() {
        try {
            connection_.run(
                "SELECT pg_advisory_unlock(hashtext('kringwerk'), hashtext('migrations'))");
        } catch (const Failure&) {
            // Who lost the connection holds no lock any more.
        }
    }
    MigrationLock(const MigrationLock&) = delete;
    MigrationLock& operator=(const MigrationLock&) = delete;

  private:
    PostgresConnection& connection_;
};

} // namespace

Result<void> migrate(PostgresConnection& connection) {
    const MigrationLock lock(connection);
    const auto known = known_migrations("postgres");
    const int version = version_of(connection);
    if (auto fits = check_not_newer(version, newest_of(known)); !fits) return fits;
    connection.run("CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY, "
                   "name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
    for (const auto& migration : known) {
        if (migration.number <= version) continue;
        connection.script(
            fmt::format("BEGIN; {}; INSERT INTO schema_version VALUES ({}, '{}', {}); COMMIT",
                        migration.sql, migration.number, migration.name, now().ms));
    }
    return {};
}

Result<void> check_schema(PostgresConnection& connection) {
    return check_version(version_of(connection), newest_of(known_migrations("postgres")));
}

} // namespace kringwerk::postgres
