// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "base/task.hpp"
#include "platform/store/query.hpp"
#include "platform/store/rows.hpp"
#include "platform/store/sums.hpp"
#include "platform/store/tally.hpp"
#include "platform/store/values.hpp"

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

/// The one door to the database. `write` runs a function in a transaction and answers when the
/// disk has it; `read` gives a consistent view. Behind it an engine: SQLite or PostgreSQL.
namespace kringwerk {

/// The engine's side of a connection. Throws `Breakdown` when the database fails.
class Connection {
  public:
    virtual ~Connection() = default;
    virtual std::unique_ptr<Cursor> open(const Query& query, std::span<const Parameter> with) = 0;
    /// The same for more rows than should be in memory at once.
    virtual std::unique_ptr<Cursor> open_many(const Query& query,
                                              std::span<const Parameter> with) = 0;
    /// Runs a statement that gives no rows; answers how many rows it changed.
    virtual std::int64_t execute(const Query& query, std::span<const Parameter> with) = 0;
    /// The same when nobody asks how many: an engine may go ahead without the answer.
    virtual void send(const Query& query, std::span<const Parameter> with) = 0;
    virtual void add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) = 0;
    virtual void append(const RowTable& table, std::span<const Parameter> row) = 0;
    virtual bool append_new(const RowTable& table, std::span<const Parameter> row) = 0;
};

/// A consistent view of the database, for as long as the function that got it runs.
class Snapshot {
  public:
    explicit Snapshot(Connection& connection) : connection_(&connection) {}

    /// The rows of a query, read in a `for` loop.
    template <class... With> Rows rows(const Query& query, const With&... with) {
        return Rows(open(query, with...));
    }
    /// The same for a query whose answer may be as long as the books: it comes in portions.
    template <class... With> Rows many_rows(const Query& query, const With&... with) {
        const std::array<Parameter, sizeof...(With)> parameters{Parameter(with)...};
        return Rows(connection_->open_many(query, parameters));
    }
    /// What `read` makes of the first row, or nothing when there is none.
    template <class Read, class... With>
    auto first(const Query& query, Read read, const With&... with)
        -> std::optional<std::invoke_result_t<Read, Row>> {
        const auto cursor = open(query, with...);
        if (!cursor->next()) return std::nullopt;
        return read(Row(*cursor));
    }
    /// The first column of the first row, or nothing when there is no row.
    template <class... With>
    std::optional<std::int64_t> number(const Query& query, const With&... with) {
        return first(
            query, [](Row row) { return row.integer(0); }, with...);
    }

  protected:
    template <class... With> std::unique_ptr<Cursor> open(const Query& query, const With&... with) {
        const std::array<Parameter, sizeof...(With)> parameters{Parameter(with)...};
        return connection_->open(query, parameters);
    }
    Connection* connection_;
};

/// A view that may also write. All its writes count together or not at all.
class Transaction : public Snapshot {
  public:
    using Snapshot::Snapshot;

    /// Runs a statement. What the database has against it may come out at a later one.
    template <class... With> void run(const Query& query, const With&... with) {
        const std::array<Parameter, sizeof...(With)> parameters{Parameter(with)...};
        connection_->send(query, parameters);
    }
    /// Runs a statement; answers how many rows it changed.
    template <class... With> std::int64_t changed(const Query& query, const With&... with) {
        const std::array<Parameter, sizeof...(With)> parameters{Parameter(with)...};
        return connection_->execute(query, parameters);
    }
    /// Adds a row. Written together with what other callers append, at the latest before the
    /// commit or before a query that names the table.
    template <class... With> void append(const RowTable& table, const With&... with) {
        const std::array<Parameter, sizeof...(With)> row{Parameter(with)...};
        connection_->append(table, row);
    }
    void append_row(const RowTable& table, std::span<const Parameter> row) {
        connection_->append(table, row);
    }
    /// The same for a row whose key may stand there already: false, and nothing is added. An engine
    /// may say true and find out later: then the function runs again and hears what is true.
    template <class... With> bool append_new(const RowTable& table, const With&... with) {
        const std::array<Parameter, sizeof...(With)> row{Parameter(with)...};
        return connection_->append_new(table, row);
    }
    /// Adds to a row of running sums. Written merged with what other callers add, at the latest
    /// before the commit or before a query that names the table.
    void add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) {
        connection_->add(table, key, amounts);
    }
};

namespace detail {

/// A function that waits for the writer.
struct Work {
    virtual ~Work() = default;
    /// False: refused, undo what it wrote.
    virtual bool run(Transaction& tx) = 0;
    virtual void committed() = 0;
    virtual void failed(std::exception_ptr broke) = 0;
};

template <class T> struct IsResult : std::false_type {};
template <class T> struct IsResult<Result<T>> : std::true_type {};

template <class Function, class T> struct WorkOf final : Work {
    WorkOf(Function given, std::shared_ptr<typename Pending<T>::State> answer)
        : function(std::move(given)), state(std::move(answer)) {}
    bool run(Transaction& tx) override {
        value.emplace(function(tx));
        if constexpr (IsResult<T>::value) return value->has_value();
        return true;
    }
    void committed() override { state->finish(std::move(*value)); }
    void failed(std::exception_ptr broke) override { state->fail(broke); }

    Function function;
    std::shared_ptr<typename Pending<T>::State> state;
    std::optional<T> value;
};

} // namespace detail

/// What is written one after the other: the number of a centre, or 0 for what belongs to none.
struct Strand {
    std::int64_t number = 0;
    friend auto operator<=>(const Strand&, const Strand&) = default;
};

class Store {
  public:
    virtual ~Store() = default;

    /// Queues `function(Transaction&) -> T` for the writer; several callers' functions share one
    /// commit. When T is a `Result` that refuses, this function's writes are undone and no
    /// others'. Await it or `get` it: the answer comes when the disk has it. Throws `Busy` when
    /// too many wait already. A function may run again after the database broke off its
    /// transaction, so it changes nothing but what it writes and gives. Functions of one strand run
    /// one after the other, never two at once, whichever server they came to.
    template <class Function> auto write(Function function) {
        return write_in(Strand{}, std::move(function));
    }
    /// The same in the strand of one centre: what is written there belongs to that centre alone. An
    /// engine may serve several strands at once.
    template <class Function> auto write_in(Strand strand, Function function) {
        using T = std::invoke_result_t<Function, Transaction&>;
        auto state = std::make_shared<typename Pending<T>::State>();
        enqueue(strand, std::make_unique<detail::WorkOf<Function, T>>(std::move(function), state));
        return Pending<T>(std::move(state));
    }
    /// Runs `function(Snapshot&)` here and now on a consistent view; gives what it gives.
    template <class Function> auto read(Function function) {
        using T = std::invoke_result_t<Function, Snapshot&>;
        std::optional<T> value;
        look([&](Snapshot& snapshot) { value.emplace(function(snapshot)); });
        return std::move(*value);
    }
    /// Grows with each commit: what was read under one number is still true, on PostgreSQL but for
    /// what other servers committed within the last second.
    virtual std::uint64_t version() const = 0;
    virtual WriterCounts writer_counts() const = 0;

  protected:
    virtual void enqueue(Strand strand, std::unique_ptr<detail::Work> work) = 0;
    virtual void look(const std::function<void(Snapshot&)>& function) = 0;
};

struct StoreOptions {
    std::size_t queue = 1024;   ///< functions that may wait; more is `Busy`
    std::size_t batch = 512;    ///< functions in one commit
    std::size_t readers = 8;    ///< views open at once; more wait
    std::size_t writers = 4;    ///< strands served at once, where the engine can
    bool moving = false;        ///< opens also what a move has not filled yet
    bool throw_away = false;    ///< for data that may be lost with the power: demo loading, tests
    std::string snapshots = {}; ///< folder for copies before migrations; empty: beside the file
};

/// Opens or makes a SQLite database, brings its schema up to date (after a copy, when it holds
/// data) and starts the writer. Refuses "store.schema_newer" when a newer Kringwerk has been here,
/// "store.half_moved" when a move into it was broken off.
/// Throws `Breakdown` when the file cannot be used.
Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& file,
                                           const StoreOptions& options = {});
/// Opens an existing database to read only, also while another process writes to it. `write` is a
/// bug. Refuses "store.absent", "store.schema_newer", "store.schema_older", "store.half_moved".
Result<std::unique_ptr<Store>> open_sqlite_reading(const std::filesystem::path& file);

/// Opens a PostgreSQL database (15 or newer) by its address, `postgresql://…` as libpq takes it,
/// brings its schema up to date and starts the writers. Any number of processes may share it.
/// Refuses "store.schema_newer", "store.half_moved". Throws `Breakdown` when nobody answers there.
Result<std::unique_ptr<Store>> open_postgres(const std::string& url,
                                             const StoreOptions& options = {});
/// The same to read only. Refuses also "store.schema_older".
Result<std::unique_ptr<Store>> open_postgres_reading(const std::string& url);

/// Says that this process owns a data directory, until it ends.
class DirectoryLock {
  public:
    /// Refuses "store.in_use" when another process owns it. Makes the directory when absent.
    static Result<DirectoryLock> take(const std::filesystem::path& directory);
    DirectoryLock(DirectoryLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    DirectoryLock& operator=(DirectoryLock&&) = delete;
    ~DirectoryLock();

  private:
    explicit DirectoryLock(int file) : file_(file) {}
    int file_;
};

} // namespace kringwerk
