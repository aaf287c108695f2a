// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/rules.hpp"

#include "rooms/ledger/books_testing.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kringwerk;
using namespace kringwerk::ledger;
using namespace kringwerk::ledger::testing;
using enum Place;

namespace {

Draft draft_of(std::string_view code, std::vector<Transfer> transfers) {
    Draft draft;
    draft.id = id_of(1);
    draft.centre = {3};
    draft.kind = kind(code);
    draft.happened_at = at("2027-03-12T10:00:00Z");
    draft.transfers = std::move(transfers);
    return draft;
}

std::string verdict(const Draft& draft, const people::Caller& caller = everybody()) {
    const auto checked = check(draft, caller, Ways::built_in());
    if (checked) return "allowed";
    return checked.error().code;
}

/// What is wrong with the only transfer.
std::string verdict_on(std::string_view code, const Transfer& transfer) {
    const auto checked = check(draft_of(code, {transfer}), everybody(), Ways::built_in());
    if (checked) return "allowed";
    CHECK(checked.error().code == "ledger.wrong_transfers");
    REQUIRE(checked.error().fields.size() == 1);
    CHECK(checked.error().fields[0].field == "transfers[0]");
    const auto wrong = checked.error().fields[0].code;
    CHECK_MESSAGE(Texts::built_in().has(Language::nl, "refusal." + wrong), wrong);
    CHECK_MESSAGE(Texts::built_in().has(Language::en, "refusal." + wrong), wrong);
    return wrong;
}

Transfer weighed() { return goods(donated, sorting, 1'000); }

Day day(std::string_view text) { return *parse_day(text); }
Month month(std::string_view text) { return *parse_month(text); }

} // namespace

TEST_CASE("a movement needs a centre, a kind that was granted and an id, in this order") {
    auto elsewhere = everybody();
    elsewhere.grants[0].centre = CentreId{4};
    elsewhere.grants[0].kinds.reset();
    auto draft = draft_of("weigh-in", {weighed()});
    CHECK(verdict(draft) == "allowed");
    draft.id = {};
    CHECK(verdict(draft, elsewhere) == "ledger.other_centre");
    elsewhere.grants[0].centre = CentreId{3};
    CHECK(verdict(draft, elsewhere) == "ledger.kind_not_granted");
    CHECK(verdict(draft) == "ledger.no_id");
    draft.kind = {250};
    CHECK(verdict(draft) == "ledger.kind_not_granted");
}

TEST_CASE("closings and reversals have no transfers, and everything else has") {
    auto closing = draft_of("close-month", {});
    CHECK(verdict(closing) == "ledger.closes");
    closing.closes = month("2027-03");
    CHECK(verdict(closing) == "allowed");
    closing.transfers = {weighed()};
    CHECK(verdict(closing) == "ledger.reversal_has_transfers");

    auto reversal = draft_of("reverse", {});
    CHECK(verdict(reversal) == "ledger.reverses");
    reversal.reverses = id_of(9);
    CHECK(verdict(reversal) == "ledger.reason_needed");
    reversal.reason = *parse_reason("practice");
    CHECK(verdict(reversal) == "allowed");
    reversal.transfers = {weighed()};
    CHECK(verdict(reversal) == "ledger.reversal_has_transfers");

    CHECK(verdict(draft_of("weigh-in", {})) == "ledger.no_transfers");
    CHECK(verdict(draft_of("weigh-in", std::vector(200, weighed()))) == "allowed");
    CHECK(verdict(draft_of("weigh-in", std::vector(201, weighed()))) ==
          "ledger.too_many_transfers");
    auto disguised = draft_of("weigh-in", {weighed()});
    disguised.reverses = id_of(9);
    CHECK(verdict(disguised) == "ledger.reverses");
}

TEST_CASE("each thing that can be wrong with a transfer has its own code") {
    CHECK(verdict_on("weigh-in", weighed()) == "allowed");
    auto transfer = weighed();
    transfer.to = {cash, *parse_key(Book::money, "cash")};
    CHECK(verdict_on("weigh-in", transfer) == "ledger.two_books");
    transfer = weighed();
    transfer.to.key = *parse_key(Book::money, "cash");
    CHECK(verdict_on("weigh-in", transfer) == "ledger.no_such_key");
    CHECK(verdict_on("sell", money(turnover, "cash", cash, "cash", 100)) == "ledger.no_such_key");
    CHECK(verdict_on("sell", money(turnover, "normal-21", cash, "normal-21", 100)) ==
          "ledger.no_such_key");
    transfer = weighed();
    transfer.amounts.cents = {1};
    CHECK(verdict_on("weigh-in", transfer) == "ledger.foreign_amount");
    transfer = goods(donated, sorting, 0, 0);
    CHECK(verdict_on("weigh-in", transfer) == "ledger.not_positive");
    transfer = goods(donated, sorting, -1, 1);
    CHECK(verdict_on("weigh-in", transfer) == "ledger.not_positive");
    transfer = goods(donated, sorting, largest.grams.value + 1);
    CHECK(verdict_on("weigh-in", transfer) == "ledger.too_much");
    transfer = weighed();
    transfer.basis = Basis::none;
    CHECK(verdict_on("weigh-in", transfer) == "ledger.basis_needed");
    transfer = goods(donated, sorting, 0, 1); // of unknown weight
    CHECK(verdict_on("weigh-in", transfer) == "allowed");
    transfer.basis = Basis::measured;
    CHECK(verdict_on("weigh-in", transfer) == "ledger.basis_needed");
    transfer = money(turnover, "normal-21", cash, "cash", 100);
    transfer.category = {3};
    CHECK(verdict_on("sell", transfer) == "ledger.marks_are_for_goods");
    transfer = weighed();
    transfer.category = {-1};
    CHECK(verdict_on("weigh-in", transfer) == "ledger.no_such_mark");
    transfer = weighed();
    transfer.item = make_item({3}, 1);
    CHECK(verdict_on("weigh-in", transfer) == "ledger.item_is_one_piece");
    CHECK(verdict_on("weigh-in", goods(shop, sold, 1'000)) == "ledger.no_such_way");
}

TEST_CASE("all wrong transfers are named at once") {
    const auto checked = check(draft_of("weigh-in", {weighed(), goods(shop, sold, 5), weighed(),
                                                     goods(donated, sorting, 0)}),
                               everybody(), Ways::built_in());
    REQUIRE_FALSE(checked);
    REQUIRE(checked.error().fields.size() == 2);
    CHECK(checked.error().fields[0].field == "transfers[1]");
    CHECK(checked.error().fields[1].field == "transfers[3]");
}

TEST_CASE("a day counts unless its month is closed, and never after it was booked") {
    const auto effective = [](std::string_view own, std::string_view booked,
                              std::optional<Month> closed) {
        const auto result = effective_day(day(own), day(booked), closed);
        return format_day(result.day) + (result.late ? " late" : "");
    };
    CHECK(effective("2027-03-12", "2027-03-14", {}) == "2027-03-12");
    CHECK(effective("2027-03-15", "2027-03-14", {}) == "2027-03-14");
    CHECK(effective("2027-02-28", "2027-03-14", month("2027-02")) == "2027-03-01 late");
    CHECK(effective("2027-03-01", "2027-03-14", month("2027-02")) == "2027-03-01");
    CHECK(effective("2026-05-01", "2027-01-14", month("2026-12")) == "2027-01-01 late");
}

TEST_CASE("the day is that of the clock in Amsterdam") {
    CHECK(format_day(local_day(at("2027-03-12T22:59:59Z"))) == "2027-03-12");
    CHECK(format_day(local_day(at("2027-03-12T23:00:00Z"))) == "2027-03-13");
    CHECK(format_day(local_day(at("2027-07-12T22:00:00Z"))) == "2027-07-13");
}

TEST_CASE("an effective day is open and not in the future, and late only for a closed month") {
    CHECK(rc::check([] {
        const Day own{*rc::gen::inRange(20'000, 21'000)};
        const Day booked{*rc::gen::inRange(20'000, 21'000)};
        const Month closed = month_after(month_of(booked), -*rc::gen::inRange(1, 30));
        const auto result = effective_day(own, booked, closed);
        RC_ASSERT(result.day <= booked);
        RC_ASSERT(month_of(result.day) > closed);
        RC_ASSERT(result.late == (month_of(std::min(own, booked)) <= closed));
        if (!result.late) RC_ASSERT(result.day == std::min(own, booked));
    }));
}

TEST_CASE("a mirror of a mirror is the original, and what contradicted names no item in it") {
    auto first = known_thing(owner, workshop, make_item({3}, 1));
    auto second = goods(workshop, outgoing, 300);
    CHECK(mirror_of(mirror_of({first, second})) == std::vector{first, second});
    CHECK(mirror_of({first, second})[1].from == first.to);
    CHECK(mirror_of({first, second})[1].item == first.item);
    first.oddity = Oddity::contradiction;
    CHECK_FALSE(mirror_of({first})[0].item);
    CHECK(mirror_of({first})[0].oddity == Oddity::none);
}

TEST_CASE("an item walks from where it is, and anything else contradicts") {
    const auto step = [](Place from, Place to, std::optional<Place> where,
                         Item::Clearance clearance = Item::Clearance::not_needed) {
        std::optional<Item> item;
        if (where) {
            item.emplace();
            item->at = {*where, stream("electrical")};
            item->clearance = clearance;
        }
        const auto result = step_of(known_thing(from, to, make_item({3}, 1)), item);
        const std::string moves = result.moves ? "moves" : "stays";
        if (result.oddity == Oddity::none) return moves;
        return moves + (result.oddity == Oddity::unsafe ? ", unsafe" : ", contradiction");
    };
    CHECK(step(donated, sorting, {}) == "moves");
    CHECK(step(sold, sorting, {}) == "moves");
    CHECK(step(shop, sold, {}) == "stays, contradiction");
    CHECK(step(shop, sold, shop) == "moves");
    CHECK(step(shop, sold, sold) == "stays, contradiction");
    CHECK(step(donated, sorting, shop) == "stays, contradiction");
    CHECK(step(owner, workshop, sold) == "moves");
    CHECK(step(workshop, owner, sold) == "stays, contradiction");
    CHECK(step(shop, sold, shop, Item::Clearance::needed) == "moves, unsafe");
    CHECK(step(shop, given, shop, Item::Clearance::needed) == "moves, unsafe");
    CHECK(step(shop, sold, shop, Item::Clearance::given) == "moves");
    CHECK(step(workshop, owner, workshop, Item::Clearance::needed) == "moves");
    CHECK(step(shop, sold, workshop, Item::Clearance::needed) == "stays, contradiction");
}
