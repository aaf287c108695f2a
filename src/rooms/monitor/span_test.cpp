// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/history_testing.hpp"
#include "rooms/monitor/monitor_testing.hpp"
#include "rooms/monitor/span.hpp"

#include <rapidcheck.h>

using namespace kringwerk;
using namespace kringwerk::monitor;
using namespace kringwerk::monitor::testing;
using ledger::testing::History;

namespace {

/// Books what a random history wants; what the ledger refuses is part of the history.
void play(AtMonitor& at, std::uint64_t seed, int steps) {
    History history(seed, at.zutphen.id);
    const auto everybody = ledger::testing::everybody();
    for (int i = 0; i < steps; ++i) {
        const auto step = history.next();
        for (const auto& draft : step.drafts) {
            at.books.store()
                .write(
                    [&](Transaction& tx) { return ledger::post(tx, draft, everybody, step.now); })
                .get();
        }
    }
}

Span span_of(AtMonitor& at, Day first, Day last) {
    return at.books.read(
        [&](Snapshot& view) { return read_span(at.monitor, view, at.zutphen, first, last); });
}

} // namespace

TEST_CASE(
    "opening and in are out, stock and unexplained, for each stream and period of any history") {
    rc::check("random histories", [] {
        AtMonitor at;
        play(at, *rc::gen::arbitrary<std::uint64_t>(), 40);
        const auto chain = at.chain();
        RC_PRE(!chain.empty());
        auto first = chain[0].effective_on;
        auto last = first;
        for (const auto& movement : chain) {
            first = std::min(first, movement.effective_on);
            last = std::max(last, movement.effective_on);
        }
        for (auto begin = first; begin <= last; begin = day_after(begin, 9)) {
            for (const int length : {1, 10, 31, 400}) {
                const auto span = span_of(at, begin, day_after(begin, length - 1));
                for (const auto& line : span.equations) {
                    RC_ASSERT(line.opening + line.in ==
                              line.out + line.closing + line.unexplained + line.to_other_stream);
                }
                const auto& all = span.equations.back();
                RC_ASSERT(all.to_other_stream == Grams{}); // what leaves one enters another
                RC_ASSERT(all.closing - all.opening == span.totals.stock_growth);
                RC_ASSERT(all.unexplained == span.totals.unexplained);
            }
        }
    });
}

TEST_CASE("the streams together are the whole, in each figure") {
    rc::check("random histories", [] {
        AtMonitor at;
        play(at, *rc::gen::arbitrary<std::uint64_t>(), 40);
        const auto flows = at.flows("2020-01-01", "2040-01-01");
        Totals together;
        for (const auto& row : ledger::all_streams()) together += totals_of(flows, row.key);
        const auto whole = totals_of(flows);
        RC_ASSERT(together.collected.total() == whole.collected.total());
        RC_ASSERT(together.sold.total() == whole.sold.total());
        RC_ASSERT(together.stock_growth == whole.stock_growth);
        RC_ASSERT(together.collected.transfers == whole.collected.transfers);
    });
}

TEST_CASE_FIXTURE(AtMonitor, "sorting between streams stands on its own line") {
    book("weigh-in", "2027-03-12T10:00:00Z",
         {goods(Place::donated, Place::sorting, 9'000, 0, "mixed")});
    auto sorted = goods(Place::sorting, Place::shop, 4'000, 0, "mixed");
    sorted.to.key = ledger::testing::stream("toys");
    book("sort", "2027-03-12T11:00:00Z", {sorted});
    const auto day = *parse_day("2027-03-12");
    const auto span = span_of(*this, day, day);
    REQUIRE(span.equations.size() == 3);
    for (const auto& line : span.equations) {
        if (line.stream == ledger::mixed) CHECK(line.to_other_stream == Grams{4'000});
        if (line.stream == ledger::testing::stream("toys")) {
            CHECK(line.to_other_stream == Grams{-4'000});
            CHECK(line.in == Grams{});
            CHECK(line.closing == Grams{4'000});
        }
    }
}

TEST_CASE_FIXTURE(AtMonitor,
                  "a count that misses something shows on the page with the way to its bookings") {
    book("weigh-in", "2027-03-12T10:00:00Z", {goods(Place::donated, Place::shop, 9'000)});
    book("count", "2027-03-12T11:00:00Z", {goods(Place::shop, Place::unexplained, 500)});
    const auto page = body("/centra/zutphen/dagen/2027-03-12");
    CHECK(page.find("equation-part gap") != page.npos);
    CHECK(page.find("0,5\u00a0kg") != page.npos);
    CHECK(page.find("naar=goods.unexplained") != page.npos);
    const auto balanced = body("/centra/zutphen/dagen/2027-03-11");
    CHECK(balanced.find("equation-part gap") == balanced.npos);
}

TEST_CASE_FIXTURE(AtMonitor,
                  "what needs a look is told: below zero, contradictions and what came late") {
    book("sell", "2027-03-12T10:00:00Z", {goods(Place::shop, Place::sold, 3'000)});
    books.book(books.closing("2027-02", "2027-04-02T08:00:00Z"));
    const auto late = books.draft("weigh-in", "2027-02-20T10:00:00Z",
                                  {goods(Place::donated, Place::shop, 1'000)});
    REQUIRE(books.book(late, at("2027-04-03T10:00:00Z")).late);
    const auto page = body("/centra/zutphen/maanden/2027-03");
    CHECK(page.find(Texts::built_in().say(Language::nl, "look.late", {{"count", "1"}})) !=
          page.npos);
    CHECK(page.find("2,0\u00a0kg") != page.npos); // 3 sold, 1 there: 2 kg below zero
    CHECK(page.find("/boekingen/3") != page.npos);
    CHECK(body("/centra/zutphen/maanden/2027-04").find("look.late") == std::string::npos);
}
