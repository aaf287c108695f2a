// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/keep_rules.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::backup;

namespace {

/// One backup at half past two on each of so many days, up to and with 31 December 2027, a Friday.
std::vector<Made> one_a_day(int days) {
    std::vector<Made> made;
    const auto last = *make_day(2027, 12, 31);
    for (int back = days - 1; back >= 0; --back) {
        const auto day = day_after(last, -back);
        made.push_back({format_day(day), local_time(day, 150)});
    }
    return made;
}

using Kept = std::set<std::string>;

} // namespace

TEST_CASE("the last ones stay, and the newest always does") {
    CHECK(to_keep(one_a_day(9), {2, 0, 0, 0}) == Kept{"2027-12-30", "2027-12-31"});
    CHECK(to_keep(one_a_day(9), {0, 0, 0, 0}) == Kept{"2027-12-31"});
    CHECK(to_keep({}, {3, 7, 5, 12}).empty());
}

TEST_CASE("of each day the newest one stays, and days without one do not count") {
    const auto noon = local_time(*make_day(2027, 12, 20), 720);
    const auto night = local_time(*make_day(2027, 12, 20), 150);
    const auto old = local_time(*make_day(2027, 11, 2), 150);
    CHECK(to_keep({{"noon", noon}, {"night", night}, {"old", old}}, {1, 2, 0, 0}) ==
          Kept{"noon", "old"});
}

TEST_CASE("of each week, from Monday, and of each month the newest one stays") {
    CHECK(to_keep(one_a_day(40), {1, 0, 3, 0}) == Kept{"2027-12-31", "2027-12-26", "2027-12-19"});
    CHECK(to_keep(one_a_day(100), {1, 0, 0, 3}) == Kept{"2027-12-31", "2027-11-30", "2027-10-31"});
}

TEST_CASE("a day is a day of Amsterdam, also around midnight") {
    // 23:30 UTC on the 30th is half past midnight on the 31st.
    const Made late{"late", *parse_instant("2027-12-30T23:30:00Z")};
    const Made morning{"morning", *parse_instant("2027-12-31T08:00:00Z")};
    CHECK(to_keep({late, morning}, {1, 5, 0, 0}) == Kept{"morning"});
}
