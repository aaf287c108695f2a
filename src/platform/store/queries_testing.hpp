// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/sqlite.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

/// For the test of a room with a `queries.sql`.
namespace kringwerk::testing {

/// The database of all migrations understands each query: its tables, columns and parameters.
inline void check_queries(std::span<const Query* const> queries) {
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
            CHECK_FALSE(query->postgres.empty());
        }
    }
    fs::remove_all(folder);
}

} // namespace kringwerk::testing
