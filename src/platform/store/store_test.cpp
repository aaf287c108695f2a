// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sqlite.hpp"
#include "platform/store/store_testing.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <unistd.h>

#include <atomic>
#include <map>
#include <thread>

using namespace kringwerk;
namespace fs = std::filesystem;

namespace {

// Tables of the test's own: the store knows no room.
constexpr Query make_note{
    "test.make_note",
    "CREATE TABLE IF NOT EXISTS note (number INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS note (number BIGINT PRIMARY KEY, words TEXT NOT NULL)"};
constexpr Query make_sum{
    "test.make_sum",
    "CREATE TABLE IF NOT EXISTS tally (kind INTEGER PRIMARY KEY, amount INTEGER NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS tally (kind BIGINT PRIMARY KEY, amount BIGINT NOT NULL)"};
constexpr Query same(std::string_view name, std::string_view sql) { return {name, sql, sql}; }
constexpr Query write_note = same("test.write_note", "INSERT INTO note VALUES ($1, $2)");
constexpr Query count_notes = same("test.count_notes", "SELECT count(*) FROM note");
constexpr Query words_of = same("test.words_of", "SELECT words FROM note WHERE number = $1");
constexpr Query all_notes = same("test.all_notes", "SELECT number FROM note ORDER BY number");
constexpr Query add_tally{
    "test.add_tally",
    "INSERT INTO tally VALUES ($1, $2) ON CONFLICT (kind) DO UPDATE SET "
    "amount = tally.amount + excluded.amount",
    "INSERT INTO tally SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT (kind) "
    "DO UPDATE SET amount = tally.amount + excluded.amount"};
constexpr Query tally_of = same("test.tally_of", "SELECT amount FROM tally WHERE kind = $1");
constexpr SumTable tally{"tally", &add_tally, 1, 1};

struct Scratch {
    fs::path directory;
    Scratch() {
        static std::atomic<int> number{0};
        directory = fs::temp_directory_path() / ("kringwerk-store-" + std::to_string(::getpid()) +
                                                 "-" + std::to_string(number++));
        fs::create_directories(directory);
    }
    ~Scratch() { fs::remove_all(directory); }
    fs::path file() const { return directory / "kringwerk.sqlite"; }
};

struct OnSqlite {
    static std::unique_ptr<Store> open(const Scratch& scratch, const StoreOptions& options) {
        return open_sqlite(scratch.file(), options).value();
    }
};
struct OnPostgres {
    /// One database for each scratch folder.
    static std::unique_ptr<Store> open(const Scratch& scratch, const StoreOptions& options) {
        static std::map<fs::path, std::string> addresses;
        auto& address = addresses[scratch.directory];
        if (address.empty()) address = testing::Cluster::instance().fresh_database();
        return open_postgres(address, options).value();
    }
};

/// A store with the two tables.
template <class Engine>
std::unique_ptr<Store> fresh(const Scratch& scratch, const StoreOptions& options = {}) {
    auto store = Engine::open(scratch, options);
    auto made =
        store->write([](Transaction& tx) { return tx.changed(make_note) + tx.changed(make_sum); });
    REQUIRE(made.get() >= 0);
    return store;
}

std::int64_t notes_in(Store& store) {
    return store.read([](Snapshot& view) { return view.number(count_notes).value(); });
}

} // namespace

TEST_CASE_TEMPLATE("what was written is read, also after the program started anew", Engine,
                   OnSqlite, OnPostgres) {
    const Scratch scratch;
    {
        auto store = fresh<Engine>(scratch);
        store->write([](Transaction& tx) { return tx.changed(write_note, 1, "stoel"); }).get();
    }
    auto again = Engine::open(scratch, {});
    const auto words = again->read([](Snapshot& view) {
        return view.first(
            words_of, [](Row row) { return std::string(row.text(0)); }, 1);
    });
    CHECK(words == "stoel");
}

TEST_CASE_TEMPLATE("a refusal undoes its own writes and no others, and breakdowns do the same",
                   Engine, OnSqlite, OnPostgres) {
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    std::atomic<bool> go{false};
    // The first function holds the writer until all others wait, so that they share a commit.
    auto holder = store->write_in(Strand{1}, [&](Transaction&) {
        while (!go) std::this_thread::yield();
        return 0;
    });
    auto kept = store->write_in(Strand{1}, [](Transaction& tx) -> Result<int> {
        tx.run(write_note, 1, "kept");
        tx.add(tally, {1}, {10});
        return 1;
    });
    auto refused = store->write_in(Strand{1}, [](Transaction& tx) -> Result<int> {
        tx.run(write_note, 2, "refused");
        tx.add(tally, {1}, {100});
        return refuse("test.no");
    });
    auto broken = store->write_in(Strand{1}, [](Transaction& tx) -> Result<int> {
        tx.run(write_note, 3, "broken");
        tx.add(tally, {1}, {1000});
        tx.run(write_note, 1, "the number stands already");
        return 1;
    });
    auto last = store->write_in(Strand{1}, [](Transaction& tx) -> Result<int> {
        tx.run(write_note, 4, "kept");
        tx.add(tally, {1}, {5});
        return 1;
    });
    go = true;
    holder.get();
    CHECK(kept.get());
    CHECK(refused.get().error().code == "test.no");
    CHECK_THROWS_AS(broken.get(), Breakdown);
    CHECK(last.get());
    CHECK(notes_in(*store) == 2);
    CHECK(store->read([](Snapshot& view) { return view.number(tally_of, 1); }) == 15);
}

TEST_CASE_TEMPLATE("sums that were written early are undone with their caller, and others' kept",
                   Engine, OnSqlite, OnPostgres) {
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    std::atomic<bool> go{false};
    auto holder = store->write_in(Strand{1}, [&](Transaction& tx) {
        while (!go) std::this_thread::yield();
        tx.add(tally, {7}, {1});
        return 0;
    });
    std::optional<std::int64_t> seen;
    auto refused = store->write_in(Strand{1}, [&](Transaction& tx) -> Result<int> {
        tx.add(tally, {7}, {10});
        seen = tx.number(tally_of, 7); // the read makes the store write both
        return refuse("test.no");
    });
    auto last = store->write_in(Strand{1}, [](Transaction& tx) {
        tx.add(tally, {7}, {100});
        return tx.number(tally_of, 7).value();
    });
    go = true;
    holder.get();
    CHECK_FALSE(refused.get());
    CHECK(seen == 11);
    CHECK(last.get() == 101);
    CHECK(store->read([](Snapshot& view) { return view.number(tally_of, 7); }) == 101);
}

TEST_CASE_TEMPLATE("many callers at once each get their own answer", Engine, OnSqlite, OnPostgres) {
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    std::vector<std::thread> callers;
    std::atomic<int> right{0};
    for (int caller = 0; caller < 8; ++caller) {
        callers.emplace_back([&, caller] {
            for (int i = 0; i < 50; ++i) {
                const int number = caller * 1000 + i;
                auto answer = store->write_in(Strand{1}, [number](Transaction& tx) {
                    tx.add(tally, {number % 3}, {1});
                    tx.run(write_note, number, "x");
                    return number;
                });
                auto taken = answer.get();
                if (taken == number) ++right;
            }
        });
    }
    for (auto& caller : callers) caller.join();
    CHECK(right == 400);
    CHECK(notes_in(*store) == 400);
}

TEST_CASE_TEMPLATE("who heard that something is written finds another version", Engine, OnSqlite,
                   OnPostgres) {
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    for (int i = 0; i < 200; ++i) {
        const auto before = store->version();
        store->write([i](Transaction& tx) { return tx.changed(write_note, i, "x"); }).get();
        REQUIRE(store->version() > before);
    }
}

TEST_CASE_TEMPLATE("a full queue says so at once, and what waits is still done", Engine, OnSqlite,
                   OnPostgres) {
    const Scratch scratch;
    StoreOptions options;
    options.queue = 2;
    auto store = fresh<Engine>(scratch, options);
    std::atomic<bool> started{false};
    std::atomic<bool> go{false};
    auto holder = store->write([&](Transaction&) {
        started = true;
        while (!go) std::this_thread::yield();
        return 0;
    });
    while (!started) std::this_thread::yield();
    auto first = store->write([](Transaction& tx) { return tx.changed(write_note, 1, "a"); });
    auto second = store->write([](Transaction& tx) { return tx.changed(write_note, 2, "b"); });
    CHECK_THROWS_AS(std::ignore = store->write([](Transaction&) { return 0; }), Busy);
    go = true;
    holder.get();
    first.get();
    second.get();
    CHECK(notes_in(*store) == 2);
}

TEST_CASE_TEMPLATE("the writers are counted: what waits, what was committed together", Engine,
                   OnSqlite, OnPostgres) {
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    const auto before = store->writer_counts();
    CHECK(before.functions == 1);
    CHECK(before.commits[0] == 1);
    std::atomic<bool> go{false};
    std::atomic<bool> holds{false};
    auto holder = store->write_in(Strand{1}, [&](Transaction&) {
        holds = true;
        while (!go) std::this_thread::yield();
        return 0;
    });
    while (!holds) std::this_thread::yield();
    std::vector<Pending<std::int64_t>> all;
    for (int i = 0; i < 3; ++i) {
        all.push_back(store->write_in(
            Strand{1}, [i](Transaction& tx) { return tx.changed(write_note, i, "x"); }));
    }
    CHECK(store->writer_counts().waiting == 3);
    go = true;
    holder.get();
    for (auto& one : all) one.get();
    const auto after = store->writer_counts();
    CHECK(after.waiting == 0);
    CHECK(after.functions == 5);
    CHECK(after.commits[0] == 2); // of one function
    CHECK(after.commits[2] == 1); // of three or four
    CHECK(after.failed == 0);
}

TEST_CASE("who cannot begin to write says so, and writes again when the database lets it") {
    const Scratch scratch;
    auto store = fresh<OnSqlite>(scratch);
    {
        sqlite::SqliteConnection other(scratch.file(), sqlite::Access::write, true);
        other.run("BEGIN IMMEDIATE");
        auto held_up = store->write([](Transaction& tx) { return tx.changed(write_note, 1, "x"); });
        CHECK_THROWS_AS(held_up.get(), Breakdown);
        CHECK(store->writer_counts().failed == 1);
        other.run("ROLLBACK");
    }
    store->write([](Transaction& tx) { return tx.changed(write_note, 1, "x"); }).get();
    CHECK(notes_in(*store) == 1);
}

TEST_CASE_TEMPLATE("a view stays as it was while others write", Engine, OnSqlite, OnPostgres) {
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    store->read([&](Snapshot& view) {
        const auto before = view.number(count_notes);
        store->write([](Transaction& tx) { return tx.changed(write_note, 1, "new"); }).get();
        CHECK(view.number(count_notes) == before);
        return 0;
    });
    CHECK(notes_in(*store) == 1);
}

TEST_CASE_TEMPLATE("a query may be asked while its own rows are read", Engine, OnSqlite,
                   OnPostgres) {
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    store
        ->write([](Transaction& tx) {
            for (int i = 0; i < 3; ++i) tx.run(write_note, i, "x");
            return 0;
        })
        .get();
    const auto pairs = store->read([](Snapshot& view) {
        int count = 0;
        for (const auto outer : view.rows(all_notes)) {
            for (const auto inner : view.rows(all_notes)) {
                count += outer.integer(0) < inner.integer(0) ? 1 : 0;
            }
        }
        return count;
    });
    CHECK(pairs == 3);
}

TEST_CASE("a newer schema is refused, and only one process owns a directory") {
    const Scratch scratch;
    { const auto store = fresh<OnSqlite>(scratch); }
    {
        sqlite::SqliteConnection connection(scratch.file(), sqlite::Access::write, false);
        connection.run("PRAGMA user_version = 9999");
    }
    const auto refused = open_sqlite(scratch.file());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "store.schema_newer");

    const auto lock = DirectoryLock::take(scratch.directory);
    REQUIRE(lock);
    const auto second = DirectoryLock::take(scratch.directory);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == "store.in_use");
}

TEST_CASE("whatever is kept, dropped and flushed, sums end as if added one by one") {
    CHECK(rc::check([] {
        Sums sums;
        std::map<std::int64_t, std::int64_t> expected;
        std::map<std::int64_t, std::int64_t> on_disk;
        const int callers = *rc::gen::inRange(0, 12);
        const auto write = [&](const SumTable&, const SumKey& key, const SumAmounts& amounts) {
            on_disk[key[0]] += amounts[0];
        };
        for (int caller = 0; caller < callers; ++caller) {
            const auto before = on_disk; // what a savepoint would bring back
            std::map<std::int64_t, std::int64_t> own;
            const int steps = *rc::gen::inRange(0, 6);
            for (int step = 0; step < steps; ++step) {
                if (*rc::gen::inRange(0, 4) == 0) {
                    sums.flush(sums.pending_tables(), write);
                } else {
                    const std::int64_t key = *rc::gen::inRange(0, 3);
                    const std::int64_t amount = *rc::gen::inRange(1, 100);
                    sums.add(tally, {key}, {amount});
                    own[key] += amount;
                }
            }
            if (*rc::gen::arbitrary<bool>()) {
                sums.keep();
                for (const auto& [key, amount] : own) expected[key] += amount;
            } else {
                on_disk = before;
                sums.drop();
            }
        }
        sums.flush(sums.pending_tables(), write);
        std::erase_if(on_disk, [](const auto& row) { return row.second == 0; });
        RC_ASSERT(on_disk == expected);
        RC_ASSERT(!sums.pending());
    }));
}

TEST_CASE_TEMPLATE("an answer of many rows comes whole, and others may be asked for meanwhile",
                   Engine, OnSqlite, OnPostgres) {
    constexpr static int rows = 4'500;
    const Scratch scratch;
    auto store = fresh<Engine>(scratch);
    store
        ->write([](Transaction& tx) {
            for (int i = 0; i < rows; ++i) tx.run(write_note, i, "x");
            return 0;
        })
        .get();
    const auto in_order = store->read([](Snapshot& view) {
        std::int64_t next = 0;
        for (const auto row : view.many_rows(all_notes)) {
            if (row.integer(0) != next++) return std::int64_t{-1};
            if (next % 1000 != 0) continue;
            if (view.number(count_notes) != rows) return std::int64_t{-2};
        }
        return next;
    });
    CHECK(in_order == rows);
    const auto none = store->read([](Snapshot& view) {
        int found = 0;
        for ([[maybe_unused]] const auto row : view.many_rows(words_of, -1)) ++found;
        return found;
    });
    CHECK(none == 0);
}
