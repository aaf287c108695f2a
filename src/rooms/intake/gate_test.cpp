// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_testing.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::intake;
using intake::testing::Gate;
using intake::testing::id;
using ledger::Place;
namespace json = boost::json;

TEST_CASE(
    "a car with goods for three lanes is one movement, and waste is not collected for reuse") {
    Gate gate;
    const auto outcomes =
        gate.deliver({gate.action(1, "gate-visit",
                                  Gate::car({Gate::line("reuse", "furniture", 42'500),
                                             Gate::line("repair", "bicycles", 14'000),
                                             Gate::line("waste", "construction", 88'000)}))});
    CHECK(outcomes.at(0).at("outcome") == "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{42'500});
    CHECK(gate.balance(Place::workshop, "bicycles") == Grams{14'000});
    CHECK(gate.balance(Place::outgoing, "construction") == Grams{88'000});
    CHECK(gate.balance(Place::donated, "furniture") == Grams{-42'500});
    CHECK(gate.balance(Place::yard, "construction") == Grams{-88'000});
    const auto movement = gate.store->read([&](Snapshot& view) {
        return ledger::movement(view, gate.centre.id, *ledger::MovementId::parse(id(1)));
    });
    REQUIRE(movement);
    CHECK(movement->transfers.size() == 3);
    CHECK(movement->role == people::Role::volunteer);
    CHECK(gate.books_are_right());
}

TEST_CASE("the same action twice counts once, also when its answer was lost") {
    Gate gate;
    const auto action = gate.action(1, "gate-visit", Gate::chairs());
    CHECK(gate.outcome(action) == "booked");
    CHECK(gate.outcome(action) == "repeated");
    const auto both = gate.deliver({action, gate.action(2, "gate-visit", Gate::chairs(1000))});
    CHECK(both.at(0).at("outcome") == "repeated");
    CHECK(both.at(1).at("outcome") == "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{43'500});
    CHECK(gate.tablet().received == 2);
    CHECK(gate.tablet().missing() == 0);
}

TEST_CASE("a number that never came shows as a gap of the device") {
    Gate gate;
    CHECK(gate.outcome(gate.action(1, "gate-visit", Gate::chairs())) == "booked");
    gate.sequence += 2; // two actions that its browser lost
    CHECK(gate.outcome(gate.action(2, "gate-visit", Gate::chairs())) == "booked");
    CHECK(gate.tablet().missing() == 2);
}

TEST_CASE(
    "one bad action does not hold up those around it, and is kept until somebody settles it") {
    Gate gate;
    auto unreadable = gate.action(2, "gate-visit", Gate::chairs(-5));
    const auto outcomes =
        gate.deliver({gate.action(1, "gate-visit", Gate::chairs()), unreadable,
                      gate.action(3, "dance", {}), gate.action(4, "gate-visit", Gate::chairs())});
    CHECK(outcomes.at(0).at("outcome") == "booked");
    CHECK(outcomes.at(1).at("code") == "fields.wrong");
    CHECK(outcomes.at(1).at("errors").at(0).at("field") == "lines[0].grams");
    CHECK(outcomes.at(2).at("code") == "ledger.unknown_action");
    CHECK(outcomes.at(3).at("outcome") == "booked");
    const auto kept = [&] {
        return gate.store->read([&](Snapshot& view) {
            return ledger::refused_actions(view, gate.centre.id, true, 10);
        });
    };
    REQUIRE(kept().size() == 2);
    CHECK(json::parse(kept().at(1).body) == json::value(Gate::chairs(-5)));
    CHECK(gate.tablet().missing() == 0);

    SUBCASE("sent again, mended, it is settled by that") {
        unreadable["body"] = Gate::chairs(500);
        CHECK(gate.outcome(unreadable) == "booked");
        CHECK(kept().size() == 1);
    }
    SUBCASE("a person settles it once") {
        const auto settle = [&] {
            return gate.store
                ->write([&](Transaction& tx) {
                    return ledger::settle_refused(tx, gate.centre.id, *parse_uuid(id(2)), gate.lead,
                                                  gate.now);
                })
                .get();
        };
        CHECK(settle());
        CHECK_FALSE(settle());
        CHECK(kept().size() == 1);
        unreadable["body"] = Gate::chairs(500);
        CHECK(gate.outcome(unreadable) == "repeated"); // it stays as the person decided
    }
}

TEST_CASE("what a scale says is kept beside the net that is booked") {
    Gate gate;
    auto line = Gate::line("reuse", "household", 18'400);
    line["gross_g"] = 30'400;
    line["tare"] = 1;
    line["tare_g"] = 12'000;
    line["scale"] = 2;
    line["raw"] = "S S      30.40 kg";
    CHECK(gate.outcome(gate.action(1, "gate-visit", Gate::car({line}))) == "booked");
    const auto kept = gate.store->read(
        [&](Snapshot& view) { return visit(view, gate.centre.id, *VisitId::parse(id(1))); });
    REQUIRE(kept);
    const auto& weighing = kept->visit.lines.at(0).weighing;
    CHECK(weighing.gross == Grams{30'400});
    CHECK(weighing.tare == Grams{12'000});
    CHECK(weighing.raw == "S S      30.40 kg");
    line["grams"] = 18'500;
    CHECK(gate.outcome(gate.action(2, "gate-visit", Gate::car({line}))) == "fields.wrong");
}

TEST_CASE("bad input of every sort is refused by its field, and nothing of it is booked") {
    Gate gate;
    const auto field = [&](json::object body) {
        static int number = 100;
        const auto outcomes = gate.deliver({gate.action(++number, "gate-visit", std::move(body))});
        if (outcomes.at(0).at("outcome") != "refused") return std::string("booked");
        return std::string(outcomes.at(0).at("errors").at(0).at("code").as_string());
    };
    const auto with = [](std::string name, json::value value) {
        auto line = Gate::line("reuse", "furniture", 1000);
        line[name] = std::move(value);
        return Gate::car({line});
    };
    CHECK(field(Gate::car({})) == "fields.missing");
    CHECK(field(with("grams", 0)) == "fields.not_between");
    CHECK(field(with("grams", 1'000'000'000'000)) == "fields.not_between");
    CHECK(field(with("grams", "12,5")) == "fields.not_an_integer");
    CHECK(field(with("stream", "jewels")) == "fields.not_a_choice");
    CHECK(field(with("lane", "everything")) == "fields.not_a_choice");
    CHECK(field(with("basis", "standard")) == "intake.category_needed");
    CHECK(field(with("category", 99'999)) == "intake.category_unknown");
    CHECK(field(with("color", "red")) == "fields.unknown");
    auto half = Gate::chairs();
    half["postcode"] = "72";
    CHECK(field(half) == "intake.postcode");
    half["postcode"] = "7201";
    CHECK(field(half) == "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{42'500});
}

TEST_CASE("a category of the network's own is in the set of a counter, and is booked") {
    Gate gate;
    const auto today = local_day(gate.now);
    const auto toys = *ledger::parse_key(ledger::Book::goods, "toys");
    const auto change = [&](Transaction& tx) {
        REQUIRE(network::rename_category(tx, {602}, {"Puzzel", "Puzzle"}, today, gate.now));
        REQUIRE(network::set_offer(tx, {601}, network::Offer::retired, today, gate.now));
        return network::add_category(tx, toys, {"Vlieger", "Kite"}, today, gate.now);
    };
    const auto kite = gate.store->write(change).get().value();
    const auto set = json::parse(gate.ask(http::Method::get, "/api/v1/counter-sets/own").body);
    std::map<std::int64_t, std::string> names;
    for (const auto& one : set.at("categories").as_array()) {
        names[one.at("number").as_int64()] = one.at("name_nl").as_string();
    }
    CHECK(names[kite.value] == "Vlieger");
    CHECK(names[602] == "Puzzel");
    CHECK_FALSE(names.contains(601));
    auto line = Gate::line("reuse", "toys", 400);
    line["category"] = kite.value;
    CHECK(gate.outcome(gate.action(1, "gate-visit", Gate::car({line}))) == "booked");
    // A tablet that did not hear yet that a category is retired still delivers what it took in.
    line["category"] = 601;
    CHECK(gate.outcome(gate.action(2, "gate-visit", Gate::car({line}))) == "booked");
    line["category"] = kite.value + 1;
    CHECK(gate.outcome(gate.action(3, "gate-visit", Gate::car({line}))) == "fields.wrong");
}

TEST_CASE("a hard stop is not taken in by any lane but waste") {
    Gate gate;
    const auto& categories = network::Catalogue::built_in().tables().categories;
    const auto stopped = std::find_if(categories.begin(), categories.end(),
                                      [](const auto& one) { return !one.stop.empty(); });
    REQUIRE(stopped != categories.end());
    auto line = Gate::line("reuse", std::string(ledger::code_of(stopped->stream)), 1000);
    line["category"] = stopped->number;
    const auto outcomes = gate.deliver({gate.action(1, "gate-visit", Gate::car({line}))});
    CHECK(outcomes.at(0).at("errors").at(0).at("code") == "intake.hard_stop");
    CHECK(gate.outcome(gate.action(
              2, "gate-refusal", {{"reason", "dangerous"}, {"stop", stopped->stop}})) == "booked");
}

TEST_CASE("undoing at the gate reverses the whole car, once, with a reason") {
    Gate gate;
    CHECK(gate.outcome(gate.action(1, "gate-visit", Gate::chairs())) == "booked");
    CHECK(gate.outcome(gate.action(2, "gate-undo", {{"visit", id(1)}})) == "fields.wrong");
    const json::object undo{{"visit", id(1)}, {"reason", "wrong-weight"}};
    CHECK(gate.outcome(gate.action(3, "gate-undo", undo)) == "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{});
    CHECK(gate.outcome(gate.action(4, "gate-undo", undo)) == "intake.undone_already");
    CHECK(gate.outcome(
              gate.action(5, "gate-undo", {{"visit", id(99)}, {"reason", "wrong-weight"}})) ==
          "intake.nothing_to_undo");
    CHECK(gate.books_are_right());
}

TEST_CASE("a volunteer undoes what is of today, a lead also what is older") {
    Gate gate;
    CHECK(gate.outcome(gate.action(1, "gate-visit", Gate::chairs())) == "booked");
    gate.now.ms += 24 * 3'600'000;
    const json::object undo{{"visit", id(1)}, {"reason", "wrong-weight"}};
    CHECK(gate.outcome(gate.action(2, "gate-undo", undo)) == "people.not_allowed");
    auto by_lead = gate.action(3, "gate-undo", undo);
    by_lead["person"] = gate.lead.value;
    CHECK(gate.outcome(by_lead) == "booked");
}

TEST_CASE("a refusal is counted, moves nothing, and can be undone") {
    Gate gate;
    const json::object mattress{{"reason", "mattress"}, {"stream", "furniture"}, {"elsewhere", 4}};
    CHECK(gate.outcome(gate.action(1, "gate-refusal", mattress)) == "booked");
    const auto kept = [&] {
        return gate.store->read([&](Snapshot& view) {
            const auto today = local_day(gate.now);
            return refusals(view, gate.centre.id, today, today);
        });
    };
    REQUIRE(kept().size() == 1);
    CHECK(kept().at(0).refusal.reason == "mattress");
    CHECK(gate.outcome(gate.action(2, "gate-undo",
                                   {{"visit", id(1)}, {"reason", "other-mistake"}})) == "booked");
    CHECK(kept().at(0).undone_at);
    CHECK(gate.store->read([&](Snapshot& view) { return ledger::heads(view); }).empty());
}

TEST_CASE("a vehicle that comes back empty books what it left behind") {
    Gate gate;
    const json::object open{{"lane", "reuse"},
                            {"stream", "furniture"},
                            {"gross_g", 2'400'000},
                            {"basis", "measured"},
                            {"word", "17"}};
    CHECK(gate.outcome(gate.action(1, "ticket-open", open)) == "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{}); // a fact, not yet a movement
    const auto empty = [](std::int64_t grams) {
        return json::object{{"ticket", id(1)}, {"tare_g", grams}, {"basis", "measured"}};
    };
    CHECK(gate.outcome(gate.action(2, "ticket-complete", empty(2'400'000))) ==
          "intake.net_not_positive");
    CHECK(gate.outcome(gate.action(3, "ticket-complete", empty(2'100'000))) == "booked");
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{300'000});
    CHECK(gate.outcome(gate.action(4, "ticket-complete", empty(2'100'000))) ==
          "intake.ticket_over");
    CHECK(gate.outcome(
              gate.action(5, "ticket-void", {{"ticket", id(77)}, {"reason", "drove-away"}})) ==
          "intake.ticket_unknown");
    CHECK(gate.outcome(gate.action(6, "ticket-open", open)) == "booked");
    CHECK(gate.outcome(gate.action(7, "ticket-void",
                                   {{"ticket", id(6)}, {"reason", "drove-away"}})) == "booked");
    CHECK(gate.store->read([&](Snapshot& view) { return open_tickets(view, gate.centre.id); })
              .empty());
}

TEST_CASE("both passes over a weighbridge keep what the scale said, and are undone as one car") {
    Gate gate;
    const auto visit_of_ticket = [&](json::object second) {
        gate.deliver({gate.action(1, "ticket-open",
                                  {{"lane", "waste"},
                                   {"stream", "construction"},
                                   {"gross_g", 3'420'000},
                                   {"basis", "measured"},
                                   {"scale", 3},
                                   {"raw", "S S  3420 kg"},
                                   {"word", "kaart 7"}})});
        second["ticket"] = id(1);
        second["basis"] = "measured";
        CHECK(gate.outcome(gate.action(2, "ticket-complete", second)) == "booked");
        return gate.store
            ->read(
                [&](Snapshot& view) { return visit(view, gate.centre.id, *VisitId::parse(id(2))); })
            ->visit.lines.at(0)
            .weighing;
    };
    SUBCASE("weighed again") {
        const auto kept = visit_of_ticket({{"tare_g", 1'200'000}, {"raw", "S S  1200 kg"}});
        CHECK(kept.grams == Grams{2'220'000});
        CHECK(kept.raw == "S S  3420 kg / S S  1200 kg");
        CHECK(kept.tare_number == 0);
    }
    SUBCASE("with a stored weight") {
        const auto kept = visit_of_ticket({{"tare_g", 750'000}, {"tare", 7}});
        CHECK(kept.grams == Grams{2'670'000});
        CHECK(kept.raw == "S S  3420 kg");
        CHECK(kept.tare_number == 7);
    }
    CHECK(gate.outcome(gate.action(3, "gate-undo",
                                   {{"visit", id(2)}, {"reason", "wrong-weight"}})) == "booked");
    CHECK(gate.balance(Place::outgoing, "construction") == Grams{});
    CHECK(gate.books_are_right());
}

TEST_CASE("a wrong clock is corrected, and both times are kept") {
    Gate gate;
    auto action = gate.action(1, "gate-visit", Gate::chairs());
    const Instant wrong{gate.now.ms - 5 * 3'600'000};
    action["clock_at"] = format_instant(wrong);
    action["offset_ms"] = 5 * 3'600'000;
    CHECK(gate.outcome(action) == "booked");
    const auto movement_id = *ledger::MovementId::parse(id(1));
    gate.store->read([&](Snapshot& view) {
        CHECK(ledger::movement(view, gate.centre.id, movement_id)->happened_at == gate.now);
        CHECK(ledger::action_of(view, gate.centre.id, movement_id)->clock_at == wrong);
        return 0;
    });
}

TEST_CASE("a tablet whose clock was never set delivers all the same") {
    Gate gate;
    auto action = gate.action(1, "gate-visit", Gate::chairs());
    action["clock_at"] = "1970-01-01T00:10:00.000Z";
    action["offset_ms"] = gate.now.ms - 600'000;
    CHECK(gate.outcome(action) == "booked");
    CHECK(gate.store->read([&](Snapshot& view) {
        const auto today = local_day(gate.now);
        return visits(view, gate.centre.id, today, today).size();
    }) == 1);
}

TEST_CASE("who is no longer of this centre, or no device of it, books nothing") {
    Gate gate;
    auto stranger = gate.action(1, "gate-visit", Gate::chairs());
    stranger["person"] = 99;
    CHECK(gate.outcome(stranger) == "people.not_at_this_centre");
    const auto repairer = gate.add_person("Ria", people::Role::repairer);
    auto elsewhere = gate.action(2, "gate-visit", Gate::chairs());
    elsewhere["person"] = repairer.value;
    CHECK(gate.outcome(elsewhere) == "people.not_allowed");
    gate.store
        ->write([&](Transaction& tx) {
            people::block_device(tx, gate.centre.id, gate.tablet().device, gate.now);
            return 0;
        })
        .get();
    CHECK(gate.deliver_raw({gate.action(3, "gate-visit", Gate::chairs())}).status == 403);
    gate.key = "kwd_1_0000000000000000000000000000000000000000";
    CHECK(gate.deliver_raw({gate.action(4, "gate-visit", Gate::chairs())}).status == 401);
    CHECK(gate.balance(Place::sorting, "furniture") == Grams{});
}

TEST_CASE("a delivery that is none of ours is refused as a whole") {
    Gate gate;
    const auto status = [&](std::string body) {
        return gate.ask(http::Method::post, gate.actions_path(), std::move(body)).status;
    };
    CHECK(status("{") == 400);
    CHECK(status("[]") == 400);
    CHECK(status(R"({"store":"x","clock_at":"y","actions":[]})") == 400);
    auto without_id = gate.action(1, "gate-visit", Gate::chairs());
    without_id.erase("id");
    CHECK(gate.deliver_raw({without_id}).status == 400);
    json::array many;
    for (int i = 0; i < 101; ++i) many.push_back(gate.action(i + 1, "gate-visit", Gate::chairs()));
    CHECK(gate.deliver_raw(many).status == 400);
    CHECK(gate.ask(http::Method::post, "/api/v1/centres/99/actions", "{}").status == 403);
}

TEST_CASE("the set of a counter holds who works there and how to check a PIN, and no password") {
    Gate gate;
    const auto pin = people::make_pin("4711");
    gate.store
        ->write([&](Transaction& tx) {
            people::set_pin(tx, gate.volunteer, pin);
            people::set_password(tx, gate.lead, "argon-text");
            return 0;
        })
        .get();
    const auto answer = gate.ask(http::Method::get, "/api/v1/counter-sets/own");
    REQUIRE(answer.status == 200);
    CHECK(answer.body.find("argon-text") == std::string::npos);
    const auto set = json::parse(answer.body).as_object();
    CHECK(set.at("centre").at("name") == "Werkplaats Noord");
    CHECK(set.at("device").at("name") == "tablet poort");
    const auto& people = set.at("people").as_array();
    REQUIRE(people.size() == 2);
    CHECK(people.at(0).at("name") == "Mara");
    CHECK(people.at(0).at("pin").at("hash").as_string() == hex(pin.hash));
    CHECK(people.at(1).at("pin").is_null());
    CHECK(set.at("streams").as_array().size() == 11);
    CHECK(set.at("categories").as_array().size() >= 150);
    CHECK(set.at("stops").as_array().size() >= 5);
    CHECK(set.at("refusal_reasons").as_array().size() == 8);
    gate.store
        ->write([&](Transaction& tx) {
            people::block(tx, gate.lead, gate.now);
            return 0;
        })
        .get();
    const auto after = json::parse(gate.ask(http::Method::get, "/api/v1/counter-sets/own").body);
    CHECK(after.at("people").as_array().size() == 1);
}

TEST_CASE("the day of the gate lists its cars by hour, what was refused and which tickets wait") {
    Gate gate;
    gate.deliver({gate.action(1, "gate-visit", Gate::chairs()),
                  gate.action(2, "gate-visit", Gate::chairs()),
                  gate.action(3, "gate-undo", {{"visit", id(2)}, {"reason", "booked-twice"}}),
                  gate.action(4, "gate-refusal", {{"reason", "full"}}),
                  gate.action(5, "ticket-open",
                              {{"lane", "waste"},
                               {"stream", "construction"},
                               {"gross_g", 900'000},
                               {"basis", "measured"},
                               {"word", "3"}})});
    const auto path = "/api/v1/centres/" + std::to_string(gate.centre.id.value) + "/gate-days/" +
                      format_day(local_day(gate.now));
    const auto day = json::parse(gate.ask(http::Method::get, path).body).as_object();
    CHECK(day.at("visits").as_array().size() == 2);
    CHECK(day.at("refusals").as_array().size() == 1);
    CHECK(day.at("tickets_open").at(0).at("word") == "3");
    REQUIRE(day.at("cars_by_hour").as_array().size() == 1);
    CHECK(day.at("cars_by_hour").at(0).at("hour") == 11);
    CHECK(day.at("cars_by_hour").at(0).at("cars") == 1);
}

TEST_CASE("a receipt shows what was brought to who has its address, and nobody's name") {
    Gate gate;
    gate.deliver({gate.action(1, "gate-visit", Gate::chairs())});
    const auto page = gate.ask(http::Method::get, "/bon/1/" + id(1));
    CHECK(page.status == 200);
    CHECK(page.body.find("42,5\u00A0kg") != std::string::npos);
    CHECK(page.body.find("Werkplaats Noord") != std::string::npos);
    CHECK(page.body.find("Bonnummer 0000-0001") != std::string::npos);
    CHECK(page.body.find("Mara") == std::string::npos);
    CHECK(gate.ask(http::Method::get, "/bon/1/" + id(2)).status == 404);
    CHECK(gate.ask(http::Method::get, "/bon/1/scheef").status == 404);
    gate.add_centre("Werkplaats Zuid");
    CHECK(gate.ask(http::Method::get, "/bon/2/" + id(1)).status == 404);
    const auto code = gate.ask(http::Method::get, "/bon/1/" + id(1) + "/qr.svg");
    CHECK(code.content_type == "image/svg+xml");
    CHECK(code.body.find("<svg") != std::string::npos);
}
