// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres.hpp"

#include <fmt/format.h>

#include <poll.h>

namespace kringwerk::postgres {
namespace {

/// More answers than this are not left unread: both sides could come to wait for each other.
constexpr std::size_t most_unread = 200;

/// Rows that are here already, so that other queries may be asked in between.
class PostgresCursor : public Cursor {
  public:
    explicit PostgresCursor(Answer result) : result_(std::move(result)) {}

    bool next() override { return ++row_ < PQntuples(result_.get()); }
    bool null(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }
    std::int64_t integer(int column) const override {
        return null(column) ? 0 : integer_of(view(column), PQftype(result_.get(), column));
    }
    std::string_view view(int column) const override {
        return {PQgetvalue(result_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
    }

  protected:
    int size() const { return PQntuples(result_.get()); }
    void go_on_with(Answer result) {
        result_ = std::move(result);
        row_ = -1;
    }

  private:
    Answer result_;
    int row_ = -1;
};

/// Rows that come in portions as they are read. PostgreSQL keeps the place until the transaction
/// ends.
class PortionCursor final : public PostgresCursor {
  public:
    PortionCursor(PostgresConnection& connection, std::string fetch)
        : PostgresCursor(connection.rows(fetch.c_str())),
          connection_(&connection),
          fetch_(std::move(fetch)) {}

    bool next() override {
        if (PostgresCursor::next()) return true;
        if (size() == 0) return false;
        go_on_with(connection_->rows(fetch_.c_str()));
        return PostgresCursor::next();
    }

  private:
    PostgresConnection* connection_;
    std::string fetch_;
};

/// A few hundred kilobytes of movements.
constexpr int rows_in_a_portion = 2000;

bool is_good(const PGresult* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

} // namespace

PostgresConnection::PostgresConnection(const std::string& url, Access access, bool throw_away)
    : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) broke(nullptr, "connecting");
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    enter_pipeline();
    send("SET client_encoding = 'UTF8'");
    // A statement that waits for ever holds up a whole strand of writers.
    if (access == Access::write) send("SET lock_timeout = '60s'");
    if (access == Access::read) send("SET default_transaction_read_only = on");
    if (throw_away) send("SET synchronous_commit = off");
    finish();
}

void PostgresConnection::enter_pipeline() {
    ensure(PQenterPipelineMode(connection_.get()) == 1, "a connection without work can pipeline");
}

void PostgresConnection::broke(const PGresult* result, std::string_view while_doing) const {
    const char* const state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const char* const words =
        result ? PQresultErrorMessage(result) : PQerrorMessage(connection_.get());
    const bool here = PQstatus(connection_.get()) == CONNECTION_OK;
    throw Failure(fmt::format("PostgreSQL: {}, while doing: {}", words, while_doing),
                  here && state ? state : "");
}

void PostgresConnection::took(int sent, std::string_view while_doing, std::int64_t rows) {
    if (sent != 1) broke(nullptr, while_doing);
    unread_.push_back(rows);
}

void PostgresConnection::send(const char* sql) {
    took(PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1), sql);
    if (unread_.size() > most_unread) finish();
}

void PostgresConnection::divide() {
    took(PQpipelineSync(connection_.get()), "dividing a pipeline");
}

/// Reads the answers to all that was sent; gives the last one.
Answer PostgresConnection::answer() {
    if (PQpipelineSync(connection_.get()) != 1) broke(nullptr, "closing a pipeline");
    Answer last;
    Answer wrong;
    bool rolled_back = false;
    bool known_already = false;
    for (; !unread_.empty(); unread_.pop_front()) {
        Answer result(PQgetResult(connection_.get()));
        if (!result) broke(nullptr, "waiting for an answer");
        if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) continue;
        // That is how PostgreSQL commits what had failed before: without an error.
        rolled_back |= committing_ && std::string_view(PQcmdStatus(result.get())) == "ROLLBACK";
        const bool good = is_good(result.get());
        known_already |= good && unread_.front() != any_number &&
                         std::atoll(PQcmdTuples(result.get())) != unread_.front();
        if (!good && !wrong) wrong = std::move(result);
        last = std::move(result);
        // Each command is answered by a result and an end.
        while (const Answer more{PQgetResult(connection_.get())}) {
            if (PQstatus(connection_.get()) != CONNECTION_OK) broke(more.get(), "waiting");
        }
    }
    const Answer end(PQgetResult(connection_.get()));
    const bool ended = PQresultStatus(end.get()) == PGRES_PIPELINE_SYNC;
    if (wrong || !ended) {
        for (const auto& key : fresh_) cache_.erase(key); // perhaps not prepared
    }
    fresh_.clear();
    if (!ended) broke(wrong ? wrong.get() : end.get(), "waiting for the end of a pipeline");
    if (known_already) throw Failure("a row stands there already", Failure::stands_already);
    if (wrong) broke(wrong.get(), "what was sent");
    if (rolled_back) throw Failure("PostgreSQL rolled back what was to be committed", "40000");
    return last;
}

void PostgresConnection::finish() {
    if (!unread_.empty()) std::ignore = answer();
}

void PostgresConnection::commit(const char* sql) {
    send("COMMIT");
    send(sql);
    committing_ = true;
    try {
        finish();
    } catch (...) {
        committing_ = false;
        throw;
    }
    committing_ = false;
}

void PostgresConnection::run(const char* sql) {
    send(sql);
    finish();
}

std::optional<std::string> PostgresConnection::text(const char* sql) {
    took(PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0), sql);
    const auto result = answer();
    if (PQntuples(result.get()) == 0 || PQgetisnull(result.get(), 0, 0)) return std::nullopt;
    return std::string(PQgetvalue(result.get(), 0, 0));
}

Answer PostgresConnection::rows(const char* sql) {
    send(sql);
    return answer();
}

void PostgresConnection::script(const std::string& sql) {
    finish();
    ensure(PQexitPipelineMode(connection_.get()) == 1, "a pipeline without work can be left");
    const Answer result(PQexec(connection_.get(), sql.c_str()));
    if (!is_good(result.get())) broke(result.get(), "a script");
    enter_pipeline();
}

/// Looks, without asking, whether the other side hung up while nobody used the connection.
bool PostgresConnection::alive() const {
    if (PQstatus(connection_.get()) != CONNECTION_OK) return false;
    pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
    if (::poll(&socket, 1, 0) <= 0) return true;
    return PQconsumeInput(connection_.get()) == 1 && PQstatus(connection_.get()) == CONNECTION_OK;
}

PostgresConnection::Prepared& PostgresConnection::prepared(const Query& query) {
    const std::pair key{&query, arguments_.shape()};
    const auto [found, is_new] = cache_.try_emplace(key);
    auto& prepared = found->second;
    if (is_new) {
        prepared.name = "q" + std::to_string(++statements_);
        fresh_.push_back(key);
        took(PQsendPrepare(connection_.get(), prepared.name.c_str(),
                           std::string(query.postgres).c_str(), arguments_.count(),
                           arguments_.types()),
             query.name);
    }
    return prepared;
}

void PostgresConnection::send_prepared(const Query& query, std::int64_t rows) {
    const auto& name = prepared(query).name;
    took(PQsendQueryPrepared(connection_.get(), name.c_str(), arguments_.count(),
                             arguments_.values(), arguments_.lengths(), arguments_.formats(), 1),
         query.name, rows);
}

/// True: something was sent with arguments of its own.
bool PostgresConnection::flush_what_is_named(const Query& query, Prepared& prepared) {
    const bool rows = rows_.named_in(query.postgres);
    if (rows) flush_rows();
    if (!sums_.pending()) return rows;
    if (prepared.seen != sums_.tables_known()) {
        prepared.sum_tables = sums_.tables_named_in(query.postgres);
        prepared.seen = sums_.tables_known();
    }
    const auto bits = prepared.sum_tables & sums_.pending_tables();
    if (bits != 0) flush_sums(bits);
    return rows || bits != 0;
}

void PostgresConnection::prepare_to_send(const Query& query, std::span<const Parameter> with) {
    const auto give = [&] {
        arguments_.clear();
        for (const auto& parameter : with) arguments_.add(parameter);
    };
    give();
    if (flush_what_is_named(query, prepared(query))) give();
}

Answer PostgresConnection::ask(const Query& query, std::span<const Parameter> with) {
    prepare_to_send(query, with);
    send_prepared(query);
    try {
        return answer();
    } catch (const Failure& failure) {
        throw Failure(std::string(failure.what()) + " (" + std::string(query.name) + ")",
                      failure.state);
    }
}

std::unique_ptr<Cursor> PostgresConnection::open(const Query& query,
                                                 std::span<const Parameter> with) {
    return std::make_unique<PostgresCursor>(ask(query, with));
}

std::unique_ptr<Cursor> PostgresConnection::open_many(const Query& query,
                                                      std::span<const Parameter> with) {
    flush();
    arguments_.clear();
    for (const auto& parameter : with) arguments_.add(parameter);
    const auto name = fmt::format("portions{}", ++portions_);
    const auto sql = fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", name, query.postgres);
    took(PQsendQueryParams(connection_.get(), sql.c_str(), arguments_.count(), arguments_.types(),
                           arguments_.values(), arguments_.lengths(), arguments_.formats(), 1),
         query.name);
    return std::make_unique<PortionCursor>(
        *this, fmt::format("FETCH {} FROM {}", rows_in_a_portion, name));
}

std::int64_t PostgresConnection::execute(const Query& query, std::span<const Parameter> with) {
    const auto result = ask(query, with);
    return std::atoll(PQcmdTuples(result.get()));
}

void PostgresConnection::send(const Query& query, std::span<const Parameter> with) {
    prepare_to_send(query, with);
    send_prepared(query);
    if (unread_.size() > most_unread) finish();
}

void PostgresConnection::add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) {
    sums_.add(table, key, amounts);
}

void PostgresConnection::append(const RowTable& table, std::span<const Parameter> row) {
    rows_.append(table, row, false);
}

bool PostgresConnection::append_new(const RowTable& table, std::span<const Parameter> row) {
    if (!careful_) {
        rows_.append(table, row, true);
        return true;
    }
    flush_rows();
    arguments_.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
        Column alone(table.columns.at(i));
        alone.add(row[i]);
        arguments_.add(alone);
    }
    send_prepared(*table.insert);
    return std::atoll(PQcmdTuples(answer().get())) == 1;
}

void PostgresConnection::begin_batch(bool careful) {
    careful_ = careful;
    rows_.clear();
    sums_.clear();
}

void PostgresConnection::keep() {
    rows_.keep();
    sums_.keep();
}

void PostgresConnection::drop() {
    rows_.drop();
    sums_.drop();
}

void PostgresConnection::flush() {
    flush_rows();
    flush_sums(sums_.pending_tables());
}

void PostgresConnection::flush_rows() {
    rows_.flush([this](const AppendedRows::Table& waiting) {
        arguments_.clear();
        for (const auto& column : waiting.columns) arguments_.add(column, waiting.sent);
        const auto rows = static_cast<std::int64_t>(waiting.rows() - waiting.sent);
        send_prepared(*waiting.table->insert, waiting.all_new ? rows : any_number);
    });
}

void PostgresConnection::flush_sums(std::uint64_t bits) {
    const SumTable* table = nullptr;
    std::vector<Column> columns;
    const auto send_columns = [&] {
        if (table == nullptr) return;
        arguments_.clear();
        for (const auto& column : columns) arguments_.add(column);
        send_prepared(*table->add);
    };
    sums_.flush(bits, [&](const SumTable& of, const SumKey& key, const SumAmounts& amounts) {
        if (&of != table) {
            send_columns();
            table = &of;
            columns.assign(static_cast<std::size_t>(of.keys + of.amounts), Column('i'));
        }
        const auto keys = static_cast<std::size_t>(of.keys);
        for (std::size_t i = 0; i < keys; ++i) columns[i].add(key[i]);
        for (std::size_t i = keys; i < columns.size(); ++i) columns[i].add(amounts[i - keys]);
    });
    send_columns();
}

} // namespace kringwerk::postgres
