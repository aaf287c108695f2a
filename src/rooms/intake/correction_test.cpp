// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/correction_form.hpp"
#include "rooms/intake/gate_pages.hpp"
#include "rooms/intake/gate_testing.hpp"
#include "rooms/people/sessions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace kringwerk;
using namespace kringwerk::intake;
using intake::testing::Gate;
using intake::testing::id;
using ledger::Place;
using people::testing::FormFields;
using people::testing::header_of;
using people::testing::says;
using people::testing::Visitor;
namespace json = boost::json;

namespace {

json::object correction(int car, json::object right, std::string mistake = "wrong-weight") {
    right["corrects"] = id(car);
    right["mistake"] = std::move(mistake);
    return right;
}

/// A gate whose lead has a car of two things in front of them.
struct Mended : Gate {
    http::Router pages{gate_page_routes(site(), &reversed)};
    Visitor boss{pages, now, full_token()};
    std::string cars = "/centra/werkplaats-noord/poort/2027-03-12/autos";
    std::string form = cars + "/" + id(1);

    Mended() {
        auto weighed = line("reuse", "household", 18'400);
        weighed["gross_g"] = 30'400;
        weighed["tare_g"] = 12'000;
        weighed["scale"] = 2;
        weighed["raw"] = "S S      30.40 kg";
        auto body = car({line("reuse", "furniture", 42'500), weighed});
        body["postcode"] = "7201";
        body["took_ms"] = 6500;
        REQUIRE(outcome(action(1, "gate-visit", body)) == "booked");
    }
    /// The form as it came, with some of its fields changed.
    FormFields filled(std::map<std::string, std::string> changed = {}) {
        std::map<std::string, std::string> all{
            {"id", id(50)},          {"what", "correct"},       {"reason", "wrong-weight"},
            {"lane_1", "reuse"},     {"stream_1", "furniture"}, {"kg_1", "42,5"},
            {"basis_1", "measured"}, {"lane_2", "reuse"},       {"stream_2", "household"},
            {"kg_2", "18,4"},        {"basis_2", "measured"}};
        for (auto& [name, value] : changed) all[name] = std::move(value);
        return {all.begin(), all.end()};
    }
    std::optional<KeptVisit> kept(int number) {
        return store->read(
            [&](Snapshot& view) { return visit(view, centre.id, *VisitId::parse(id(number))); });
    }
    std::optional<ledger::Movement> booked(int number) {
        return store->read([&](Snapshot& view) {
            return ledger::movement(view, centre.id, *ledger::MovementId::parse(id(number)));
        });
    }
    void close_month(std::string_view month) {
        ledger::Draft draft;
        draft.id = {new_uuid7(now)};
        draft.centre = centre.id;
        draft.kind = ledger::Ways::built_in().kind("close-month");
        draft.happened_at = now;
        draft.closes = parse_month(month);
        const auto token = full_token();
        REQUIRE(store
                    ->write([&](Transaction& tx) {
                        return ledger::post(tx, draft, *people::caller_of(tx, token), now);
                    })
                    .get());
    }
};

} // namespace

TEST_CASE("a correction takes the car back and books the right one beside it, with the reason") {
    Mended gate;
    const auto outcomes = gate.deliver(
        {gate.action(2, "gate-correction",
                     correction(1, Gate::car({Gate::line("reuse", "furniture", 24'500)})))});
    CHECK(outcomes.at(0).at("outcome") == "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{24'500});
    CHECK(gate.balance(Place::sorting, "household") == Grams{});
    CHECK(gate.kept(1)->undone_at);
    const auto right = gate.booked(2);
    REQUIRE(right);
    REQUIRE(right->reference);
    CHECK(right->reference->movement.text() == id(1));
    CHECK(ledger::code_of(right->reason) == "wrong-weight");
    CHECK(right->happened_at == gate.booked(1)->happened_at);
    const auto back = gate.store->read([&](Snapshot& view) {
        return ledger::reversal_of(view, gate.centre.id, *ledger::MovementId::parse(id(1)));
    });
    REQUIRE(back);
    CHECK(ledger::code_of(back->reason) == "wrong-weight");
    CHECK(gate.kept(2)->visit.took_ms == 6500); // the car was at the counter once
    CHECK(gate.books_are_right());
}

TEST_CASE("a correction counts once, and a car that was taken back cannot be corrected again") {
    Mended gate;
    const auto action =
        gate.action(2, "gate-correction", correction(1, Gate::chairs(24'500), "wrong-stream"));
    CHECK(gate.outcome(action) == "booked");
    CHECK(gate.outcome(action) == "repeated");
    CHECK(gate.outcome(gate.action(3, "gate-correction", correction(1, Gate::chairs(9'000)))) ==
          "intake.undone_already");
    CHECK(gate.outcome(gate.action(4, "gate-correction", correction(99, Gate::chairs()))) ==
          "intake.nothing_to_undo");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{24'500});
    // What was corrected wrongly is corrected once more.
    CHECK(gate.outcome(gate.action(5, "gate-correction", correction(2, Gate::chairs(25'000)))) ==
          "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{25'000});
    CHECK(gate.books_are_right());
}

TEST_CASE("a correction that is refused leaves the car as it stands") {
    Mended gate;
    CHECK(gate.outcome(gate.action(2, "gate-correction", correction(1, Gate::chairs(-5)))) ==
          "fields.wrong");
    auto unreasoned = correction(1, Gate::chairs(5'000));
    unreasoned.erase("mistake");
    CHECK(gate.outcome(gate.action(3, "gate-correction", unreasoned)) == "fields.wrong");
    CHECK_FALSE(gate.kept(1)->undone_at);
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{42'500});
}

TEST_CASE("the pass of a corrected car counts once") {
    Gate gate;
    gate.ask_for_passes(12);
    CHECK(gate.outcome(gate.action(1, "gate-visit", Gate::with_pass("PAS-1"))) == "booked");
    CHECK(gate.outcome(gate.action(2, "gate-visit", Gate::chairs())) == "booked");
    CHECK(gate.outcome(gate.action(3, "gate-correction", correction(1, Gate::chairs(1'000)))) ==
          "booked");
    CHECK(gate.visits_of("PAS-1") == 1);
    // A pass that only the correction names is counted then.
    const auto named =
        gate.deliver({gate.action(4, "gate-correction", correction(2, Gate::with_pass("PAS-1")))});
    CHECK(named.at(0).at("remark").at("detail") == "Bezoek 2 van 12 dit jaar met deze pas.");
    CHECK(gate.outcome(gate.action(5, "gate-undo",
                                   {{"visit", id(3)}, {"reason", "other-mistake"}})) == "booked");
    CHECK(gate.visits_of("PAS-1") == 1);
}

TEST_CASE("a volunteer corrects what is of today, a lead also what is older") {
    Mended gate;
    gate.now.ms += 24 * 3'600'000;
    const auto body = correction(1, Gate::chairs(24'500));
    CHECK(gate.outcome(gate.action(2, "gate-correction", body)) == "people.not_allowed");
    auto by_lead = gate.action(3, "gate-correction", body);
    by_lead["person"] = gate.lead.value;
    CHECK(gate.outcome(by_lead) == "booked");
    CHECK(gate.kept(3)->day == gate.kept(1)->day); // it stays a car of its own day
    CHECK(gate.booked(3)->effective_on == gate.booked(1)->effective_on);
}

TEST_CASE("the day of the gate gives each car whole, so that a counter can begin from it") {
    Mended gate;
    const auto path = "/api/v1/centres/" + std::to_string(gate.centre.id.value) + "/gate-days/" +
                      format_day(local_day(gate.now));
    const auto day = json::parse(gate.ask(http::Method::get, path).body);
    const auto& car = day.at("visits").at(0).as_object();
    CHECK(car.at("postcode") == "7201");
    const auto& weighed = car.at("lines").at(1).as_object();
    CHECK(weighed.at("gross_g") == 30'400);
    CHECK(weighed.at("tare_g") == 12'000);
    CHECK(weighed.at("scale") == 2);
    CHECK(weighed.at("raw") == "S S      30.40 kg");
    CHECK_FALSE(car.at("lines").at(0).as_object().contains("raw"));
}

TEST_CASE("the lead corrects a car in a form without scripts, and the day is right at once") {
    Mended gate;
    const auto list = gate.boss.get(gate.cars);
    CHECK(says(list, gate.form));
    const auto page = gate.boss.get(gate.form);
    CHECK(page.status == 200);
    CHECK(says(page, "Auto van 11:36 verbeteren"));
    CHECK(says(page, "value=\"42,5\""));
    const auto sent = gate.boss.post(gate.form, gate.filled({{"kg_1", "24,5"}}));
    CHECK(header_of(sent, "Location") == gate.cars + "?gedaan=correct");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{24'500});
    const auto right = gate.kept(50);
    REQUIRE(right);
    CHECK(right->visit.postcode == "7201");
    CHECK(right->visit.lines.at(1).weighing.raw == "S S      30.40 kg"); // nobody changed that line
    CHECK(right->visit.lines.at(0).weighing.scale_number == 0);
    const auto after = gate.boss.get(gate.cars + "?gedaan=correct");
    CHECK(says(after, "<h2>42,9\u00A0kg</h2>"));
    CHECK(says(after, "teruggedraaid: Verkeerd gewicht"));
    CHECK(says(after, "<s>42,5</s>"));
    CHECK(says(after, "verbeterd"));
    CHECK(says(gate.boss.get("/centra/werkplaats-noord/poort/2027-03-12"), ">24,5</a>"));
    CHECK(says(gate.boss.get(gate.form), "al teruggedraaid"));
    CHECK(gate.books_are_right());

    SUBCASE("sent again it counts once; sent again with other answers it says so") {
        CHECK(gate.boss.post(gate.form, gate.filled({{"kg_1", "24,5"}})).status == 303);
        const auto other = gate.boss.post(gate.form, gate.filled({{"kg_1", "25,5"}}));
        CHECK(other.status == 400);
        CHECK(says(other, "al geboekt, met andere antwoorden"));
        CHECK(gate.balance(Place::sorting, "furniture") == Grams{24'500});
    }
}

TEST_CASE(
    "a line may go, come, or change its stream and lane; the rest of the scale goes with it") {
    Mended gate;
    const auto sent = gate.boss.post(gate.form, gate.filled({{"stream_1", "toys"},
                                                             {"kg_2", ""},
                                                             {"lane_3", "waste"},
                                                             {"stream_3", "construction"},
                                                             {"kg_3", "1,234"},
                                                             {"basis_3", "estimated"}}));
    CHECK(sent.status == 303);
    CHECK(gate.balance(Place::sorting, "toys") == Grams{42'500});
    CHECK(gate.balance(Place::sorting, "household") == Grams{});
    CHECK(gate.balance(Place::outgoing, "construction") == Grams{1'234});
    CHECK(gate.kept(50)->visit.lines.size() == 2);
    // A weight of three decimals goes through the form as it stands there.
    const auto next = gate.cars + "/" + id(50);
    CHECK(says(gate.boss.get(next), "value=\"1,234\""));
    auto again = gate.filled({{"id", id(51)},
                              {"stream_1", "toys"},
                              {"kg_1", "40"},
                              {"lane_2", "waste"},
                              {"stream_2", "construction"},
                              {"kg_2", "1,234"},
                              {"basis_2", "estimated"}});
    CHECK(gate.boss.post(next, again).status == 303);
    CHECK(gate.balance(Place::outgoing, "construction") == Grams{1'234});
    CHECK(gate.balance(Place::sorting, "toys") == Grams{40'000});
}

TEST_CASE("what the scale said stays with a weight that stays, and goes with one that was typed") {
    Mended gate;
    const auto line_after = [&](std::map<std::string, std::string> changed) {
        REQUIRE(gate.boss.post(gate.form, gate.filled(std::move(changed))).status == 303);
        return gate.kept(50)->visit.lines.at(1);
    };
    SUBCASE("another stream") {
        const auto line = line_after({{"stream_2", "toys"}});
        CHECK(line.weighing.raw == "S S      30.40 kg");
        CHECK(line.weighing.gross == Grams{30'400});
    }
    SUBCASE("another weight") {
        const auto line = line_after({{"kg_2", "20"}});
        CHECK(line.weighing.grams == Grams{20'000});
        CHECK(line.weighing.raw.empty());
        CHECK_FALSE(line.weighing.gross);
        CHECK(line.weighing.scale_number == 0);
    }
}

TEST_CASE("bad answers of every sort get a sentence, and what was typed stays") {
    Mended gate;
    const auto said = [&](std::map<std::string, std::string> changed, std::string_view words,
                          std::string_view kept) {
        CAPTURE(words);
        const auto page = gate.boss.post(gate.form, gate.filled(std::move(changed)));
        CHECK(page.status == 400);
        CHECK(says(page, words));
        CHECK(says(page, kept));
        CHECK(gate.balance(Place::sorting, "furniture") == Grams{42'500});
    };
    said({{"reason", ""}, {"kg_1", "24,5"}}, "Kies een reden", "value=\"24,5\"");
    said({{"kg_1", "-5"}}, "kan ik niet lezen", "value=\"-5\"");
    said({{"kg_1", "1000000000"}}, "Regel 1: ", "value=\"1000000000\"");
    said({{"kg_1", "61000"}}, "Zo zwaar is één boeking nooit", "value=\"61000\"");
    said({{"kg_1", "12,5.3"}}, "kan ik niet lezen", "value=\"12,5.3\"");
    said({{"kg_1", "1.250"}}, "Is dit met een komma", "value=\"1.250\"");
    said({{"kg_1", "0"}}, "Het gewicht is nul", "value=\"0\"");
    said({{"stream_1", "jewels"}, {"kg_1", "24,5"}}, "Regel 1: Kies wat het is", "value=\"24,5\"");
    said({{"lane_1", "everything"}}, "Kies waarvoor", "value=\"42,5\"");
    said({{"basis_1", "standard"}, {"kg_1", "24,5"}}, "niet meer het standaardgewicht", "24,5");
    said({{"stream_3", "toys"}}, "Vul het gewicht in, of maak", "toys\" selected");
    said({{"kg_1", ""}, {"kg_2", ""}}, "Er blijft geen regel over",
         "value=\"wrong-weight\" checked");
    said({}, "Er is niets veranderd", "value=\"18,4\"");
    said({{"id", "scheef"}, {"kg_1", "24,5"}}, "kwam niet heel aan", "value=\"24,5\"");
    // All of it at once.
    const auto both = gate.boss.post(gate.form, gate.filled({{"kg_1", "-5"}, {"kg_2", "twaalf"}}));
    CHECK(says(both, "Regel 1: "));
    CHECK(says(both, "Regel 2: "));
}

TEST_CASE("what is never taken in does not come in by a correction of its lane") {
    Gate gate;
    const auto& categories = network::Catalogue::built_in().tables().categories;
    const auto stopped = std::find_if(categories.begin(), categories.end(),
                                      [](const auto& one) { return !one.stop.empty(); });
    REQUIRE(stopped != categories.end());
    KeptVisit wrong;
    wrong.day = local_day(gate.now);
    GateLine line;
    line.lane = Lane::waste;
    line.stream = stopped->stream;
    line.category = {stopped->number};
    line.weighing.grams = {1000};
    wrong.visit.lines = {line};
    auto answers = answers_of(wrong, Language::nl);
    answers["reason"] = "other-mistake";
    answers["lane_1"] = "reuse";
    const auto read = [&](Snapshot& view) { return read_correction(view, answers, wrong); };
    const auto refused = gate.store->read(read);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields.at(0).field == "lane_1");
    CHECK(refused.error().fields.at(0).code == "intake.hard_stop");
    answers["stream_1"] = "mixed"; // then it was another thing
    CHECK(gate.store->read(read));
}

TEST_CASE("a car that should not be there at all is only taken back, with a reason") {
    Mended gate;
    const FormFields unreasoned{{"id", id(60)}, {"what", "undo"}};
    CHECK(says(gate.boss.post(gate.form, unreasoned), "Kies een reden"));
    const FormFields twice{{"id", id(60)}, {"what", "undo"}, {"reason", "booked-twice"}};
    CHECK(header_of(gate.boss.post(gate.form, twice), "Location") == gate.cars + "?gedaan=undo");
    CHECK(gate.boss.post(gate.form, twice).status == 303); // its answer got lost
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{});
    const FormFields other{{"id", id(61)}, {"what", "undo"}, {"reason", "booked-twice"}};
    CHECK(says(gate.boss.post(gate.form, other), "Dit is al teruggedraaid"));
    CHECK(gate.books_are_right());
}

TEST_CASE("after the day is closed the form says so; after the month it says where it counts") {
    Mended gate;
    CHECK_FALSE(says(gate.boss.get(gate.form), "afgesloten"));
    gate.boss.post("/centra/werkplaats-noord/poort/2027-03-12", {{"what", "close"}});
    CHECK(says(gate.boss.get(gate.form), "Deze dag is afgesloten op 12-03-2027"));
    gate.now.ms += std::int64_t{25} * 24 * 3'600'000; // 6 April
    gate.close_month("2027-03");
    const Visitor boss{gate.pages, gate.now, gate.boss.token};
    const auto page = boss.get(gate.form);
    CHECK(says(page, "De maand maart 2027 is afgesloten"));
    CHECK(says(page, "donderdag 1 april 2027"));
    CHECK(boss.post(gate.form, gate.filled({{"kg_1", "24,5"}})).status == 303);
    const auto right = gate.booked(50);
    REQUIRE(right);
    CHECK(right->effective_on == *make_day(2027, 4, 1));
    CHECK(right->late);
    CHECK(gate.books_are_right());
}

TEST_CASE("only who may correct sees the form, of a car of this centre and this day") {
    Mended gate;
    const auto session = [&](people::PersonId person) {
        return gate.store
            ->write([&](Transaction& tx) {
                return people::start_session(tx, person, "test", gate.now);
            })
            .get();
    };
    const Visitor volunteer{gate.pages, gate.now, session(gate.volunteer)};
    CHECK_FALSE(says(volunteer.get(gate.cars), gate.form));
    CHECK(volunteer.get(gate.form).status == 403);
    CHECK(volunteer.post(gate.form, gate.filled({{"kg_1", "24,5"}})).status == 403);
    const Visitor lead{gate.pages, gate.now, session(gate.lead)};
    CHECK(lead.get(gate.form).status == 200);
    CHECK(lead.get("/centra/werkplaats-noord/poort/2027-03-11/autos/" + id(1)).status == 404);
    CHECK(lead.get(gate.cars + "/" + id(99)).status == 404);
    CHECK(lead.get(gate.cars + "/scheef").status == 404);
    const Visitor elsewhere{gate.pages, gate.now, session(gate.lead), "cross-site"};
    CHECK(elsewhere.post(gate.form, gate.filled({{"kg_1", "24,5"}})).status == 403);
    CHECK(lead.post(gate.form, gate.filled({{"kg_1", "24,5"}})).status == 303);
    CHECK(gate.booked(50)->role == people::Role::lead);
}
