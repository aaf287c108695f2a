// SPDX-License-Identifier: EUPL-1.2
#include "base/internet_address.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;

namespace {

bool within(std::string_view address, std::string_view ranges) {
    return is_within(address, parse_ranges(ranges).value());
}

} // namespace

TEST_CASE("a range holds the addresses that begin as it does, to the bit") {
    CHECK(within("127.0.0.1", "127.0.0.0/8"));
    CHECK_FALSE(within("128.0.0.1", "127.0.0.0/8"));
    CHECK(within("10.20.31.255", "10.20.16.0/20"));
    CHECK_FALSE(within("10.20.32.0", "10.20.16.0/20"));
    CHECK(within("fd00:1::9", "fd00:1::/32"));
    CHECK_FALSE(within("fd00:2::9", "fd00:1::/32"));
    CHECK(within("8.8.8.8", "0.0.0.0/0"));
    CHECK_FALSE(within("::1", "0.0.0.0/0"));
    CHECK(within("::1", "::/0"));
}

TEST_CASE("an address alone is a range of one, and any of several will do") {
    CHECK(within("::1", "127.0.0.0/8, ::1"));
    CHECK_FALSE(within("::2", "127.0.0.0/8, ::1"));
    CHECK(within("192.168.1.20", "192.168.1.20"));
    CHECK_FALSE(within("192.168.1.21", "192.168.1.20"));
}

TEST_CASE("an IPv4 address is the same one inside IPv6") {
    CHECK(within("::ffff:127.0.0.1", "127.0.0.0/8"));
    CHECK(within("10.0.0.7", "::ffff:10.0.0.0/104"));
}

TEST_CASE("what is no address is in no range") {
    for (const auto* const text :
         {"", "admin", "unix", "127.0.0.1:80", "127.0.1", "fe80::1%eth0"}) {
        CHECK_MESSAGE(!within(text, "0.0.0.0/0, ::/0"), text);
    }
    CHECK_FALSE(within("127.0.0.1", ""));
}

TEST_CASE("a range that cannot be read is refused with its text") {
    for (const auto* const text :
         {"house", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", ","}) {
        const auto ranges = parse_ranges(text);
        REQUIRE_MESSAGE(!ranges, text);
        CHECK(ranges.error().code == "config.not_a_network");
    }
    CHECK(parse_ranges("10.0.0.0/8, huis").error().arguments.front().second == "huis");
}
