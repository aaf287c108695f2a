// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/books_testing.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace kringwerk;
using namespace kringwerk::ledger;
using namespace kringwerk::ledger::testing;
using enum Place;

namespace {

const ItemId kettle = make_item({3}, 7);

/// Eleven movements with all that may stand in books: three books, an item, a reversal, a closed
/// month and what came late for it.
void fill(Books& books) {
    books.book(books.draft("weigh-in", "2027-03-12T10:00:00Z", {goods(donated, sorting, 12'500)}));
    books.book(books.draft("sort", "2027-03-12T11:00:00Z", {goods(sorting, shop, 9'000)}));
    books.book(books.draft(
        "sell", "2027-03-13T11:00:00Z",
        {goods(shop, sold, 4'000, 1), money(turnover, "margin-global-21", cash, "cash", 1'250)}));
    books.book(books.draft("weigh-in", "2027-03-14T11:00:00Z",
                           {known_thing(donated, workshop, kettle)})); // 4
    books.book(books.draft("refurbish", "2027-03-15T11:00:00Z",
                           {known_thing(workshop, shop, kettle)})); // 5
    const auto wrong = books.book(
        books.draft("weigh-in", "2027-03-16T11:00:00Z", {goods(donated, sorting, 99'000)})); // 6
    books.book(books.reversal(wrong.id, "2027-03-17T11:00:00Z"));                            // 7
    books.book(books.closing("2027-03", "2027-04-02T09:00:00Z"));                            // 8
    books.book(books.draft("weigh-in", "2027-03-30T11:00:00Z", {goods(yard, sorting, 700)}),
               at("2027-04-03T09:00:00Z")); // 9, late
    books.book(
        books.draft("sell", "2027-04-04T11:00:00Z", {known_thing(shop, sold, kettle)})); // 10
    books.book(
        books.draft("sell", "2027-04-04T11:05:00Z", {known_thing(shop, sold, kettle)})); // 11
}

Finding finding_after(const std::string& sql) {
    Books books;
    fill(books);
    REQUIRE_FALSE(books.verify().wrong);
    REQUIRE(books.tamper(sql) == 1);
    const auto wrong = books.verify().wrong;
    REQUIRE(wrong);
    CHECK(wrong->centre == books.centre);
    return *wrong;
}

Finding finding_after_forging(const std::string& sql) {
    Books books;
    fill(books);
    books.forge(sql);
    const auto wrong = books.verify().wrong;
    REQUIRE(wrong);
    return *wrong;
}

std::string argument(const Finding& finding, std::string_view name) {
    for (const auto& [known, value] : finding.arguments) {
        if (known == name) return value;
    }
    return {};
}

/// Code, sequence, and that both languages have words without a hole for it.
void check_is(const Finding& finding, std::string_view code, std::int64_t sequence) {
    CHECK(finding.code == code);
    CHECK(finding.sequence == sequence);
    for (const auto language : {Language::nl, Language::en}) {
        const auto words = say(Texts::built_in(), language, finding);
        CHECK_MESSAGE(words.find("verify.") == words.npos, words);
        CHECK_MESSAGE(words.find('{') == words.npos, words);
    }
}

} // namespace

TEST_CASE("whole books are found whole, and counted") {
    Books books;
    CHECK_FALSE(books.verify().wrong);
    fill(books);
    std::int64_t told = 0;
    const auto verified =
        books.read([&](Snapshot& view) { return verify(view, [&](const Replayed&) { ++told; }); });
    CHECK_FALSE(verified.wrong);
    CHECK(verified.replayed.centres == 1);
    CHECK(verified.replayed.movements == 11);
    CHECK(verified.replayed.transfers == 11);
    CHECK(verified.replayed.bytes > 11 * 150);
    CHECK(told == 1);
}

TEST_CASE("a changed transfer, a changed movement and a changed hash are named by their sequence") {
    check_is(finding_after("UPDATE ledger_transfer SET grams = grams + 1 WHERE sequence = 2"),
             "hash_differs", 2);
    check_is(finding_after("UPDATE ledger_transfer SET to_place = 23 WHERE sequence = 5"),
             "hash_differs", 5);
    check_is(finding_after("UPDATE ledger_movement SET actor = 77 WHERE sequence = 9"),
             "hash_differs", 9);
    check_is(finding_after("UPDATE ledger_movement SET hash = zeroblob(32) WHERE sequence = 4"),
             "hash_differs", 4);
    check_is(finding_after("UPDATE ledger_movement SET late = 0 WHERE sequence = 9"),
             "hash_differs", 9);
}

TEST_CASE("a changed column that is cut to its size when it is read is noticed too") {
    check_is(finding_after("UPDATE ledger_movement SET kind = kind + 256 WHERE sequence = 1"),
             "movement_unreadable", 1);
    check_is(finding_after("UPDATE ledger_movement SET reference_centre = 5 WHERE sequence = 1"),
             "movement_unreadable", 1);
    check_is(finding_after("UPDATE ledger_movement SET note = x'00' WHERE sequence = 1"),
             "movement_unreadable", 1);
    check_is(finding_after("UPDATE ledger_transfer SET to_key = to_key + 256 WHERE sequence = 1"),
             "transfer_unreadable", 1);
}

TEST_CASE("a missing movement, a missing line and a line too many are named") {
    const auto gap = finding_after("DELETE FROM ledger_movement WHERE sequence = 5");
    check_is(gap, "gap", 5);
    CHECK(argument(gap, "next") == "6");
    const auto line = finding_after("DELETE FROM ledger_transfer WHERE sequence = 3 AND line = 1");
    check_is(line, "transfer_missing", 3);
    CHECK(argument(line, "line") == "1");
    check_is(finding_after("DELETE FROM ledger_transfer WHERE sequence = 3 AND line = 2"),
             "hash_differs", 3);
    const std::string copy =
        "INSERT INTO ledger_transfer SELECT centre, {}, {}, from_place, from_key, to_place, to_key,"
        " grams, pieces, cents, minutes, basis, category, batch, item, oddity FROM ledger_transfer"
        " WHERE sequence = 1";
    check_is(finding_after(fmt::format(fmt::runtime(copy), 1, 2)), "hash_differs", 1);
    check_is(finding_after(fmt::format(fmt::runtime(copy), 1, 0)), "transfer_extra", 1);
    check_is(finding_after(fmt::format(fmt::runtime(copy), 0, 1)), "transfer_extra", 0);
    check_is(finding_after(fmt::format(fmt::runtime(copy), 12, 1)), "transfer_extra", 12);
}

TEST_CASE("a head that is not the end of the chain is named") {
    check_is(finding_after("DELETE FROM ledger_movement WHERE sequence = 11"), "transfer_extra",
             11);
    check_is(finding_after("UPDATE ledger_head SET sequence = 12"), "head_differs", 11);
    check_is(finding_after("UPDATE ledger_head SET hash = zeroblob(32)"), "head_differs", 11);
    check_is(finding_after("UPDATE ledger_head SET closed_month = 0"), "head_closed_differs", 11);
    check_is(finding_after("DELETE FROM ledger_head"), "head_missing", 11);
}

TEST_CASE("a number of a thing that the centre would give out again is named") {
    const auto finding = finding_after("UPDATE ledger_head SET items_issued = 6");
    check_is(finding, "head_items_differs", 0);
    CHECK(argument(finding, "item") == code_of(kettle));
    CHECK(argument(finding, "found") == "6");
}

TEST_CASE("a balance that differs, is missing or has no movements is named by its account") {
    const auto differs = finding_after(
        "UPDATE ledger_balance SET grams = grams - 5 WHERE place = 24 AND account_key = 1");
    check_is(differs, "balance_differs", 0);
    CHECK(argument(differs, "place") == "goods.shop");
    CHECK(argument(differs, "key") == "furniture");
    CHECK(argument(differs, "amount") == "grams");
    CHECK(argument(differs, "expected") == "5000");
    CHECK(argument(differs, "found") == "4995");
    CHECK(say(Texts::built_in(), Language::en, differs).find("goods.shop") == std::string::npos);
    const auto missing = finding_after("DELETE FROM ledger_balance WHERE place = 60");
    check_is(missing, "balance_missing", 0);
    CHECK(argument(missing, "place") == "money.cash");
    const auto extra = finding_after("INSERT INTO ledger_balance VALUES (3, 24, 9, 1, 0, 0, 0)");
    check_is(extra, "balance_extra", 0);
    CHECK(argument(extra, "key") == "construction");
}

TEST_CASE("sums of a centre without any movement are named too") {
    Books books;
    fill(books);
    REQUIRE(books.tamper("INSERT INTO ledger_balance VALUES (9, 24, 9, 1, 0, 0, 0)") == 1);
    const auto wrong = books.verify().wrong;
    REQUIRE(wrong);
    CHECK(wrong->code == "balance_extra");
    CHECK(wrong->centre == CentreId{9});
}

TEST_CASE("sums of days and months are named by their whole key") {
    for (const std::string_view period : {"day", "month"}) {
        const auto table = fmt::format("ledger_flow_{}", period);
        const auto where =
            std::string(" WHERE from_place = 1 AND to_place = 22 AND category = 4 AND basis = 1");
        for (const auto& [code, sql] :
             {std::pair{"differs", "UPDATE " + table + " SET transfers = 2" + where},
              {"missing", "DELETE FROM " + table + where},
              {"extra", "INSERT INTO " + table + " SELECT centre, " + std::string(period) +
                            ", from_place, from_key, to_place, to_key, 5, basis, grams, pieces,"
                            " cents, minutes, transfers FROM " +
                            table + where}}) {
            const auto finding = finding_after(sql);
            check_is(finding, fmt::format("flow_{}_{}", period, code), 0);
            CHECK(argument(finding, "centre") == "3");
            CHECK(argument(finding, period) == (period == "day" ? "2027-03-14" : "2027-03"));
            CHECK(argument(finding, "from") == "goods.donated");
            CHECK(argument(finding, "from_key") == "electrical");
            CHECK(argument(finding, "to") == "goods.workshop");
            CHECK(argument(finding, "to_key") == "electrical");
            CHECK(argument(finding, "category") == (std::string_view(code) == "extra" ? "5" : "4"));
            CHECK(argument(finding, "basis") == "measured");
        }
    }
}

TEST_CASE("an item in another place, category, missing or too many is named by its code") {
    const auto differs = finding_after("UPDATE ledger_item SET place = 24");
    check_is(differs, "item_differs", 0);
    CHECK(argument(differs, "item") == code_of(kettle));
    CHECK(argument(differs, "found") == "goods.shop");
    CHECK(argument(differs, "expected") == "goods.sold");
    check_is(finding_after("UPDATE ledger_item SET category = 5"), "item_category_differs", 0);
    check_is(finding_after("UPDATE ledger_item SET stream = 5"), "item_differs", 0);
    check_is(finding_after("DELETE FROM ledger_item"), "item_missing", 0);
    check_is(finding_after(fmt::format(
                 "INSERT INTO ledger_item VALUES (3, {}, 1, 24, 1, 0, 0, 0, 0)", kettle.value + 1)),
             "item_extra", 0);
}

TEST_CASE("who writes every hash anew is caught by the rules of the books") {
    check_is(finding_after_forging("UPDATE ledger_movement SET kind = 200 WHERE sequence = 1"),
             "kind_unknown", 1);
    check_is(finding_after_forging("UPDATE ledger_movement SET kind = 42 WHERE sequence = 1"),
             "no_such_way", 1);
    check_is(finding_after_forging("UPDATE ledger_transfer SET to_place = 40 WHERE sequence = 1"),
             "no_such_way", 1);
    check_is(finding_after_forging("UPDATE ledger_movement SET closes = 24327 WHERE sequence = 1"),
             "form_wrong", 1);
    check_is(finding_after_forging("UPDATE ledger_movement SET effective_on = effective_on - 1 "
                                   "WHERE sequence = 3"),
             "day_wrong", 3);
    check_is(finding_after_forging("UPDATE ledger_movement SET late = 1 WHERE sequence = 3"),
             "late_extra", 3);
    check_is(finding_after_forging("UPDATE ledger_movement SET late = 0 WHERE sequence = 9"),
             "late_missing", 9);
    check_is(finding_after_forging("UPDATE ledger_movement SET effective_on = effective_on - 3, "
                                   "late = 0 WHERE sequence = 9"),
             "counts_in_closed_month", 9);
    check_is(finding_after_forging("UPDATE ledger_movement SET closes = closes + 1 "
                                   "WHERE sequence = 8"),
             "closed_too_early", 8);
    check_is(finding_after_forging("UPDATE ledger_movement SET reverses = zeroblob(16) "
                                   "WHERE sequence = 7"),
             "reverses_nothing", 7);
    check_is(finding_after_forging("UPDATE ledger_transfer SET grams = 98000 WHERE sequence = 7"),
             "not_mirrored", 7);
    check_is(finding_after_forging("UPDATE ledger_transfer SET oddity = 0 WHERE sequence = 11"),
             "oddity_missing", 11);
    check_is(finding_after_forging("UPDATE ledger_transfer SET oddity = 1 WHERE sequence = 10"),
             "oddity_wrong", 10);
    check_is(finding_after_forging("UPDATE ledger_transfer SET oddity = 2 WHERE sequence = 1"),
             "oddity_wrong", 1);
}

TEST_CASE("a second reversal and a second closing are caught though their hashes fit") {
    Books books;
    fill(books);
    const auto again = books.book(
        books.draft("weigh-in", "2027-04-05T11:00:00Z", {goods(donated, sorting, 99'000)}));
    books.book(books.reversal(again.id, "2027-04-05T12:00:00Z")); // 13
    books.tamper("DROP INDEX ledger_movement_reverses");
    books.forge("UPDATE ledger_movement SET reverses = (SELECT id FROM ledger_movement "
                "WHERE sequence = 6) WHERE sequence = 13");
    const auto twice = books.verify().wrong;
    REQUIRE(twice);
    check_is(*twice, "reversed_twice", 13);

    Books others;
    fill(others);
    others.book(others.closing("2027-04", "2027-05-02T09:00:00Z"));
    others.forge("UPDATE ledger_movement SET closes = closes - 1 WHERE sequence = 12");
    const auto closed = others.verify().wrong;
    REQUIRE(closed);
    check_is(*closed, "closed_already", 12);
}

TEST_CASE("books are verified while others write in them") {
    Books books;
    fill(books);
    std::thread writer([&] {
        for (int i = 0; i < 300; ++i) {
            books.book(
                books.draft("weigh-in", "2027-05-12T10:00:00Z", {goods(donated, sorting, 5)}));
        }
    });
    for (int i = 0; i < 20; ++i) CHECK_FALSE(books.verify().wrong);
    writer.join();
    const auto verified = books.verify();
    CHECK_FALSE(verified.wrong);
    CHECK(verified.replayed.movements == 311);
}
