// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/monitor_testing.hpp"

#include <rapidcheck.h>

using namespace kringwerk;
using namespace kringwerk::monitor;
using namespace kringwerk::monitor::testing;

namespace {

Days days(std::string_view first, std::string_view last) {
    return {*parse_day(first), *parse_day(last)};
}

} // namespace

TEST_CASE("a day, a month, a year and two days with a dot are periods") {
    CHECK(parse_days("2027-03-12") == days("2027-03-12", "2027-03-12"));
    CHECK(parse_days("2027-03") == days("2027-03-01", "2027-03-31"));
    CHECK(parse_days("2027") == days("2027-01-01", "2027-12-31"));
    CHECK(parse_days("2027-03-12.2027-04-01") == days("2027-03-12", "2027-04-01"));
}

TEST_CASE("a leap day is a day in a leap year only, and February ends with it") {
    CHECK(parse_days("2028-02-29") == days("2028-02-29", "2028-02-29"));
    CHECK_FALSE(parse_days("2027-02-29"));
    CHECK(parse_days("2028-02") == days("2028-02-01", "2028-02-29"));
    CHECK(parse_days("2027-02") == days("2027-02-01", "2027-02-28"));
    CHECK(parse_days("2000-02")->last == *parse_day("2000-02-29"));
}

TEST_CASE("what is no period is none") {
    for (const auto* wrong :
         {"", "gisteren", "2027-13", "2027-00", "2027-04-31", "2027-3-1", "27", "20270", "1989",
          "2201", "2027-03-12.", ".2027-03-12", "2027-03-12.2027-03-11", "2027-03.2027-04",
          "2027-03-12 ", "2027-03-12.2027-03-13.2027-03-14", "-2027", "2027-03-12T10:00"}) {
        CHECK_FALSE_MESSAGE(parse_days(wrong), wrong);
    }
}

TEST_CASE("each period is written in its shortest spelling and read back the same") {
    CHECK(write_days(days("2027-03-12", "2027-03-12")) == "2027-03-12");
    CHECK(write_days(days("2027-04-01", "2027-04-30")) == "2027-04");
    CHECK(write_days(days("2027-01-01", "2027-12-31")) == "2027");
    CHECK(write_days(days("2026-12-31", "2027-01-01")) == "2026-12-31.2027-01-01");
    rc::check("any two days", [] {
        const Day first{*rc::gen::inRange(8'000, 60'000)};
        const Days some{first, day_after(first, *rc::gen::inRange(0, 800))};
        RC_ASSERT(parse_days(write_days(some)) == some);
    });
}

TEST_CASE_FIXTURE(AtMonitor, "a month holds its first and last day and nothing beside them") {
    book("weigh-in", "2027-02-28T22:59:59Z", {goods(Place::donated, Place::shop, 1'000)}); // 23:59
    book("weigh-in", "2027-02-28T23:00:00Z",
         {goods(Place::donated, Place::shop, 2'000)}); // 1 March
    book("weigh-in", "2027-03-31T21:59:59Z", {goods(Place::donated, Place::shop, 4'000)}); // summer
    book("weigh-in", "2027-03-31T22:00:00Z",
         {goods(Place::donated, Place::shop, 8'000)}); // 1 April
    const auto centre = (*monitor.totals.now())[0];
    const auto in = [&](std::string_view month) {
        return centre->over(*parse_month(month), *parse_month(month)).collected.total();
    };
    CHECK(in("2027-02") == Grams{1'000});
    CHECK(in("2027-03") == Grams{6'000});
    CHECK(in("2027-04") == Grams{8'000});
    CHECK(body("/centra/zutphen/maanden/2027-03").find("6,0") != std::string::npos);
}

TEST_CASE_FIXTURE(AtMonitor, "pages of days and months that do not exist are not there") {
    for (const auto* wrong :
         {"dagen/2027-02-29", "dagen/2027-04-31", "dagen/vandaag", "dagen/2027-04",
          "maanden/2027-13", "maanden/2027-04-01", "maanden/maart"}) {
        body("/centra/zutphen/" + std::string(wrong), 404);
    }
    body("/centra/zutphen/dagen/2028-02-29");
    body("/centra/zutphen/maanden/2028-02");
    body("/centra/nergens/dagen/2027-03-12", 404);
}

TEST_CASE_FIXTURE(AtMonitor, "the network is asked about a year or the last twelve months") {
    book("weigh-in", "2026-03-10T10:00:00Z", {goods(Place::donated, Place::shop, 1'000)});
    book("weigh-in", "2027-02-10T10:00:00Z", {goods(Place::donated, Place::shop, 2'000)});
    const auto asked = [&](std::string_view target) {
        http::Request request;
        request.target = target;
        request.query = people::testing::Visitor::pairs_of(target);
        const PageOf page(monitor, request);
        const auto period = period_of(page, monitor.totals.now());
        return std::tuple(format_month(period.first), format_month(period.last), period.code);
    };
    CHECK(asked("/") == std::tuple("2027-01", "2027-12", "2027"));
    CHECK(asked("/?periode=2026") == std::tuple("2026-01", "2026-12", "2026"));
    CHECK(asked("/?periode=12") == std::tuple("2026-03", "2027-02", "12"));
    for (const auto* wrong : {"/?periode=", "/?periode=20267", "/?periode=1066", "/?periode=nu"}) {
        CHECK(std::get<2>(asked(wrong)) == "2027");
    }
}

TEST_CASE_FIXTURE(
    AtMonitor, "a year is compared with as much of the year before, and only when that is whole") {
    book("weigh-in", "2026-01-10T10:00:00Z", {goods(Place::donated, Place::shop, 1'000)});
    book("weigh-in", "2026-05-10T10:00:00Z", {goods(Place::donated, Place::shop, 64'000)});
    book("weigh-in", "2027-02-10T10:00:00Z", {goods(Place::donated, Place::shop, 2'000)});
    const auto totals = monitor.totals.now();
    const Period year{*parse_month("2027-01"), *parse_month("2027-12"), "2027", ""};
    REQUIRE(year_before(totals, year));
    CHECK(year_before(totals, year)->collected.total() == Grams{1'000}); // January and February
    const Period first{*parse_month("2026-01"), *parse_month("2026-12"), "2026", ""};
    CHECK_FALSE(year_before(totals, first));
}
