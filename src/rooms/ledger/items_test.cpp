// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/items.hpp"

#include "base/words.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

using namespace kringwerk;
using namespace kringwerk::ledger;

namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// Small and large issuers and numbers alike.
ItemId any_item() {
    const auto centre_bits = *rc::gen::inRange(1, 22);
    const auto number_bits = *rc::gen::inRange(1, 40);
    const auto issuer = *rc::gen::inRange<std::int64_t>(1, std::int64_t{1} << centre_bits);
    const auto number = *rc::gen::inRange<std::int64_t>(1, std::int64_t{1} << number_bits);
    return make_item({issuer}, number);
}

} // namespace

TEST_CASE("a code on a label reads back as its item, however it is typed") {
    CHECK(rc::check([] {
        const auto item = any_item();
        auto code = code_of(item);
        RC_ASSERT(parse_item(code) == item);
        code = lower(code);
        RC_ASSERT(parse_item(code) == item);
        std::replace(code.begin(), code.end(), '-', ' ');
        RC_ASSERT(parse_item(code) == item);
    }));
}

TEST_CASE("any one wrong sign of a code is noticed") {
    CHECK(rc::check([] {
        const auto code = code_of(any_item());
        for (std::size_t at = 0; at < code.size(); ++at) {
            if (code[at] == '-') continue;
            for (const char sign : alphabet) {
                if (sign == code[at]) continue;
                auto wrong = code;
                wrong[at] = sign;
                RC_ASSERT(parse_item(wrong) == std::nullopt);
            }
        }
    }));
}

TEST_CASE("any two neighbours of a code that changed places are noticed, also across a dash") {
    CHECK(rc::check([] {
        const auto code = code_of(any_item());
        std::vector<std::size_t> signs;
        for (std::size_t at = 0; at < code.size(); ++at) {
            if (code[at] != '-') signs.push_back(at);
        }
        for (std::size_t i = 1; i < signs.size(); ++i) {
            auto wrong = code;
            std::swap(wrong[signs[i - 1]], wrong[signs[i]]);
            if (wrong != code) RC_ASSERT(parse_item(wrong) == std::nullopt);
        }
    }));
}

TEST_CASE("signs that look like others are in no code, and nonsense is none") {
    CHECK(rc::check([] {
        const auto code = code_of(any_item());
        RC_ASSERT(code.find_first_of("01ILO") == std::string::npos);
    }));
    for (const std::string_view text : {"", "-", "3K", "3K-", "3K-2B7-", "1K-2222-2", "3K-22O2-9",
                                        "3K-2B7-9-9-9-9-9-9-9-9-9-9-9-9-9-9-9-9-9-9", "é"}) {
        CHECK_MESSAGE(parse_item(text) == std::nullopt, text);
    }
}

TEST_CASE("without a dash the prefix has its two usual signs") {
    const auto item = make_item({3}, 7);
    auto code = code_of(item);
    std::erase(code, '-');
    CHECK(parse_item(code) == item);
    CHECK(issuer_of(item) == CentreId{3});
    CHECK(number_of(item) == 7);
}
