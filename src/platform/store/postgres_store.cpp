// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/lending.hpp"
#include "platform/store/migrations.hpp"
#include "platform/store/postgres.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <set>
#include <thread>

namespace kringwerk::postgres {
namespace {

using std::chrono::milliseconds;

constexpr Query newest_transaction{"store.newest_transaction", "",
                                   "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"};

constexpr Query token_of_centre{"store.token_of_centre", "",
                                "INSERT INTO store_written (centre, token) VALUES ($1, $2) "
                                "ON CONFLICT (centre) DO UPDATE SET token = excluded.token"};
constexpr Query token_of_network{
    "store.token_of_network", "",
    "INSERT INTO store_written_network (strand, token) VALUES ($1, $2) "
    "ON CONFLICT (strand) DO UPDATE SET token = excluded.token"};

/// How long a database that does not answer is waited for, before callers hear that it is away.
constexpr milliseconds patience{15'000};

/// Waits a little longer each time, never two processes in step.
void wait_before(int attempt) {
    thread_local std::minstd_rand dice{std::random_device{}()};
    std::uniform_int_distribution<int> some(1, std::min(1000, 5 << std::min(attempt, 8)));
    std::this_thread::sleep_for(milliseconds(some(dice)));
}

/// Views of the database, each on a connection that only reads.
class Readers {
  public:
    Readers(std::string url, std::size_t most) : url_(std::move(url)), lending_(most) {}

    void look(const std::function<void(Snapshot&)>& function) {
        auto loan = lending_.borrow();
        begin(loan.connection);
        try {
            Snapshot snapshot(*loan.connection);
            function(snapshot);
        } catch (const Failure&) {
            loan.connection.reset();
            throw;
        } catch (...) {
            loan.connection->run("ROLLBACK");
            throw;
        }
        loan.connection->run("COMMIT");
    }

  private:
    /// A view that is the same from its first query to its last.
    void begin(std::unique_ptr<PostgresConnection>& connection) const {
        const auto* const sql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        if (connection && connection->alive()) {
            try {
                connection->run(sql);
                return;
            } catch (const Failure& failure) {
                if (!failure.lost()) throw;
            }
        }
        connection = std::make_unique<PostgresConnection>(url_, Access::read);
        connection->run(sql);
    }

    std::string url_;
    Lending<PostgresConnection> lending_;
};

using Works = std::vector<std::unique_ptr<detail::Work>>;

/// One connection that writes. Functions of one strand run in one transaction, each inside its own
/// savepoint; a transaction that PostgreSQL broke off is done again from its first function.
class Writer {
  public:
    Writer(std::string url, bool throw_away, Tally& tally)
        : url_(std::move(url)), throw_away_(throw_away), tally_(tally) {}

    /// Answers every one of the works; calls `written` before it answers what was committed.
    void commit(Strand strand, Works works, const std::function<void()>& written) {
        std::exception_ptr broke;
        bool one_at_fault = false;
        try {
            commit_patiently(strand, works);
        } catch (const Failure& failure) {
            broke = std::current_exception();
            one_at_fault = !failure.passing() && works.size() > 1;
        } catch (...) {
            broke = std::current_exception();
        }
        if (!broke) {
            written();
            tally_.committed(works.size());
            for (std::size_t i = 0; i < works.size(); ++i) {
                if (broke_[i]) works[i]->failed(broke_[i]);
                if (!broke_[i]) works[i]->committed();
            }
            return;
        }
        connection_.reset();
        tally_.failed();
        for (auto& work : works) {
            if (!one_at_fault) {
                work->failed(broke);
                continue;
            }
            Works one; // what came out at the commit is not the fault of all
            one.push_back(std::move(work));
            commit(strand, std::move(one), written);
        }
    }

  private:
    void commit_patiently(Strand strand, Works& works) {
        const auto until = std::chrono::steady_clock::now() + patience;
        bool careful = false;
        for (int attempt = 0;; ++attempt) {
            std::string transaction;
            try {
                connect();
                connection_->begin_batch(careful);
                transaction = prepare(strand, works);
                connection_->commit(unlock_.c_str());
                return;
            } catch (const Failure& failure) {
                if (failure.lost()) connection_.reset();
                careful = failure.known_already();
                if (!failure.passing() || std::chrono::steady_clock::now() > until) throw;
                if (!transaction.empty() && failure.lost() &&
                    was_committed(strand, transaction, until)) {
                    return;
                }
                give_up();
                if (careful) continue; // nobody is in the way
            }
            wait_before(attempt);
        }
    }

    /// Runs the functions up to the commit. Gives the number of the transaction; empty: nothing was
    /// written.
    std::string prepare(Strand strand, Works& works) {
        const auto lock = fmt::format("SELECT pg_advisory_lock({})", strand.number);
        unlock_ = fmt::format("SELECT pg_advisory_unlock({})", strand.number);
        // Locked before the view begins, so that it shows what the one before committed.
        connection_->send(lock.c_str());
        connection_->divide();
        // The rows of a centre are written in its strand alone, so that a view of its own is
        // enough. What belongs to no centre may depend on anything.
        connection_->send(strand == Strand{} ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                             : "BEGIN ISOLATION LEVEL REPEATABLE READ");
        broke_.assign(works.size(), nullptr);
        const bool alone = works.size() == 1;
        for (std::size_t i = 0; i < works.size(); ++i) broke_[i] = run_one(*works[i], alone);
        connection_->flush();
        auto transaction =
            connection_->text("SELECT pg_current_xact_id_if_assigned()::text").value_or("");
        if (!transaction.empty()) leave_token(strand);
        return transaction;
    }

    /// What broke; nothing: it ran, or was refused. What the database has against a statement may
    /// come out with a later one: only who is alone is surely at fault.
    std::exception_ptr run_one(detail::Work& work, bool alone) {
        connection_->send("SAVEPOINT caller");
        bool keep = false;
        std::exception_ptr broke;
        try {
            Transaction tx(*connection_);
            keep = work.run(tx);
        } catch (const Failure& failure) {
            if (failure.passing() || !alone) throw; // the whole transaction is to be done again
            broke = std::current_exception();
        } catch (...) {
            broke = std::current_exception();
        }
        if (!keep) connection_->run("ROLLBACK TO SAVEPOINT caller");
        connection_->send("RELEASE SAVEPOINT caller");
        if (keep) connection_->keep();
        if (!keep) connection_->drop();
        return broke;
    }

    void connect() {
        if (connection_ && connection_->alive()) return;
        connection_.reset();
        connection_ = std::make_unique<PostgresConnection>(url_, Access::write, throw_away_);
    }

    /// Leaves the transaction and the strand, for another attempt.
    void give_up() {
        if (!connection_) return;
        try {
            connection_->run("ROLLBACK");
            connection_->run(unlock_.c_str());
        } catch (const Failure&) {
            connection_.reset();
        }
    }

    /// The connection broke while it committed: asks the database, when it is back, what it did.
    /// Throws a `Failure` that does not pass when that cannot be told any more.
    bool was_committed(Strand strand, const std::string& transaction,
                       std::chrono::steady_clock::time_point until) {
        for (int attempt = 0;; ++attempt) {
            try {
                connect();
                return find_out(strand, transaction);
            } catch (const Failure& failure) {
                if (!failure.lost()) throw;
                connection_.reset();
                if (std::chrono::steady_clock::now() > until) throw;
            }
            wait_before(attempt);
        }
    }

    bool find_out(Strand strand, const std::string& transaction) {
        // Whoever had this lock is gone by now, and so is the transaction.
        connection_->run(fmt::format("SELECT pg_advisory_lock({})", strand.number).c_str());
        const auto token = connection_->text(last_token_of(strand).c_str());
        connection_->run(unlock_.c_str());
        if (token == std::to_string(token_)) return true;
        // Somebody else may have written since. The number alone proves only that it was not
        // committed: after a crash PostgreSQL gives numbers out again.
        const auto status = fmt::format("SELECT CASE WHEN '{0}'::xid8 >= "
                                        "pg_snapshot_xmax(pg_current_snapshot()) THEN 'aborted' "
                                        "ELSE pg_xact_status('{0}'::xid8) END",
                                        transaction);
        if (connection_->text(status.c_str()) == "aborted") return false;
        throw Failure("PostgreSQL broke off in a commit and cannot tell what became of it",
                      "KW002");
    }

    static std::string last_token_of(Strand strand) {
        return strand == Strand{}
                   ? "SELECT token::text FROM store_written_network WHERE strand = 0"
                   : fmt::format("SELECT token::text FROM store_written WHERE centre = {}",
                                 strand.number);
    }

    /// Leaves word in the transaction by which it is known afterwards.
    void leave_token(Strand strand) {
        token_ = static_cast<std::int64_t>(tokens_() >> 1);
        const std::array<Parameter, 2> with{strand.number, token_};
        connection_->send(strand == Strand{} ? token_of_network : token_of_centre, with);
    }

    std::string url_;
    bool throw_away_;
    Tally& tally_;
    std::unique_ptr<PostgresConnection> connection_;
    std::string unlock_;
    std::mt19937_64 tokens_{std::random_device{}() * 0x9E3779B97F4A7C15U + std::random_device{}()};
    std::int64_t token_ = 0;
    std::vector<std::exception_ptr> broke_;
};

class PostgresStore final : public Store {
  public:
    PostgresStore(const std::string& url, StoreOptions options)
        : options_(std::move(options)), readers_(url, options_.readers) {
        for (std::size_t i = 0; i < options_.writers; ++i) {
            threads_.emplace_back([this, url] { serve(Writer(url, options_.throw_away, tally_)); });
        }
    }

    ~PostgresStore() override {
        {
            const std::scoped_lock lock(mutex_);
            closing_ = true;
            changed_.notify_all();
        }
        for (auto& thread : threads_) thread.join();
    }

    /// Of all servers: PostgreSQL counts transactions. Asked once a second, and own commits count
    /// at once, so that whoever booked sees it.
    std::uint64_t version() const override {
        const std::scoped_lock lock(asking_);
        const auto now = std::chrono::steady_clock::now();
        if (now - asked_ > milliseconds(1000)) {
            readers_.look([&](Snapshot& view) {
                transactions_ = static_cast<std::uint64_t>(view.number(newest_transaction).value());
            });
            asked_ = now;
        }
        return transactions_ + version_.load();
    }

    WriterCounts writer_counts() const override {
        const std::scoped_lock lock(mutex_);
        return tally_.counts(queue_.size());
    }

  protected:
    void enqueue(Strand strand, std::unique_ptr<detail::Work> work) override {
        ensure(options_.writers > 0, "a store opened for reading is not written to");
        const std::scoped_lock lock(mutex_);
        if (queue_.size() >= options_.queue) throw Busy("too many writes wait");
        queue_.push_back({strand, std::move(work)});
        changed_.notify_one();
    }

    void look(const std::function<void(Snapshot&)>& function) override { readers_.look(function); }

  private:
    struct Waiting {
        Strand strand;
        std::unique_ptr<detail::Work> work;
    };

    void serve(Writer writer) {
        for (;;) {
            auto [strand, works] = next();
            if (works.empty()) return;
            writer.commit(strand, std::move(works), [this] { ++version_; });
            const std::scoped_lock lock(mutex_);
            busy_.erase(strand);
            changed_.notify_all();
        }
    }

    /// The oldest work whose strand nobody serves, with what else waits in that strand. Nothing
    /// when the store closes and all is done.
    std::pair<Strand, Works> next() {
        std::unique_lock lock(mutex_);
        for (;;) {
            const auto oldest =
                std::find_if(queue_.begin(), queue_.end(),
                             [&](const auto& waiting) { return !busy_.contains(waiting.strand); });
            if (oldest != queue_.end()) {
                const auto strand = oldest->strand;
                busy_.insert(strand);
                return {strand, take(strand)};
            }
            if (closing_ && queue_.empty()) return {};
            changed_.wait(lock);
        }
    }

    /// What belongs to no centre may be about any: one at a time, so that no transaction is about
    /// two.
    Works take(Strand strand) {
        const auto most = strand == Strand{} ? 1 : options_.batch;
        Works works;
        std::deque<Waiting> others;
        for (auto& waiting : queue_) {
            if (waiting.strand == strand && works.size() < most) {
                works.push_back(std::move(waiting.work));
            } else {
                others.push_back(std::move(waiting));
            }
        }
        queue_ = std::move(others);
        return works;
    }

    StoreOptions options_;
    mutable Readers readers_;
    mutable std::mutex asking_;
    mutable std::chrono::steady_clock::time_point asked_{};
    mutable std::uint64_t transactions_ = 0;
    std::atomic<std::uint64_t> version_{1};
    Tally tally_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> queue_;
    std::set<Strand> busy_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

Result<void> check_whole(PostgresConnection& connection) {
    if (connection.text(std::string(half_moved).c_str()) == "0") return {};
    return refuse("store.half_moved");
}

} // namespace
} // namespace kringwerk::postgres

namespace kringwerk {

Result<std::unique_ptr<Store>> open_postgres(const std::string& url, const StoreOptions& options) {
    postgres::PostgresConnection connection(url, postgres::Access::write);
    const auto migrated = postgres::migrate(connection);
    if (!migrated) return refuse(migrated.error());
    const auto whole = postgres::check_whole(connection);
    if (!whole && !options.moving) return refuse(whole.error());
    return std::make_unique<postgres::PostgresStore>(url, options);
}

Result<std::unique_ptr<Store>> open_postgres_reading(const std::string& url) {
    postgres::PostgresConnection connection(url, postgres::Access::read);
    const auto fits = postgres::check_schema(connection);
    if (!fits) return refuse(fits.error());
    if (const auto whole = postgres::check_whole(connection); !whole) return refuse(whole.error());
    StoreOptions options;
    options.writers = 0;
    return std::make_unique<postgres::PostgresStore>(url, options);
}

} // namespace kringwerk
