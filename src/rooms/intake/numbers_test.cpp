// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/numbers.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::intake;

namespace {

std::int64_t grams(const char* text) {
    const auto typed = parse_typed(text, 3, "kg");
    return !typed ? -1 : typed->ambiguous ? -2 : typed->value;
}

} // namespace

TEST_CASE("kilograms are read as people type them") {
    CHECK(grams("12") == 12'000);
    CHECK(grams("12,5") == 12'500);
    CHECK(grams("12.5") == 12'500);
    CHECK(grams(" 12,5 kg ") == 12'500);
    CHECK(grams("0,350") == 350);
    CHECK(grams("0.350") == 350);
    CHECK(grams("1.250,5") == 1'250'500);
    CHECK(grams("1,250.5") == 1'250'500);
    CHECK(grams("0") == 0);
}

TEST_CASE("what may mean two things is asked, not guessed") {
    CHECK(grams("1.250") == -2);
    CHECK(grams("12.345") == -2);
    CHECK(grams("1,250") == 1'250); // a comma is a decimal comma
    CHECK(grams("1250") == 1'250'000);
}

TEST_CASE("what is no number is refused") {
    for (const auto* text : {"", "kg", "twaalf", "12,", ",5", "1,2,3", "1.2.3", "-5", "+5", "1e3",
                             "12,3456", "1 2", "0x10", "9999999999", "12,5 g", "1.25.000,5"}) {
        CAPTURE(text);
        CHECK(grams(text) == -1);
    }
}

TEST_CASE("euros have cents and no more") {
    CHECK(parse_typed("€ 12,50", 2, "€")->value == 1250);
    CHECK(parse_typed("1.250,00", 2, "€")->value == 125'000);
    CHECK(parse_typed("12", 2, "€")->value == 1200);
    CHECK(parse_typed("12,5", 2, "€")->value == 1250);
    CHECK_FALSE(parse_typed("12,555", 2, "€"));
    CHECK(parse_typed("1.250", 2, "€")->ambiguous);
}

TEST_CASE("cash is rounded to five cents, half of the way in each direction") {
    const std::int64_t expected[] = {0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10};
    for (std::int64_t cents = 0; cents <= 10; ++cents) {
        CHECK(rounded_to_five({cents}).value == expected[cents]);
    }
    CHECK(rounded_to_five({1252}).value == 1250);
    CHECK(rounded_to_five({1253}).value == 1255);
}

TEST_CASE("the VAT inside a price is 21/121, rounded half up") {
    CHECK(vat_inside({12'100}).value == 2'100);
    CHECK(vat_inside({1'250}).value == 217); // 216.94
    CHECK(vat_inside({2}).value == 0);       // 0.35
    CHECK(vat_inside({3}).value == 1);       // 0.52
    for (std::int64_t cents = 1; cents < 5'000; ++cents) {
        const auto exact = static_cast<double>(cents) * 21.0 / 121.0;
        CHECK(vat_inside({cents}).value == static_cast<std::int64_t>(exact + 0.5));
    }
}
