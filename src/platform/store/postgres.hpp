// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/postgres_rows.hpp"
#include "platform/store/postgres_values.hpp"
#include "platform/store/store.hpp"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kringwerk::postgres {

/// What PostgreSQL refused to do, by its SQLSTATE; none: it cannot be reached.
struct Failure : Breakdown {
    Failure(const std::string& what, std::string sql_state)
        : Breakdown(what), state(std::move(sql_state)) {}
    std::string state;

    bool lost() const {
        return state.empty() || state.starts_with("57P") || state.starts_with("08");
    }
    /// The same transaction may well succeed when it is done again.
    bool passing() const {
        return lost() || known_already() || state == "40000" || state == "40001" ||
               state == "40P01";
    }
    /// A row that was taken for a new one stood there already.
    bool known_already() const { return state == stands_already; }

    static constexpr const char* stands_already = "KW001";
};

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

enum class Access { write, read };

/// One connection with its prepared queries and, for a writer, the rows and sums still to be
/// written. For one thread at a time. What needs no answer goes into the pipeline and is answered
/// for with the next one that does.
class PostgresConnection final : public Connection {
  public:
    /// `url` as libpq takes it. Throws `Failure` when nobody answers.
    PostgresConnection(const std::string& url, Access access, bool throw_away = false);

    std::unique_ptr<Cursor> open(const Query& query, std::span<const Parameter> with) override;
    std::unique_ptr<Cursor> open_many(const Query& query, std::span<const Parameter> with) override;
    std::int64_t execute(const Query& query, std::span<const Parameter> with) override;
    void send(const Query& query, std::span<const Parameter> with) override;
    void add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) override;
    void append(const RowTable& table, std::span<const Parameter> row) override;
    bool append_new(const RowTable& table, std::span<const Parameter> row) override;

    /// SQL that is no named query, into the pipeline.
    void send(const char* sql);
    /// Ends the transaction that PostgreSQL makes of statements sent together without BEGIN.
    void divide();
    /// Waits for what was sent. Throws the first `Failure` among it.
    void finish();
    /// Commits, and then runs `sql` outside of the transaction. Throws a passing `Failure` too when
    /// PostgreSQL answers a commit with a rollback.
    void commit(const char* sql);
    /// Sends it and waits.
    void run(const char* sql);
    /// The first column of the first row as text, or nothing; null too is nothing.
    std::optional<std::string> text(const char* sql);
    /// Sends it and waits for its rows.
    Answer rows(const char* sql);
    /// Several statements in one text, outside of the pipeline.
    void script(const std::string& sql);
    bool alive() const;

    /// For the rows and sums that wait: a new transaction begins. `careful`: whether a new row
    /// stands there already is looked up at once.
    void begin_batch(bool careful);
    /// The running caller's savepoint is kept, or undone.
    void keep();
    void drop();
    /// Writes all that waits.
    void flush();

  private:
    struct Prepared {
        std::string name;
        std::uint64_t sum_tables = 0; ///< bits of the sum tables it names, of the `seen` first
        std::size_t seen = 0;
    };
    Prepared& prepared(const Query& query);
    bool flush_what_is_named(const Query& query, Prepared& prepared);
    void flush_rows();
    void flush_sums(std::uint64_t bits);
    void send_prepared(const Query& query, std::int64_t rows = any_number);
    Answer answer();
    void prepare_to_send(const Query& query, std::span<const Parameter> with);
    Answer ask(const Query& query, std::span<const Parameter> with);
    void took(int sent, std::string_view while_doing, std::int64_t rows = any_number);
    [[noreturn]] void broke(const PGresult* result, std::string_view while_doing) const;
    void enter_pipeline();

    std::unique_ptr<PGconn, CloseConnection> connection_;
    std::map<std::pair<const Query*, std::string>, Prepared> cache_;
    Arguments arguments_;
    static constexpr std::int64_t any_number = -1;
    /// Commands sent whose answer nobody waits for: how many rows each has to change.
    std::deque<std::int64_t> unread_;
    std::size_t statements_ = 0;                              ///< prepared so far
    std::size_t portions_ = 0;                                ///< answers in portions so far
    std::vector<std::pair<const Query*, std::string>> fresh_; ///< in `cache_`, not yet answered for
    bool committing_ = false;
    bool careful_ = false;
    AppendedRows rows_;
    Sums sums_;
};

/// Brings the schema up to date, one process at a time. Refuses "store.schema_newer".
Result<void> migrate(PostgresConnection& connection);
/// Refuses when the schema is not exactly the one that this program knows.
Result<void> check_schema(PostgresConnection& connection);

} // namespace kringwerk::postgres
