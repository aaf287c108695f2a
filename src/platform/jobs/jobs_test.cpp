// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/jobs.hpp"

#include "platform/store/store_testing.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <atomic>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::jobs;

namespace {

constexpr std::int64_t minute_ms = 60 * 1000;

Instant at(int hours, int minutes, int day = 12) {
    return local_time(*make_day(2027, 3, static_cast<unsigned>(day)), hours * 60 + minutes);
}

/// A job at half past two, what it did, and a clock that a test turns.
struct Night {
    std::filesystem::path folder = [] {
        auto name = (std::filesystem::temp_directory_path() / "kw-jobs-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        return std::filesystem::path(name);
    }();
    std::optional<kringwerk::testing::ScratchBooks> books{folder};
    std::unique_ptr<Store> store = books->open();
    std::atomic<std::int64_t> now_ms{at(1, 0).ms};
    std::atomic<int> runs{0};
    std::atomic<bool> fails{false};

    Night() = default;
    Night(const Night&) = delete;
    Night& operator=(const Night&) = delete;
    ~Night() {
        store.reset();
        books.reset();
        std::filesystem::remove_all(folder);
    }
    Clock clock() {
        return [this] { return Instant{now_ms}; };
    }
    Job job() {
        Job made;
        made.name = "backup";
        made.due = [](Instant now) { return last_time({150}, now); };
        made.run = [this](Instant) -> Result<void> {
            ++runs;
            if (fails) return refuse("backup.no_place", {{"folder", "away"}});
            return {};
        };
        return made;
    }
    std::optional<Outcome> look(const std::string& runner = "one") {
        return run_when_due(*store, job(), runner, clock());
    }
    std::optional<State> row() {
        return store->read([](Snapshot& view) { return state(view, "backup"); });
    }
};

} // namespace

TEST_CASE("a job that never ran makes up for the last time, then runs once a day") {
    Night night;
    CHECK(night.look());
    CHECK_FALSE(night.look());
    night.now_ms = at(2, 29).ms;
    CHECK_FALSE(night.look());
    night.now_ms = at(2, 31).ms;
    const auto outcome = night.look();
    REQUIRE(outcome);
    CHECK(outcome->due == at(2, 30));
    CHECK_FALSE(outcome->again);
    CHECK_FALSE(night.look());
    CHECK(night.runs == 2);
    CHECK(night.row()->due_at == at(2, 30));
    CHECK(night.row()->good_at == at(2, 31));
    CHECK(night.row()->ended_at);
}

TEST_CASE("a fault is kept with its words, and the same run is tried again after an hour") {
    Night night;
    night.fails = true;
    CHECK(night.look()->fault->code == "backup.no_place");
    CHECK(night.row()->fault->code == "backup.no_place");
    CHECK(night.row()->fault->arguments == TextArguments{{"folder", "away"}});
    CHECK(night.row()->good_at.ms == 0);
    night.now_ms += 59 * minute_ms;
    CHECK_FALSE(night.look());
    night.now_ms += 2 * minute_ms;
    night.fails = false;
    const auto outcome = night.look();
    REQUIRE(outcome);
    CHECK(outcome->again);
    CHECK_FALSE(night.row()->fault);
    CHECK_FALSE(night.look());
}

TEST_CASE("what breaks is a fault as well, and the runner goes on") {
    Night night;
    auto job = night.job();
    job.run = [](Instant) -> Result<void> { throw Breakdown("disk full"); };
    const auto outcome = run_when_due(*night.store, job, "one", night.clock());
    CHECK(outcome->fault->code == "jobs.broke");
    CHECK(night.row()->fault->arguments == TextArguments{{"what", "disk full"}});
}

TEST_CASE("a run whose server died is taken over when nobody heard of it for five minutes") {
    Night night;
    auto job = night.job();
    // What a server leaves that loses its power in the middle of a run.
    const auto other = night.books->open();
    job.run = [&](Instant) -> Result<void> {
        CHECK_FALSE(night.row()->ended_at);
        CHECK_FALSE(night.look("two"));
        night.now_ms += 6 * minute_ms;
        CHECK(night.look("two"));
        return {};
    };
    run_when_due(*night.store, job, "one", night.clock());
    CHECK(night.runs == 1);
    CHECK(night.row()->good_at == at(1, 6)); // of who took it over
}

TEST_CASE("of many servers before one database each run is made by one") {
    Night night;
    std::vector<std::unique_ptr<Store>> stores;
    const bool shared = kringwerk::testing::on_postgres(); // SQLite belongs to one process
    for (int i = 0; i < 4; ++i) stores.push_back(shared ? night.books->open() : nullptr);
    for (int day = 12; day < 22; ++day) {
        night.now_ms = at(2, 31, day).ms;
        std::vector<std::thread> servers;
        std::atomic<int> outcomes{0};
        for (int i = 0; i < 4; ++i) {
            servers.emplace_back([&, i] {
                auto& store = shared ? *stores[static_cast<std::size_t>(i)] : *night.store;
                const auto name = "server " + std::to_string(i);
                if (run_when_due(store, night.job(), name, night.clock())) ++outcomes;
            });
        }
        for (auto& server : servers) server.join();
        CHECK(outcomes == 1);
    }
    CHECK(night.runs == 10);
}

TEST_CASE("a runner does what is due, whatever breaks beside it, and stops when it is told to") {
    Night night;
    std::atomic<int> ended{0};
    {
        const Runner runner(
            *night.store, {night.job()}, [&](const Job&, const Outcome&) { ++ended; },
            [] { throw Breakdown("nobody there"); }, night.clock());
        for (int i = 0; i < 200 && ended == 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    CHECK(ended == 1);
    CHECK(night.runs == 1);
}

TEST_CASE(
    "times of the day are read strictly, and the night in which the clock goes on counts once") {
    CHECK(parse_times("02:30 12:05") == std::vector<int>{150, 725});
    CHECK(parse_times("") == std::vector<int>{});
    for (const auto* const wrong : {"2:30", "24:00", "12:60", "02.30", "02:30,", "night"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_times(wrong));
    }
    CHECK(last_time({150, 725}, at(12, 0)) == at(2, 30));
    CHECK(last_time({150, 725}, at(1, 0)) == at(12, 5, 11));
    CHECK(next_time({150}, at(12, 0)) == at(2, 30, 13));
    CHECK_FALSE(next_time({}, at(12, 0)));
    CHECK(last_time({}, at(12, 0)).ms == 0);
    // 28 March 2027: half past two is skipped; the first moment after it counts.
    const auto skipped = *parse_instant("2027-03-28T01:00:00Z");
    CHECK(last_time({150}, *parse_instant("2027-03-28T06:00:00Z")) == skipped);
}
