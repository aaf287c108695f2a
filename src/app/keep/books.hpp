// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/directory.hpp"
#include "platform/backup/manifest.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

/// The books themselves, as one file, and back. Behind it the two engines.
namespace kringwerk::app::keep {

/// What of a data directory belongs to its books, or to this machine alone.
constexpr std::string_view sqlite_books = "kringwerk.sqlite";
constexpr std::string_view postgres_books = "kringwerk.pgdump";

/// What a backup says of the books in it.
struct BooksCopy {
    std::string name; ///< `sqlite_books` or `postgres_books`
    std::string engine;
    int schema = 0;
    std::vector<backup::ChainEnd> heads;
};
/// Writes them into `folder`, as they are at one moment. Refuses "store.absent" and, of
/// PostgreSQL, "store.no_program".
Result<BooksCopy> copy_books(const Directory& directory, const std::filesystem::path& folder);

/// Where the chains end in a file of SQLite, of whatever version it is.
std::vector<backup::ChainEnd> heads_of_sqlite(const std::filesystem::path& file);
std::vector<backup::ChainEnd> heads_of_postgres(const std::string& url);

} // namespace kringwerk::app::keep
