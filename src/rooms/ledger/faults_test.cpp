// SPDX-License-Identifier: EUPL-1.2
// The books on a disk that fails: what was answered is there once, and the books verify.
#include "platform/store/faulty_files_testing.hpp"
#include "rooms/ledger/books_testing.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <set>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::ledger;
using namespace kringwerk::ledger::testing;
using kringwerk::testing::Fault;
using kringwerk::testing::FaultyFiles;

namespace {

constexpr CentreId centre{3};
constexpr std::uint64_t callers = 4;
constexpr std::uint64_t each = 12;

/// KRINGWERK_FAULTS: how often each fault is tried.
unsigned tries() {
    const char* const asked = std::getenv("KRINGWERK_FAULTS");
    return asked ? static_cast<unsigned>(std::atoi(asked)) : 25;
}

Result<Posted> book(Store& store, std::uint64_t number) {
    Draft draft;
    draft.id = id_of(number);
    draft.centre = centre;
    draft.kind = kind("weigh-in");
    draft.happened_at = at("2027-03-12T10:00:00Z");
    draft.transfers = {
        goods(Place::donated, Place::sorting, 1000 + static_cast<std::int64_t>(number))};
    const auto caller = everybody();
    return store
        .write_in(Strand{centre.value},
                  [&](Transaction& tx) { return post(tx, draft, caller, draft.happened_at); })
        .get();
}

/// Everybody books at once; gives the numbers of those who heard that it is written.
std::set<std::uint64_t> book_all(Store& store) {
    std::set<std::uint64_t> answered;
    std::mutex mutex;
    std::vector<std::thread> threads;
    for (std::uint64_t caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            for (std::uint64_t i = 0; i < each; ++i) {
                const auto number = caller * each + i + 1;
                try {
                    if (!book(store, number)) continue;
                } catch (const Breakdown&) {
                    continue; // was told that it failed, and may ask again
                }
                const std::scoped_lock lock(mutex);
                answered.insert(number);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    return answered;
}

std::set<std::uint64_t> in_the_books(Store& store) {
    std::set<std::uint64_t> found;
    for (const auto& movement :
         store.read([](Snapshot& view) { return movements_after(view, centre, 0, 10'000); })) {
        std::uint64_t number = 0;
        for (std::size_t i = 8; i < 16; ++i) number = number << 8 | movement.id.bytes[i];
        CHECK(found.insert(number).second);
    }
    return found;
}

/// Each answered one is there, and after everybody asked again all are, once.
void check_books(Store& store, const std::set<std::uint64_t>& answered) {
    const auto found = in_the_books(store);
    CHECK(std::includes(found.begin(), found.end(), answered.begin(), answered.end()));
    for (std::uint64_t number = 1; number <= callers * each; ++number) {
        const auto again = book(store, number);
        REQUIRE(again);
        CHECK(again->repeated == found.contains(number));
    }
    CHECK(in_the_books(store).size() == callers * each);
    const auto verified = store.read([](Snapshot& view) { return verify(view); });
    CHECK_FALSE(verified.wrong);
}

} // namespace

TEST_CASE("a write that fails costs nobody what was answered, and the books go on") {
    if (kringwerk::testing::on_postgres()) return;
    auto& disk = FaultyFiles::instance();
    unsigned struck = 0;
    for (const auto fault :
         {Fault::full, Fault::io_error, Fault::short_write, Fault::failed_sync}) {
        for (unsigned seed = 1; seed <= tries(); ++seed) {
            CAPTURE(static_cast<int>(fault));
            CAPTURE(seed);
            std::minstd_rand dice(seed);
            const Scratch scratch;
            const auto store = open_sqlite(scratch.file()).value();
            disk.plan(fault, static_cast<int>(1 + dice() % 120));
            const auto answered = book_all(*store);
            struck += disk.struck() ? 1 : 0;
            disk.plan(Fault::none, 0);
            check_books(*store, answered);
        }
    }
    CHECK(struck > tries()); // the disk did fail
}

TEST_CASE("when the power goes, the disk has all that was answered") {
    if (kringwerk::testing::on_postgres()) return;
    auto& disk = FaultyFiles::instance();
    unsigned struck = 0;
    for (unsigned seed = 1; seed <= 4 * tries(); ++seed) {
        CAPTURE(seed);
        std::minstd_rand dice(seed);
        const Scratch scratch;
        std::set<std::uint64_t> answered;
        {
            const auto store = open_sqlite(scratch.file()).value();
            disk.plan(Fault::power_cut, static_cast<int>(1 + dice() % 250));
            answered = book_all(*store);
            struck += disk.struck() ? 1 : 0;
        }
        disk.lose(dice);
        fs::remove(scratch.file().string() + "-shm"); // was in memory
        const auto store = open_sqlite(scratch.file()).value();
        check_books(*store, answered);
    }
    CHECK(struck > tries());
}
