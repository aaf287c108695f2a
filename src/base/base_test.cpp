// SPDX-License-Identifier: EUPL-1.2
#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/quantities.hpp"
#include "base/task.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <thread>

using namespace kringwerk;

TEST_CASE("a sum that does not fit is a bug, not another number") {
    CHECK_THROWS_AS(Grams{INT64_MAX} + Grams{1}, Bug);
    CHECK_THROWS_AS(mass_of(Pieces{INT64_MAX}, Grams{2}), Bug);
    CHECK(Grams{5} - Grams{7} == Grams{-2});
}

TEST_CASE("a UUID reads as it was written, in either case") {
    const auto id = parse_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    REQUIRE(id);
    CHECK(format_uuid(*id) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    CHECK_FALSE(parse_uuid("017f22e279b07cc398c4dc0c0c07398f"));
    CHECK_FALSE(parse_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398g"));
}

TEST_CASE("UUID version 7 begins with its moment and says its version") {
    const auto id =
        make_uuid7({0x017F22E279B0}, {0xFF, 0xC3, 0xFF, 0xC4, 0xDC, 0x0C, 0x0C, 7, 8, 9});
    CHECK(format_uuid(id) == "017f22e2-79b0-7fc3-bfc4-dc0c0c070809");
}

TEST_CASE("a derived id depends on where one part ends and the next begins") {
    const std::string_view left[] = {"ab", "c"};
    const std::string_view right[] = {"a", "bc"};
    CHECK(derive_uuid8(left) == derive_uuid8(left));
    CHECK(derive_uuid8(left) != derive_uuid8(right));
    CHECK(format_uuid(derive_uuid8(left)).at(14) == '8');
}

TEST_CASE("SHA-256 equals the standard's own example, and one object hashes many messages") {
    Sha256 hash;
    hash.bytes("abc");
    const auto expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    CHECK(hex(hash.finish()) == expected);
    hash.bytes("abc");
    CHECK(hex(hash.finish()) == expected);
    CHECK(parse_digest(expected) == sha256("abc"));
}

TEST_CASE("a day begins at midnight in Amsterdam, in winter and in summer") {
    const auto summer = parse_instant("2027-06-30T22:30:00Z");
    const auto winter = parse_instant("2027-01-31T22:30:00Z");
    REQUIRE(summer);
    REQUIRE(winter);
    CHECK(format_day(local_day(*summer)) == "2027-07-01");
    CHECK(format_day(local_day(*winter)) == "2027-01-31");
    CHECK(format_clock(*summer) == "00:30");
}

TEST_CASE("the hour that the clock skips or doubles has one moment") {
    const auto spring = *parse_day("2027-03-28");
    const auto autumn = *parse_day("2027-10-31");
    CHECK(format_instant(local_time(spring, 150)) == "2027-03-28T01:00:00.000Z");
    CHECK(format_instant(local_time(autumn, 150)) == "2027-10-31T00:30:00.000Z");
}

TEST_CASE("moments are read with any offset and written in UTC") {
    CHECK(format_instant(*parse_instant("2027-03-12T11:36:00.25+01:00")) ==
          "2027-03-12T10:36:00.250Z");
    CHECK_FALSE(parse_instant("2027-03-12T11:36:00"));
    CHECK_FALSE(parse_instant("2027-02-30T11:36:00Z"));
    CHECK_FALSE(parse_instant("2027-03-12T11:36:00+25:00"));
    CHECK_FALSE(parse_instant("2027-03-12T11:36:00.Z"));
}

TEST_CASE("every moment reads back as it was written") {
    CHECK(rc::check([] {
        const Instant moment{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)};
        RC_ASSERT(parse_instant(format_instant(moment)) == moment);
        RC_ASSERT(parse_day(format_day(local_day(moment))) == local_day(moment));
    }));
}

TEST_CASE("months count on over the years") {
    const auto month = *parse_month("2026-12");
    CHECK(format_month(month_after(month)) == "2027-01");
    CHECK(format_day(last_day(*parse_month("2028-02"))) == "2028-02-29");
    CHECK_FALSE(parse_month("2026-13"));
}

TEST_CASE("figures read as the guide says, in both languages") {
    CHECK(show_kilograms(Language::nl, Grams{2'988'650}) == "2.988,7");
    CHECK(show_kilograms(Language::en, Grams{-18'400}) == "−18.4");
    CHECK(show_kilograms(Language::nl, Grams{40}) == "0,0");
    CHECK(show_report_mass(Language::nl, Grams{9'999'400}) == "9.999\u00a0kg");
    CHECK(show_report_mass(Language::en, Grams{61'480'000'000}) == "61,480\u00a0tonnes");
    CHECK(show_money(Language::nl, Cents{1250}) == "€\u00a012,50");
    CHECK(show_permille(Language::nl, 453) == "45,3\u00a0%");
    CHECK(show_day_in_words(Language::nl, *parse_day("2027-03-12")) == "vrijdag 12 maart 2027");
}

TEST_CASE("a text fills its holes and keeps what it does not know") {
    CHECK(fill("{a} of {b}", {{"a", "1"}}) == "1 of {b}");
    CHECK(fill("open { end", {}) == "open { end");
}

namespace {

Pending<int> on_another_thread(std::thread& worker, int value) {
    auto state = std::make_shared<Pending<int>::State>();
    worker = std::thread([state, value] { state->finish(value); });
    return Pending<int>(state);
}

Task<int> doubled(std::thread& worker) { co_return 2 * co_await on_another_thread(worker, 21); }

Task<int> breaking() {
    throw Breakdown("the disk is full");
    co_return 0;
}

} // namespace

TEST_CASE("a coroutine waits for another thread and goes on where it is scheduled") {
    std::thread worker;
    CHECK(wait_for(doubled(worker)) == 42);
    worker.join();
}

TEST_CASE("what breaks in a coroutine breaks in whoever waits for it") {
    CHECK_THROWS_AS(wait_for(breaking()), Breakdown);
}
