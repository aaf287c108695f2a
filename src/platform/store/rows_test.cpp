// SPDX-License-Identifier: EUPL-1.2
// Rows that many callers append, against a plain list.
#include "platform/store/store_testing.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

using namespace kringwerk;
namespace fs = std::filesystem;

namespace {

constexpr Query make_thing{
    "test.make_thing",
    "CREATE TABLE thing (number INTEGER PRIMARY KEY, name TEXT, code BLOB) STRICT",
    "CREATE TABLE thing (number BIGINT PRIMARY KEY, name TEXT, code BYTEA)"};
constexpr Query make_part{
    "test.make_part",
    "CREATE TABLE part (number INTEGER NOT NULL REFERENCES thing (number), size INTEGER NOT NULL) "
    "STRICT",
    "CREATE TABLE part (number BIGINT NOT NULL REFERENCES thing (number), size BIGINT NOT NULL)"};
constexpr Query insert_thing{
    "test.insert_thing", "INSERT INTO thing VALUES ($1, $2, $3) ON CONFLICT (number) DO NOTHING",
    "INSERT INTO thing SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[]) "
    "ON CONFLICT (number) DO NOTHING"};
constexpr Query insert_part{"test.insert_part", "INSERT INTO part VALUES ($1, $2)",
                            "INSERT INTO part SELECT * FROM unnest($1::bigint[], $2::bigint[])"};
constexpr Query same(std::string_view name, std::string_view sql) { return {name, sql, sql}; }
constexpr Query parts = same("test.parts", "SELECT number, sum(size) FROM part GROUP BY number");
constexpr Query things = same("test.things", "SELECT number, name, code FROM thing");
constexpr Query count_things = same("test.count_things", "SELECT count(*) FROM thing");
constexpr RowTable thing_rows{"thing", &insert_thing, "itb"};
constexpr RowTable part_rows{"part", &insert_part, "ii"};

struct Scratch {
    fs::path directory;
    std::unique_ptr<Store> store;

    explicit Scratch(bool on_postgres) {
        auto name = (fs::temp_directory_path() / "kw-rows-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        directory = name;
        StoreOptions options;
        options.throw_away = true;
        store = on_postgres
                    ? open_postgres(testing::Cluster::instance().fresh_database(), options).value()
                    : open_sqlite(directory / "kringwerk.sqlite", options).value();
        const auto make = [](Transaction& tx) {
            return tx.changed(make_thing) + tx.changed(make_part);
        };
        store->write(make).get();
    }
    ~Scratch() {
        store.reset();
        fs::remove_all(directory);
    }
};

/// What one caller does: appends things, some of which stand there already, and perhaps changes its
/// mind at the end.
struct Caller {
    std::vector<int> numbers;
    bool counts_between = false;
    bool refuses = false;
};

using Found = std::map<std::int64_t, std::int64_t>; // thing → size of its parts

Result<std::set<int>> run(Transaction& tx, const Caller& caller) {
    std::set<int> added;
    for (const int number : caller.numbers) {
        const std::optional<std::string> name =
            number % 3 == 0 ? std::nullopt
                            : std::optional(std::string("n") + std::to_string(number));
        if (!tx.append_new(thing_rows, number, name, std::optional<Digest>())) continue;
        added.insert(number);
        tx.append(part_rows, number, 2 * number);
        tx.append(part_rows, number, 1);
        if (caller.counts_between) std::ignore = tx.number(count_things);
    }
    if (caller.refuses) return refuse("test.no");
    return added;
}

/// What has to come out: who added what, and what stands in the end.
std::vector<std::set<int>> expected(const std::vector<Caller>& callers, Found& found) {
    std::vector<std::set<int>> answers;
    for (const auto& caller : callers) {
        auto& added = answers.emplace_back();
        if (caller.refuses) continue;
        for (const int number : caller.numbers) {
            if (found.emplace(number, 2 * number + 1).second) added.insert(number);
        }
    }
    return answers;
}

Found read(Store& store) {
    return store.read([](Snapshot& view) {
        Found found;
        for (const auto row : view.rows(parts)) found[row.integer(0)] = row.integer(1);
        for (const auto row : view.rows(things)) {
            CHECK(row.null(1) == (row.integer(0) % 3 == 0));
            CHECK(row.null(2));
            CHECK(found.contains(row.integer(0)));
        }
        return found;
    });
}

} // namespace

TEST_CASE("rows that many callers append in one commit are those of one after the other") {
    const bool engines[] = {false, true};
    for (const bool on_postgres : engines) {
        CAPTURE(on_postgres);
        const Scratch scratch(on_postgres);
        int round = 0;
        Found found;
        const bool held = rc::check([&] {
            const int base = 20 * round++; // the last ones of the round before come again
            std::vector<Caller> callers(*rc::gen::inRange<std::size_t>(1, 8));
            for (auto& caller : callers) {
                caller.numbers = *rc::gen::container<std::vector<int>>(
                    rc::gen::inRange(std::max(0, base - 4), base + 20));
                caller.counts_between = *rc::gen::element(false, false, true);
                caller.refuses = *rc::gen::element(false, false, true);
            }
            std::atomic<bool> go{false};
            auto holder = scratch.store->write_in(Strand{1}, [&](Transaction&) {
                while (!go) std::this_thread::yield();
                return 0;
            });
            std::vector<Pending<Result<std::set<int>>>> answers;
            for (const auto& caller : callers) {
                answers.push_back(scratch.store->write_in(
                    Strand{1}, [&](Transaction& tx) { return run(tx, caller); }));
            }
            go = true;
            holder.get();
            const auto wanted = expected(callers, found);
            for (std::size_t i = 0; i < callers.size(); ++i) {
                const auto answer = answers[i].get();
                RC_ASSERT(answer.has_value() == !callers[i].refuses);
                if (answer) RC_ASSERT(*answer == wanted[i]);
            }
            RC_ASSERT(read(*scratch.store) == found);
        });
        CHECK(held);
    }
}

TEST_CASE("a statement that the database refuses undoes its own caller alone, also when that comes "
          "out later") {
    const Scratch scratch(true);
    std::atomic<bool> go{false};
    auto holder = scratch.store->write_in(Strand{1}, [&](Transaction&) {
        while (!go) std::this_thread::yield();
        return 0;
    });
    const auto add = [](int number) {
        return
            [number](Transaction& tx) { return tx.append_new(thing_rows, number, "x", Digest{}); };
    };
    auto before = scratch.store->write_in(Strand{1}, add(1));
    auto wrong = scratch.store->write_in(Strand{1}, [](Transaction& tx) {
        tx.append(part_rows, 99, 1); // of a thing that is not there
        return true;
    });
    auto after = scratch.store->write_in(Strand{1}, add(2));
    go = true;
    holder.get();
    CHECK(before.get());
    CHECK_THROWS_AS(wrong.get(), Breakdown);
    CHECK(after.get());
    CHECK(scratch.store->read([](Snapshot& view) { return view.number(count_things); }) == 2);
}
