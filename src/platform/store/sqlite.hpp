// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <filesystem>
#include <memory>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace kringwerk::sqlite {

enum class Access { write, read };

struct CloseDatabase {
    void operator()(sqlite3* database) const;
};
struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const;
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

/// Throws `Breakdown` with SQLite's own words.
[[noreturn]] void broke(sqlite3* database, std::string_view while_doing);

/// A query as one connection has it prepared.
struct Prepared {
    Statement statement;
    std::vector<int> places; ///< SQLite's number of `$1`, `$2`, ...
    std::string_view sql;
    std::uint64_t sum_tables = 0; ///< bits of the sum tables it names, of the `seen` first
    std::size_t seen = 0;
    bool in_use = false;
};

/// One connection with its prepared queries and, for the writer, the sums still to be written.
/// For one thread at a time.
class SqliteConnection final : public Connection {
  public:
    SqliteConnection(const std::filesystem::path& file, Access access, bool throw_away);
    ~SqliteConnection() override;

    std::unique_ptr<Cursor> open(const Query& query, std::span<const Parameter> with) override;
    std::unique_ptr<Cursor> open_many(const Query& query,
                                      std::span<const Parameter> with) override {
        return open(query, with); // SQLite reads no row before it is asked for
    }
    std::int64_t execute(const Query& query, std::span<const Parameter> with) override;
    void send(const Query& query, std::span<const Parameter> with) override {
        execute(query, with);
    }
    void add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) override;
    void append(const RowTable& table, std::span<const Parameter> row) override {
        execute(*table.insert, row);
    }
    bool append_new(const RowTable& table, std::span<const Parameter> row) override {
        return execute(*table.insert, row) == 1;
    }

    /// Runs SQL that is no named query: pragmas, migrations, BEGIN.
    void run(const char* sql);
    /// A whole number out of the first row, or nothing.
    std::optional<std::int64_t> number(const std::string& sql);
    bool in_transaction() const;
    Sums& sums() { return sums_; }
    void flush_sums(std::uint64_t bits);

  private:
    std::shared_ptr<Prepared> prepared(const Query& query);
    std::shared_ptr<Prepared> prepare(const Query& query) const;
    void flush_what_is_named(Prepared& prepared);

    Database database_;
    std::unordered_map<const Query*, std::shared_ptr<Prepared>> cache_;
    Sums sums_;
};

/// Brings the schema up to date; see `open_sqlite`.
Result<void> migrate(SqliteConnection& connection, const std::filesystem::path& snapshots);
/// Refuses when the schema is not exactly the one that this program knows.
Result<void> check_schema(SqliteConnection& connection);

} // namespace kringwerk::sqlite
