// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/lending.hpp"
#include "platform/store/migrations.hpp"
#include "platform/store/sqlite.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace kringwerk {
namespace {

using sqlite::Access;
using sqlite::SqliteConnection;

/// Views of the file, each on a connection that only reads.
class Readers {
  public:
    Readers(std::filesystem::path file, std::size_t most)
        : file_(std::move(file)), lending_(most) {}

    void look(const std::function<void(Snapshot&)>& function) {
        auto loan = lending_.borrow();
        auto& connection = loan.connection;
        if (!connection) {
            connection = std::make_unique<SqliteConnection>(file_, Access::read, false);
        }
        connection->run("BEGIN");
        try {
            Snapshot snapshot(*connection);
            function(snapshot);
        } catch (...) {
            if (connection->in_transaction()) connection->run("ROLLBACK");
            throw;
        }
        connection->run("COMMIT");
    }

  private:
    std::filesystem::path file_;
    Lending<SqliteConnection> lending_;
};

/// Runs the functions of many callers in one transaction, each inside its own savepoint.
class Batch {
  public:
    using Works = std::vector<std::unique_ptr<detail::Work>>;

    Batch(SqliteConnection& connection, Tally& tally) : connection_(connection), tally_(tally) {}

    /// Gives the works that the commit holds; the others have their answer already.
    Works commit(Works works) {
        Works kept;
        connection_.sums().clear();
        try {
            if (connection_.in_transaction()) connection_.run("ROLLBACK"); // it failed before
            connection_.run("BEGIN IMMEDIATE");
            for (auto& work : works) {
                if (run_one(*work)) kept.push_back(std::move(work));
                work.reset();
            }
            connection_.flush_sums(connection_.sums().pending_tables());
            connection_.run("COMMIT");
            tally_.committed(kept.size());
        } catch (...) {
            tally_.failed();
            undo(works, kept, std::current_exception());
            kept.clear();
        }
        return kept;
    }

  private:
    bool run_one(detail::Work& work) {
        connection_.run("SAVEPOINT caller");
        bool keep = false;
        std::exception_ptr broke;
        try {
            Transaction tx(connection_);
            keep = work.run(tx);
        } catch (...) {
            broke = std::current_exception();
            // A full disk may have undone the whole transaction: then nobody is served.
            if (!connection_.in_transaction()) std::rethrow_exception(broke);
        }
        if (!keep) connection_.run("ROLLBACK TO caller");
        connection_.run("RELEASE caller");
        if (keep) connection_.sums().keep();
        if (!keep) connection_.sums().drop();
        if (broke) work.failed(broke);
        return !broke; // a refusal is an answer too, given with the commit
    }

    void undo(Works& works, Works& kept, std::exception_ptr broke) {
        connection_.sums().clear();
        try {
            if (connection_.in_transaction()) connection_.run("ROLLBACK");
        } catch (const Breakdown&) {
            // A disk that fails may keep one from giving up too: the next batch tries again.
        }
        for (auto& work : kept) work->failed(broke);
        // What ran has its answer or stands in `kept`; what is still here was never answered.
        for (auto& work : works) {
            if (work) work->failed(broke);
        }
    }

    SqliteConnection& connection_;
    Tally& tally_;
};

class SqliteStore final : public Store {
  public:
    SqliteStore(std::filesystem::path file, StoreOptions options,
                std::unique_ptr<SqliteConnection> writer)
        : options_(std::move(options)),
          readers_(std::move(file), options_.readers),
          writer_(std::move(writer)) {
        if (writer_) thread_ = std::thread([this] { serve(); });
    }

    ~SqliteStore() override {
        {
            const std::scoped_lock lock(mutex_);
            closing_ = true;
            changed_.notify_all();
        }
        if (thread_.joinable()) thread_.join();
    }

    std::uint64_t version() const override { return version_.load(); }

    WriterCounts writer_counts() const override {
        const std::scoped_lock lock(mutex_);
        return tally_.counts(queue_.size());
    }

  protected:
    void enqueue(Strand, std::unique_ptr<detail::Work> work) override {
        ensure(writer_ != nullptr, "a store opened for reading is not written to");
        const std::scoped_lock lock(mutex_);
        if (queue_.size() >= options_.queue) throw Busy("too many writes wait");
        queue_.push_back(std::move(work));
        changed_.notify_one();
    }

    void look(const std::function<void(Snapshot&)>& function) override { readers_.look(function); }

  private:
    void serve() {
        Batch batch(*writer_, tally_);
        for (;;) {
            auto works = next();
            if (works.empty()) return;
            auto kept = batch.commit(std::move(works));
            if (!kept.empty()) ++version_;
            for (auto& work : kept) work->committed();
        }
    }

    /// Waits for work; gives nothing when the store closes and all is done.
    Batch::Works next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closing_ || !queue_.empty(); });
        Batch::Works works;
        while (!queue_.empty() && works.size() < options_.batch) {
            works.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        return works;
    }

    StoreOptions options_;
    Readers readers_;
    std::unique_ptr<SqliteConnection> writer_;
    std::atomic<std::uint64_t> version_{1};
    Tally tally_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::unique_ptr<detail::Work>> queue_;
    bool closing_ = false;
    std::thread thread_;
};

} // namespace

namespace {

Result<void> check_whole(SqliteConnection& connection) {
    if (connection.number(std::string(half_moved)) == 0) return {};
    return refuse("store.half_moved");
}

} // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& file,
                                           const StoreOptions& options) {
    auto writer = std::make_unique<SqliteConnection>(file, Access::write, options.throw_away);
    const auto snapshots = options.snapshots.empty() ? file.parent_path() / "snapshots"
                                                     : std::filesystem::path(options.snapshots);
    const auto migrated = sqlite::migrate(*writer, snapshots);
    if (!migrated) return refuse(migrated.error());
    const auto whole = check_whole(*writer);
    if (!whole && !options.moving) return refuse(whole.error());
    return std::make_unique<SqliteStore>(file, options, std::move(writer));
}

Result<std::unique_ptr<Store>> open_sqlite_reading(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return refuse("store.absent", {{"file", file.string()}});
    SqliteConnection probe(file, Access::read, false);
    const auto fits = sqlite::check_schema(probe);
    if (!fits) return refuse(fits.error());
    if (const auto whole = check_whole(probe); !whole) return refuse(whole.error());
    return std::make_unique<SqliteStore>(file, StoreOptions{}, nullptr);
}

Result<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory) {
    std::filesystem::create_directories(directory);
    const auto path = directory / "kringwerk.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) throw Breakdown("cannot open " + path.string());
    DirectoryLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        return refuse("store.in_use", {{"directory", directory.string()}});
    }
    return lock;
}

DirectoryLock::~DirectoryLock() {
    if (file_ >= 0) ::close(file_);
}

} // namespace kringwerk
