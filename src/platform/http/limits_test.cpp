// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/limits.hpp"

#include "base/ensure.hpp"
#include "platform/http/number.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <set>

using namespace kringwerk::http;
using namespace std::chrono_literals;

TEST_CASE("a client may ask as often as a minute allows, then as fast as the bucket fills") {
    RateLimits limits;
    const Clock::time_point start{100s};
    for (int i = 0; i < 6; ++i) CHECK_FALSE(limits.take(1, "192.0.2.1", 6, start));
    CHECK(limits.take(1, "192.0.2.1", 6, start) == 10);
    CHECK(limits.take(1, "192.0.2.1", 6, start + 4s) == 6);
    CHECK_FALSE(limits.take(1, "192.0.2.1", 6, start + 10s));
    CHECK(limits.take(1, "192.0.2.1", 6, start + 10s) == 10);
}

TEST_CASE("routes and clients are counted apart, and no limit is no limit") {
    RateLimits limits;
    const Clock::time_point start{100s};
    CHECK_FALSE(limits.take(1, "192.0.2.1", 1, start));
    CHECK(limits.take(1, "192.0.2.1", 1, start));
    CHECK_FALSE(limits.take(2, "192.0.2.1", 1, start));
    CHECK_FALSE(limits.take(1, "192.0.2.2", 1, start));
    for (int i = 0; i < 1000; ++i) CHECK_FALSE(limits.take(3, "192.0.2.1", 0, start));
}

TEST_CASE("an IPv6 client is its network, for it may choose the rest anew each time") {
    CHECK(client_of("2001:db8:1:2:3:4:5:6") == client_of("2001:db8:1:2::1"));
    CHECK(client_of("2001:db8:1:2::1") != client_of("2001:db8:1:3::1"));
    CHECK(client_of("192.0.2.1") == "192.0.2.1");
}

TEST_CASE("who was quiet for a minute is forgotten") {
    RateLimits limits;
    const Clock::time_point start{100s};
    for (int i = 0; i < 100; ++i) CHECK_FALSE(limits.take(1, "a" + std::to_string(i), 5, start));
    CHECK(limits.remembered() == 100);
    CHECK_FALSE(limits.take(1, "b", 5, start + 61s));
    CHECK(limits.remembered() == 1);
}

TEST_CASE("of what there is one client gets its share, all together no more than all of it") {
    Shares room(10, 6);
    CHECK(room.take("a", 6));
    CHECK_FALSE(room.take("a", 1));
    CHECK_FALSE(room.take("b", 5));
    CHECK(room.take("b", 4));
    CHECK_FALSE(room.take("c", 1));
    CHECK_FALSE(room.take("c", std::numeric_limits<std::size_t>::max()));
    room.give_back("a", 5);
    CHECK(room.take("c", 5));
    CHECK(room.held() == 10);
    CHECK_THROWS_AS(room.give_back("a", 2), kringwerk::Bug);
}

TEST_CASE("request numbers are eight clear characters and do not repeat") {
    Numbers numbers(852'891'037'400); // close to where it begins again
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) {
        const auto number = numbers.next();
        CHECK(number.size() == 8);
        CHECK(number.find_first_of("01ilo") == number.npos);
        CHECK(seen.insert(number).second);
    }
    CHECK(Numbers().next() != Numbers().next());
}
