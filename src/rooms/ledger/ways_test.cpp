// SPDX-License-Identifier: EUPL-1.2
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "rooms/ledger/ways.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace kringwerk;
using namespace kringwerk::ledger;

namespace {

constexpr std::string_view kinds = "number;code;room\n1;close-month;ledger\n40;place;shop\n";

std::string line_of(const Refusal& refusal) {
    for (const auto& [name, value] : refusal.arguments) {
        if (name == "line") return value;
    }
    return {};
}

void check_refused(std::string_view kinds_csv, std::string_view ways_csv, std::string_view code,
                   std::string_view line) {
    const auto read = Ways::read(kinds_csv, ways_csv);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == code);
    CHECK(line_of(read.error()) == line);
    for (const auto language : {Language::nl, Language::en}) {
        const auto words = Texts::built_in().say(language, read.error());
        CHECK_MESSAGE(words.find("reference/") != words.npos, words);
    }
}

} // namespace

TEST_CASE("every kind but a closing and a reversal has a way, and words in both languages") {
    const auto& ways = Ways::built_in();
    for (const auto& row : ways.kinds()) {
        const bool without = row.code == "close-month" || row.code == "reverse";
        CHECK_MESSAGE(ways.of(row.kind).empty() == without, row.code);
        for (const auto language : {Language::nl, Language::en}) {
            CHECK_MESSAGE(Texts::built_in().has(language, "kind." + std::string(row.code)),
                          row.code);
        }
    }
}

TEST_CASE("every place is used by some way, so that none is there for show") {
    std::set<Place> used;
    const auto& ways = Ways::built_in();
    for (const auto& row : ways.kinds()) {
        for (const auto& [from, to] : ways.of(row.kind)) used.insert({from, to});
    }
    for (const auto& row : all_places()) CHECK_MESSAGE(used.count(row.place) == 1, row.code);
}

TEST_CASE("no way leaves its book, and none but the books' own kinds leave stock unexplained") {
    const auto& ways = Ways::built_in();
    for (const auto& row : ways.kinds()) {
        for (const auto& [from, to] : ways.of(row.kind)) {
            CHECK_MESSAGE(book_of(from) == book_of(to), row.code);
            if (to != Place::unexplained) continue;
            const bool counts = row.room == "ledger" || row.code == "not-returned";
            CHECK_MESSAGE(counts, row.code);
        }
    }
}

TEST_CASE("only what may change the stream does") {
    const auto& ways = Ways::built_in();
    const Key furniture = *parse_key(Book::goods, "furniture");
    const Account from{Place::sorting, mixed};
    CHECK(ways.allows(ways.kind("sort"), from, {Place::shop, furniture}));
    CHECK(ways.allows(ways.kind("sort"), from, {Place::sorting, furniture}));
    CHECK_FALSE(ways.allows(ways.kind("sort"), from, from));
    CHECK_FALSE(ways.allows(ways.kind("place"), from, {Place::shop, furniture}));
    CHECK(ways.allows(ways.kind("place"), from, {Place::shop, mixed}));
    CHECK_FALSE(ways.allows(ways.kind("weigh-in"), {Place::sold, mixed}, {Place::sorting, mixed}));
}

TEST_CASE("a readable file with a mistake is refused with its name and the line") {
    const std::string_view ways = "kind;book;from;to;streams\nplace;goods;sorting;shop;keep\n";
    CHECK(Ways::read(kinds, ways));
    check_refused("number;code;room\n40;place;shop\n40;other;shop\n", ways, "reference.double",
                  "3");
    check_refused("number;code;room\n40;place;shop\n41;place;shop\n", ways, "reference.double",
                  "3");
    check_refused("number;code;room\n# a remark\n0;place;shop\n", ways, "reference.double", "3");
    check_refused("number;code;room\nforty;place;shop\n", ways, "reference.number", "2");
    check_refused("number;code\n", ways, "reference.columns", "1");
    const std::string head = "kind;book;from;to;streams\n\n";
    check_refused(kinds, head + "plaice;goods;sorting;shop;keep\n", "reference.unknown", "3");
    check_refused(kinds, head + "place;food;sorting;shop;keep\n", "reference.unknown", "3");
    check_refused(kinds, head + "place;goods;sorting|cellar;shop;keep\n", "reference.unknown", "3");
    check_refused(kinds, head + "place;goods;sorting;cash;keep\n", "reference.unknown", "3");
    check_refused(kinds, head + "place;goods;sorting;shop;maybe\n", "reference.unknown", "3");
    check_refused(kinds, head + "place;goods;sorting;shop\n", "reference.fields", "3");
}

TEST_CASE("every reason and every number of a kind is there once") {
    std::set<std::uint8_t> numbers;
    std::set<std::string_view> codes;
    for (const auto& row : all_reasons()) {
        CHECK_MESSAGE(numbers.insert(row.reason.number).second, row.code);
        CHECK_MESSAGE(codes.insert(row.code).second, row.code);
        CHECK(parse_reason(row.code) == row.reason);
        CHECK(code_of(row.reason) == row.code);
    }
    CHECK_FALSE(parse_reason("because"));
}
