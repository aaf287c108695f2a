// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/postgres_values.hpp"
#include "platform/store/store.hpp"

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
        return lost() || state == "40000" || state == "40001" || state == "40P01";
    }
};

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

enum class Access { write, read };

/// One connection with its prepared queries and, for a writer, the sums still to be written. For
/// one thread at a time. What needs no answer goes into the pipeline and is answered for with the
/// next one that does.
class PostgresConnection final : public Connection {
  public:
    /// `url` as libpq takes it. Throws `Failure` when nobody answers.
    PostgresConnection(const std::string& url, Access access, bool throw_away = false);

    std::unique_ptr<Cursor> open(const Query& query, std::span<const Parameter> with) override;
    std::int64_t execute(const Query& query, std::span<const Parameter> with) override;
    void add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) override;

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
    /// Several statements in one text, outside of the pipeline.
    void script(const std::string& sql);
    bool alive() const;
    Sums& sums() { return sums_; }
    void flush_sums(std::uint64_t bits);

  private:
    struct Prepared {
        std::string name;
        std::uint64_t sum_tables = 0; ///< bits of the sum tables it names, of the `seen` first
        std::size_t seen = 0;
    };
    Prepared& prepared(const Query& query);
    bool flush_what_is_named(const Query& query, Prepared& prepared);
    void send(const Query& query);
    Answer answer();
    Answer ask(const Query& query, std::span<const Parameter> with);
    void took(int sent, std::string_view while_doing);
    [[noreturn]] void broke(const PGresult* result, std::string_view while_doing) const;
    void enter_pipeline();

    std::unique_ptr<PGconn, CloseConnection> connection_;
    std::map<std::pair<const Query*, std::string>, Prepared> cache_;
    Arguments arguments_;
    std::size_t unread_ = 0;     ///< commands sent whose answer nobody waits for
    std::size_t statements_ = 0; ///< prepared so far
    std::vector<std::pair<const Query*, std::string>> fresh_; ///< in `cache_`, not yet answered for
    bool committing_ = false;
    Sums sums_;
};

/// Brings the schema up to date, one process at a time. Refuses "store.schema_newer".
Result<void> migrate(PostgresConnection& connection);
/// Refuses when the schema is not exactly the one that this program knows.
Result<void> check_schema(PostgresConnection& connection);

} // namespace kringwerk::postgres
