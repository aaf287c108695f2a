// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/json.hpp"

#include "rooms/ledger/rules.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::ledger;

namespace {

Result<Sent> parsed(std::string_view transfers) {
    const auto text = R"({"id": "01957f2a-0000-7000-8000-000000000001", "kind": "sell",
        "happened_at": "2027-03-12T10:01:00Z", "transfers": [)" +
                      std::string(transfers) + "]}";
    return parse_movement(boost::json::parse(text), CentreId{3});
}

Key key(Book book, std::string_view code) { return *parse_key(book, code); }

} // namespace

TEST_CASE("one key serves both sides of goods, and each side may have its own") {
    const auto one = parsed(R"({"book": "goods", "from": "shop", "to": "sold", "key": "toys",
        "grams": 5, "basis": "measured"})");
    REQUIRE(one);
    CHECK(one->draft.transfers.at(0).from == Account{Place::shop, key(Book::goods, "toys")});
    CHECK(one->draft.transfers.at(0).to == Account{Place::sold, key(Book::goods, "toys")});
    const auto two = parsed(R"({"book": "goods", "from": "sorting", "to": "shop",
        "from_key": "mixed", "to_key": "toys", "grams": 5, "basis": "measured"})");
    REQUIRE(two);
    CHECK(two->draft.transfers.at(0).from.key == mixed);
    CHECK(two->draft.transfers.at(0).to.key == key(Book::goods, "toys"));
}

TEST_CASE("money says its own means; only turnover and VAT need a key") {
    const auto sale = parsed(R"({"book": "money", "from": "turnover", "to": "card",
        "from_key": "normal-21", "cents": 100})");
    REQUIRE(sale);
    CHECK(sale->draft.transfers.at(0).from.key == key(Book::money, "normal-21"));
    CHECK(sale->draft.transfers.at(0).to.key == key(Book::money, "card"));
    const auto short_sale = parsed(R"({"book": "money", "from": "vat", "to": "cash",
        "key": "normal-21", "cents": 100})");
    REQUIRE(short_sale);
    CHECK(short_sale->draft.transfers.at(0).to.key == key(Book::money, "cash"));
    const auto purchase =
        parsed(R"({"book": "money", "from": "cash", "to": "purchase", "cents": 100})");
    REQUIRE(purchase);
    CHECK(purchase->draft.transfers.at(0).to.key == key(Book::money, "cash"));
    const auto without =
        parsed(R"({"book": "money", "from": "turnover", "to": "cash", "cents": 100})");
    REQUIRE_FALSE(without);
    CHECK(without.error().fields.at(0).field == "transfers[0].from_key");
    CHECK(without.error().fields.at(0).code == "fields.missing");
}

TEST_CASE("time needs no key, and the same word is another place in another book") {
    const auto hours =
        parsed(R"({"book": "time", "from": "volunteer", "to": "shop", "minutes": 30})");
    REQUIRE(hours);
    CHECK(hours->draft.transfers.at(0).to == Account{Place::at_shop, no_key});
}

TEST_CASE("a wrong book is one complaint, not one for each place too") {
    const auto wrong = parsed(R"({"book": "boek", "from": "shop", "to": "sold", "key": "toys"})");
    REQUIRE_FALSE(wrong);
    REQUIRE(wrong.error().fields.size() == 1);
    CHECK(wrong.error().fields.at(0).field == "transfers[0].book");
}

TEST_CASE("what stands in the books reads back as the request that booked it") {
    for (const auto& place : all_places()) {
        for (const auto& row : all_keys()) {
            if (row.book != place.book) continue;
            Movement movement;
            movement.id = *MovementId::parse("01957f2a-0000-7000-8000-000000000001");
            movement.centre = {3};
            movement.kind = Ways::built_in().kind("sell");
            movement.happened_at = {1'804'847'760'123};
            Transfer transfer;
            transfer.from = transfer.to = {place.place, row.key};
            if (row.book == Book::goods) transfer.amounts.pieces = {2};
            if (row.book == Book::money) transfer.amounts.cents = {3};
            if (row.book == Book::time) transfer.amounts.minutes = {4};
            movement.transfers = {transfer};
            auto shown = to_json(movement);
            for (const auto* const added : {"centre", "booked_at", "effective_on", "late", "role",
                                            "actor", "sequence", "previous", "hash"}) {
                CHECK(shown.erase(added) == 1);
            }
            const auto again = parse_movement(shown, CentreId{3});
            REQUIRE(again);
            CHECK(same_request(again->draft, movement));
        }
    }
}

TEST_CASE("the actor is a text, for a script would round the number") {
    Movement movement;
    movement.kind = Ways::built_in().kind("reverse");
    movement.actor = (std::int64_t{1} << 56) - 1;
    CHECK(to_json(movement).at("actor") == "72057594037927935");
}
