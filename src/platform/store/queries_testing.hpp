// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/postgres_testing.hpp"
#include "platform/store/sqlite.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

/// For the test of a room with a `queries.sql`.
namespace kringwerk::testing {

/// SQLite with all migrations understands each query: its tables, columns and parameters.
inline void check_queries_of_sqlite(std::span<const Query* const> queries) {
    namespace fs = std::filesystem;
    auto folder = (fs::temp_directory_path() / "kw-queries-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    const auto file = fs::path(folder) / "books.sqlite";
    StoreOptions options;
    options.throw_away = true;
    REQUIRE(open_sqlite(file, options));
    {
        sqlite::SqliteConnection connection(file, sqlite::Access::write, true);
        for (const auto* const query : queries) {
            CAPTURE(query->name);
            CHECK_NOTHROW(connection.number("EXPLAIN " + std::string(query->sqlite)));
        }
    }
    fs::remove_all(folder);
}

/// So does PostgreSQL.
inline void check_queries_of_postgres(std::span<const Query* const> queries) {
    if (!Cluster::installed()) {
        MESSAGE("skipped: PostgreSQL's server is not installed");
        return;
    }
    const auto url = Cluster::instance().fresh_database();
    postgres::PostgresConnection connection(url, postgres::Access::write);
    for (const auto* const query : queries) {
        CAPTURE(query->name);
        const auto name = std::string("\"") + std::string(query->name) + "\"";
        CHECK_NOTHROW(
            connection.run(("PREPARE " + name + " AS " + std::string(query->postgres)).c_str()));
    }
}

inline void check_queries(std::span<const Query* const> queries) {
    check_queries_of_sqlite(queries);
    check_queries_of_postgres(queries);
}

} // namespace kringwerk::testing
