// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/load.hpp"
#include "platform/store/store_testing.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/ledger/verify.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/setting.hpp"
#include "rooms/workshop/workshop.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <map>

using namespace kringwerk;
namespace fs = std::filesystem;
using ledger::Place;

namespace {

struct Loaded {
    fs::path directory;
    std::optional<kringwerk::testing::ScratchBooks> books;
    std::unique_ptr<Store> store;
    demo::DemoReport report;
    std::vector<Day> told; ///< of what is written

    explicit Loaded(std::uint64_t seed) {
        static int number = 0;
        directory = fs::temp_directory_path() / ("kringwerk-demo-" + std::to_string(::getpid()) +
                                                 "-" + std::to_string(++number));
        fs::create_directories(directory);
        books.emplace(directory);
        store = books->open();
        demo::DemoRequest request;
        request.seed = seed;
        request.size = demo::Size::small;
        request.progress = [this](Day reached, std::int64_t) { told.push_back(reached); };
        const auto loaded = demo::load_demo(*store, request);
        REQUIRE_MESSAGE(loaded.has_value(), (loaded ? "" : loaded.error().code));
        report = *loaded;
    }
    ~Loaded() {
        store.reset();
        fs::remove_all(directory);
    }
    Loaded(const Loaded&) = delete;
    Loaded& operator=(const Loaded&) = delete;

    std::vector<std::string> heads() const {
        return store->read([](Snapshot& view) {
            std::vector<std::string> hashes;
            for (const auto& head : ledger::heads(view)) hashes.push_back(hex(head.hash));
            return hashes;
        });
    }
};

/// One for all tests that only look at it.
const Loaded& example() {
    static const Loaded loaded(7);
    return loaded;
}

Day day(int year, unsigned month, unsigned number) { return make_day(year, month, number).value(); }
const auto first = day(2026, 7, 1);
const auto last = day(2026, 11, 14);

/// Grams by way of the whole network over all days, reversals deducted.
struct Masses {
    std::map<Place, std::int64_t> in;
    std::map<Place, std::int64_t> out;
    std::int64_t collected = 0;
    std::map<ledger::Key, std::int64_t> collected_by_stream;
    std::map<ledger::Basis, std::int64_t> sold_by_basis;

    void add(const ledger::Flow& flow) {
        const auto from = flow.from.place;
        const auto to = flow.to.place;
        const auto grams = flow.amounts.grams.value;
        for (const auto& [outside, stock, sign] :
             {std::tuple{from, to, std::int64_t{1}}, std::tuple{to, from, std::int64_t{-1}}}) {
            const auto side = ledger::row_of(outside).side;
            if (side == ledger::Side::from_outside) in[outside] += sign * grams;
            if (side == ledger::Side::to_outside) out[outside] -= sign * grams;
            const bool collects = outside == Place::donated || outside == Place::collected ||
                                  outside == Place::yard || outside == Place::returned;
            if (!collects || stock == Place::outgoing) continue;
            collected += sign * grams;
            collected_by_stream[flow.from.key] += sign * grams;
        }
        if (to == Place::sold) sold_by_basis[flow.basis] += grams;
    }
    std::int64_t permille(std::int64_t grams) const { return grams * 1000 / collected; }
};

Masses masses_of(const Loaded& loaded) {
    return loaded.store->read([](Snapshot& view) {
        Masses masses;
        for (const auto& head : ledger::heads(view)) {
            for (const auto& flow :
                 ledger::flows_of_months(view, head.centre, month_of(first), month_of(last))) {
                masses.add(flow);
            }
        }
        return masses;
    });
}

} // namespace

TEST_CASE("the same seed gives the same chains, another seed gives others") {
    const Loaded again(7);
    const Loaded other(8);
    CHECK(example().heads() == again.heads());
    CHECK(example().heads() != other.heads());
    CHECK(example().report.movements == again.report.movements);
    CHECK(example().report.centres == 3);
    CHECK(example().report.movements > 8000);
    CHECK(std::is_sorted(example().told.begin(), example().told.end()));
    CHECK(std::count(example().told.begin(), example().told.end(), day(2026, 9, 1)) == 1);
    CHECK(example().told.back() == last);
}

TEST_CASE("the books of the example verify, and each month comes out even") {
    example().store->read([](Snapshot& view) {
        const auto verified = ledger::verify(view);
        CHECK_MESSAGE(!verified.wrong, (verified.wrong ? verified.wrong->code : ""));
        CHECK(verified.replayed.movements == example().report.movements);
        CHECK(verified.replayed.transfers >= example().report.transfers);
        CHECK_FALSE(workshop::first_wrong_row(view));
        for (const auto& head : ledger::heads(view)) {
            for (auto month = month_of(first); month <= month_of(last);
                 month = month_after(month)) {
                for (const auto& line :
                     ledger::equation(view, head.centre, first_day(month), last_day(month))) {
                    CHECK(line.holds());
                }
            }
        }
        return 0;
    });
}

TEST_CASE("the shares of the example are near those of the branch") {
    const auto masses = masses_of(example());
    const auto share = [&](Place place) {
        const auto found = masses.out.find(place);
        return masses.permille(found == masses.out.end() ? 0 : found->second);
    };
    const auto reused = share(Place::sold) + share(Place::given);
    CHECK(reused > 450);
    CHECK(reused < 600);
    CHECK(share(Place::recycled) > 260);
    CHECK(share(Place::recycled) < 390);
    CHECK(share(Place::energy) + share(Place::disposed) > 110);
    CHECK(share(Place::energy) + share(Place::disposed) < 200);
    const auto textile = masses.permille(masses.collected_by_stream.at({4}));
    CHECK(textile > 180);
    CHECK(textile < 240);
    const auto electrical = masses.permille(masses.collected_by_stream.at({3}));
    CHECK(electrical > 100);
    CHECK(electrical < 165);
    const auto& basis = masses.sold_by_basis;
    CHECK(basis.at(ledger::Basis::standard) > basis.at(ledger::Basis::measured));
    CHECK(basis.at(ledger::Basis::measured) > 0);
}

TEST_CASE("stock neither runs away nor far below nothing") {
    example().store->read([](Snapshot& view) {
        for (const auto& head : ledger::heads(view)) {
            for (const auto& balance : ledger::balances(view, head.centre)) {
                if (!ledger::is_stock(balance.account.place)) continue;
                CHECK(balance.amounts.grams > Grams{-500'000});
                CHECK(balance.amounts.grams < Grams{6'000'000});
            }
        }
        return 0;
    });
}

TEST_CASE("repairs have an outcome, and a good half is fixed") {
    workshop::OutcomeCounts counts{};
    example().store->read([&](Snapshot& view) {
        for (const auto& head : ledger::heads(view)) {
            const auto of_centre = workshop::counts_of_days(view, head.centre, first, last);
            for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += of_centre[i];
        }
        return 0;
    });
    const auto known = counts[1] + counts[2] + counts[3];
    CHECK(known > 300);
    CHECK(counts[1] * 1000 / known > 500);
    CHECK(counts[1] * 1000 / known < 640);
    CHECK(counts[0] > 0);
}

TEST_CASE("an example is marked as one, and goes into an empty store only") {
    example().store->read([](Snapshot& view) {
        CHECK(network::setting(view, "demo") == "1");
        CHECK(network::setting(view, "demo_until") == "2026-11-14");
        CHECK_FALSE(network::setting(view, "something else"));
        return 0;
    });
    const auto again = demo::load_demo(*example().store, {});
    REQUIRE_FALSE(again);
    CHECK(again.error().code == "demo.not_empty");
    demo::DemoRequest tiny;
    tiny.size = demo::Size::bench;
    tiny.movements = 10;
    const auto refused = demo::load_demo(*example().store, tiny);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "demo.too_few");
}

TEST_CASE("months are closed, loads are on their way, and what is odd can be listed") {
    example().store->read([](Snapshot& view) {
        std::size_t transits = 0;
        std::size_t late = 0;
        for (const auto& head : ledger::heads(view)) {
            CHECK(head.closed.value() >= month_of(day(2026, 9, 1)));
            transits += ledger::transits(view, head.centre, first, last).size();
            late += ledger::late(view, head.centre, 100).size();
        }
        CHECK(transits > 0);
        CHECK(late > 0);
        return 0;
    });
}
