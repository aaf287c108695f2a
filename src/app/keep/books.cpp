// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/books.hpp"

#include "platform/store/postgres_dump.hpp"
#include "platform/store/sqlite.hpp"
#include "platform/store/sqlite_copy.hpp"
#include "rooms/ledger/ledger.hpp"

namespace kringwerk::app::keep {
namespace {

std::vector<backup::ChainEnd> heads_in(Snapshot& view) {
    std::vector<backup::ChainEnd> ends;
    for (const auto& head : ledger::heads(view)) {
        ends.push_back({head.centre.value, head.sequence, head.hash});
    }
    return ends;
}

Result<BooksCopy> copy_of_sqlite(const Directory& directory, const std::filesystem::path& folder) {
    const auto file = folder / sqlite_books;
    const auto copied = copy_sqlite(directory.database(), file);
    if (!copied) return refuse(copied.error());
    std::filesystem::permissions(file, std::filesystem::status(directory.database()).permissions());
    sqlite::SqliteConnection connection(file, sqlite::Access::read, false);
    const auto schema = static_cast<int>(connection.number("PRAGMA user_version").value_or(0));
    Snapshot view(connection);
    return BooksCopy{std::string(sqlite_books), "sqlite", schema, heads_in(view)};
}

Result<BooksCopy> copy_of_postgres(const Directory& directory,
                                   const std::filesystem::path& folder) {
    BooksCopy copy{std::string(postgres_books), "postgres", 0, {}};
    const auto dumped =
        postgres::dump(directory.books, folder / postgres_books, [&](Snapshot& view, int schema) {
            copy.schema = schema;
            copy.heads = heads_in(view);
        });
    if (!dumped) return refuse(dumped.error());
    return copy;
}

} // namespace

Result<BooksCopy> copy_books(const Directory& directory, const std::filesystem::path& folder) {
    return directory.books == "sqlite" ? copy_of_sqlite(directory, folder)
                                       : copy_of_postgres(directory, folder);
}

std::vector<backup::ChainEnd> heads_of_sqlite(const std::filesystem::path& file) {
    sqlite::SqliteConnection connection(file, sqlite::Access::read, false);
    Snapshot view(connection);
    return heads_in(view);
}

std::vector<backup::ChainEnd> heads_of_postgres(const std::string& url) {
    postgres::PostgresConnection connection(url, postgres::Access::read);
    Snapshot view(connection);
    return heads_in(view);
}

} // namespace kringwerk::app::keep
