// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_testing.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::intake;
using intake::testing::Gate;
using intake::testing::id;

TEST_CASE("passes are counted for the year, without being stored") {
    Gate gate;
    gate.ask_for_passes(12);
    const auto car = Gate::with_pass("PAS-000123");
    CHECK(gate.outcome(gate.action(1, "gate-visit", car)) == "booked");
    CHECK(gate.outcome(gate.action(2, "gate-visit", car)) == "booked");
    const auto times = [&](std::string_view pass, Instant moment) {
        return gate.store->read(
            [&](Snapshot& view) { return visits_with_pass(view, gate.centre.id, pass, moment); });
    };
    CHECK(times("PAS-000123", gate.now) == 2);
    CHECK(times("PAS-000124", gate.now) == 0);
    const Instant next_year{gate.now.ms + std::int64_t{300} * 24 * 3'600'000};
    CHECK(times("PAS-000123", next_year) == 0);

    // A car of December that is delivered in January does not take the counts of January along.
    const auto march = gate.now;
    gate.now = next_year;
    CHECK(gate.outcome(gate.action(3, "gate-visit", car)) == "booked");
    auto late = gate.action(4, "gate-visit", car);
    late["clock_at"] = format_instant(march);
    CHECK(gate.outcome(late) == "booked");
    CHECK(times("PAS-000123", next_year) == 1);
}

TEST_CASE("a tablet whose clock runs years ahead does not make the gate forget its passes") {
    Gate gate;
    gate.ask_for_passes(12);
    CHECK(gate.outcome(gate.action(1, "gate-visit", Gate::with_pass("PAS-1"))) == "booked");
    auto ahead = gate.action(2, "gate-visit", Gate::with_pass("PAS-1"));
    ahead["clock_at"] = "2031-01-01T10:00:00.000Z";
    CHECK(gate.outcome(ahead) == "booked");
    CHECK(gate.visits_of("PAS-1") == 2);
}

TEST_CASE(
    "whoever lets a pass in is told how often it came, and above the quota it stays on screen") {
    Gate gate;
    gate.ask_for_passes(2);
    const auto outcomes = gate.deliver({gate.action(1, "gate-visit", Gate::with_pass("PAS-1")),
                                        gate.action(2, "gate-visit", Gate::with_pass("PAS-2")),
                                        gate.action(3, "gate-visit", Gate::with_pass("PAS-1")),
                                        gate.action(4, "gate-visit", Gate::with_pass("PAS-1")),
                                        gate.action(5, "gate-visit", Gate::chairs())});
    const auto remark = [&](std::size_t at) { return outcomes.at(at).at("remark").as_object(); };
    CHECK(remark(0).at("code") == "intake.pass_within");
    CHECK(remark(1).at("detail") == "Bezoek 1 van 2 dit jaar met deze pas.");
    CHECK(remark(2).at("detail") == "Bezoek 2 van 2 dit jaar met deze pas.");
    CHECK_FALSE(remark(2).at("attention").as_bool());
    CHECK(outcomes.at(3).at("outcome") == "booked"); // never refused: the car was let in
    CHECK(remark(3).at("code") == "intake.pass_over");
    CHECK(remark(3).at("attention").as_bool());
    CHECK(remark(3).at("detail").as_string().find("2 keer per jaar") != std::string::npos);
    CHECK_FALSE(outcomes.at(4).as_object().contains("remark"));

    gate.ask_for_passes(0);
    const auto unlimited = gate.deliver({gate.action(6, "gate-visit", Gate::with_pass("PAS-1"))});
    CHECK(unlimited.at(0).at("remark").at("detail") == "Bezoek 4 dit jaar met deze pas.");
}

TEST_CASE("a car that is delivered again counts its pass once, and the remark is said again") {
    Gate gate;
    gate.ask_for_passes(1);
    const auto first = gate.action(1, "gate-visit", Gate::with_pass("PAS-1"));
    CHECK(gate.outcome(first) == "booked");
    const auto again = gate.deliver({first});
    CHECK(again.at(0).at("outcome") == "repeated");
    CHECK(again.at(0).at("remark").at("detail") == "Bezoek 1 van 1 dit jaar met deze pas.");
    CHECK(gate.visits_of("PAS-1") == 1);
    auto wrong = Gate::with_pass("PAS-1");
    wrong["postcode"] = "72";
    CHECK(gate.outcome(gate.action(2, "gate-visit", wrong)) == "fields.wrong");
    CHECK(gate.visits_of("PAS-1") == 1); // what was not taken in does not count
}

TEST_CASE(
    "undoing a car gives its pass the visit back, once, also when both come in one delivery") {
    Gate gate;
    gate.ask_for_passes(12);
    const auto visit = gate.action(1, "gate-visit", Gate::with_pass("PAS-1"));
    const auto undo = gate.action(2, "gate-undo", {{"visit", id(1)}, {"reason", "wrong-weight"}});
    SUBCASE("while it still waits on the tablet") {
        const auto both = gate.deliver({visit, undo});
        CHECK(both.at(1).at("outcome") == "booked");
    }
    SUBCASE("after it was booked") {
        CHECK(gate.outcome(visit) == "booked");
        CHECK(gate.visits_of("PAS-1") == 1);
        CHECK(gate.outcome(undo) == "booked");
    }
    CHECK(gate.visits_of("PAS-1") == 0);
    const auto again = gate.deliver({visit, undo});
    CHECK(again.at(0).at("outcome") == "repeated");
    CHECK_FALSE(again.at(0).as_object().contains("remark"));
    CHECK(gate.visits_of("PAS-1") == 0);
    CHECK(gate.outcome(gate.action(3, "gate-visit", Gate::with_pass("PAS-1"))) == "booked");
    CHECK(gate.visits_of("PAS-1") == 1);
    // A reversal at the desk gives it back as well, and of a car without a pass there is nothing.
    CHECK(gate.outcome(gate.action(4, "gate-visit", Gate::chairs())) == "booked");
    CHECK(gate.reverse_at_desk(4));
    CHECK(gate.visits_of("PAS-1") == 1);
    CHECK(gate.reverse_at_desk(3));
    CHECK(gate.visits_of("PAS-1") == 0);
    CHECK(gate.books_are_right());
}
