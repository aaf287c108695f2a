// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/calendar.hpp"
#include "app/demo/plan.hpp"
#include "app/demo/till.hpp"
#include "rooms/ledger/ways.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <set>

using namespace kringwerk;
using ledger::Place;

namespace {

Day day(int year, unsigned month, unsigned number) { return make_day(year, month, number).value(); }
const auto last = day(2026, 11, 14);

std::vector<demo::Planned> plan_all(const demo::PlanRequest& request) {
    std::vector<CentreId> ids;
    for (std::size_t i = 0; i < demo::centres_of(request).size(); ++i) {
        ids.push_back({static_cast<std::int64_t>(i) + 1});
    }
    demo::Plan plan(request, ids);
    std::vector<demo::Planned> all;
    while (plan.next_day(all)) {
    }
    return all;
}

} // namespace

TEST_CASE("Easter and what hangs on it fall on the days of the calendar") {
    CHECK(demo::easter(2019) == day(2019, 4, 21));
    CHECK(demo::easter(2024) == day(2024, 3, 31));
    CHECK(demo::easter(2025) == day(2025, 4, 20));
    CHECK(demo::easter(2026) == day(2026, 4, 5));
    CHECK(demo::easter(2049) == day(2049, 4, 18));
    CHECK(demo::is_holiday(day(2026, 5, 14))); // Ascension
    CHECK(demo::is_holiday(day(2026, 5, 25))); // Whit Monday
    CHECK(demo::is_holiday(day(2025, 4, 26))); // King's Day, because the 27th is a Sunday
    CHECK(demo::is_holiday(day(2025, 5, 5)));
    CHECK_FALSE(demo::is_holiday(day(2026, 5, 5)));
    CHECK_FALSE(demo::is_holiday(day(2026, 4, 7)));
}

TEST_CASE("chance falls the same way on every machine") {
    demo::Dice dice(7, "test");
    const std::vector<std::int64_t> thrown{dice.below(1000), dice.below(1000), dice.below(6),
                                           dice.between(10, 20), dice.around(1000, 200)};
    CHECK(thrown == std::vector<std::int64_t>{775, 247, 4, 10, 1023});
    demo::Dice other(8, "test");
    CHECK(other.below(1'000'000) != demo::Dice(7, "test").below(1'000'000));
}

TEST_CASE("turnover and VAT together are the price, and cash comes out in coins") {
    const auto margin = ledger::parse_key(ledger::Book::money, "margin-global-21").value();
    CHECK(demo::parts_of({121}, margin).vat == Cents{21});
    for (std::int64_t price = 1; price < 700; ++price) {
        const auto parts = demo::parts_of({price}, margin);
        CHECK(parts.turnover + parts.vat == Cents{price});
        std::int64_t paid = 0;
        const demo::TillLine line{{1}, {500}, ledger::Basis::standard, 1, {price}, margin, nullptr};
        for (const auto& transfer : demo::till_transfers({line}, demo::Payment::cash)) {
            if (transfer.to.place == Place::cash) paid += transfer.amounts.cents.value;
            if (transfer.from.place == Place::cash) paid -= transfer.amounts.cents.value;
        }
        CHECK(paid % 5 == 0);
        CHECK(std::abs(paid - price) <= 2);
    }
}

TEST_CASE("the same seed plans the same movements, in the order of booking") {
    const demo::PlanRequest request{7, demo::Size::small, last, 0};
    const auto plan = plan_all(request);
    const auto again = plan_all(request);
    REQUIRE(plan.size() == again.size());
    std::map<CentreId, Instant> clock;
    std::set<ledger::MovementId> ids;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const auto& planned = plan[i];
        REQUIRE(planned.draft.id == again[i].draft.id);
        REQUIRE(planned.draft.transfers == again[i].draft.transfers);
        REQUIRE(planned.booked_at >= planned.draft.happened_at);
        REQUIRE(planned.booked_at >= clock[planned.draft.centre]);
        REQUIRE(planned.booked_at < local_time(last, 18 * 60));
        clock[planned.draft.centre] = planned.booked_at;
        REQUIRE(ids.insert(planned.draft.id).second);
    }
}

TEST_CASE("nobody is at work on a closed day") {
    for (const auto& planned : plan_all({7, demo::Size::small, last, 0})) {
        if (planned.draft.kind != ledger::Ways::built_in().kind("sell")) continue;
        const auto on = local_day(planned.draft.happened_at);
        REQUIRE(weekday(on) != 0);
        REQUIRE_FALSE(demo::is_holiday(on));
    }
}

TEST_CASE("the standard example has every kind of movement and six centres") {
    std::map<std::uint8_t, int> kinds;
    std::set<CentreId> centres;
    const auto plan = plan_all({7, demo::Size::standard, last, 0});
    for (const auto& planned : plan) {
        ++kinds[planned.draft.kind.number];
        centres.insert(planned.draft.centre);
    }
    for (const auto& row : ledger::Ways::built_in().kinds()) {
        CHECK_MESSAGE(kinds[row.kind.number] > 0, row.code);
    }
    CHECK(centres.size() == 6);
    CHECK(plan.size() > 135'000);
    CHECK(plan.size() < 165'000);
}

TEST_CASE("some devices send days later") {
    std::int64_t late = 0;
    for (const auto& planned : plan_all({7, demo::Size::small, last, 0})) {
        const auto waited_ms = planned.booked_at.ms - planned.draft.happened_at.ms;
        if (waited_ms < 86'400'000) continue;
        ++late;
        CHECK((!planned.device.empty() ||
               planned.draft.kind == ledger::Ways::built_in().kind("weigh-in")));
    }
    CHECK(late > 10);
}

TEST_CASE("for measuring, the plan has about as many movements as asked for") {
    const demo::PlanRequest request{7, demo::Size::bench, last, 150'000};
    const auto planned = static_cast<std::int64_t>(plan_all(request).size());
    CHECK(planned > 130'000);
    CHECK(planned < 170'000);
    CHECK(demo::centres_of({7, demo::Size::bench, last, 20'000'000}).size() > 200);
}
