// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/intake.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages_testing.hpp"

#include <fmt/format.h>

using namespace kringwerk;
using namespace kringwerk::people::testing;
using ledger::Place;

namespace {

const intake::Categories categories{
    {{14}, {3}, "Waterkoker", "Kettle", Grams{1250}},
    {{17}, {3}, "Groot huishoudelijk apparaat", "Large home electrical", std::nullopt},
};

struct AtDesk {
    House house;
    network::CentreRow zutphen = add("Zutphen");
    int reversals = 0;
    ledger::OnReversal on_reversal = [this](Transaction&, const ledger::Movement&,
                                            const ledger::Movement&) { ++reversals; };
    http::Router router{intake::routes({house.site(), categories, &on_reversal})};
    Visitor visitor{router, house.now, house.full_token(zutphen.id)};

    network::CentreRow add(const std::string& name) {
        network::CentreRow row;
        row.name = name;
        return house.store
            ->write([&](Transaction& tx) { return network::add_centre(tx, row, house.now); })
            .get()
            .value();
    }
    static std::string url(std::string_view form) {
        return "/centra/zutphen/balie/" + std::string(form);
    }
    /// Sends a form with an id of its own.
    http::Response send(std::string_view form, FormFields fields) const {
        static std::uint8_t number = 0;
        fields.emplace_back("id", format_uuid(make_uuid7(visitor.now, {++number})));
        return visitor.post(url(form), fields);
    }
    std::vector<ledger::Movement> booked(CentreId centre) {
        return house.store->read(
            [&](Snapshot& view) { return ledger::movements_after(view, centre, 0, 1000); });
    }
    std::vector<ledger::Movement> booked() { return booked(zutphen.id); }
    Grams balance(Place place, std::uint8_t stream) {
        return house.store->read([&](Snapshot& view) {
            for (const auto& row : ledger::balances(view, zutphen.id)) {
                if (row.account == ledger::Account{place, {stream}}) return row.amounts.grams;
            }
            return Grams{};
        });
    }
    void weigh(const std::string& kg, const std::string& stream, const std::string& to = "shop") {
        const auto answer = send("wegen", {{"source", "donated"},
                                           {"stream", stream},
                                           {"kg", kg},
                                           {"basis", "measured"},
                                           {"to", to}});
        REQUIRE(answer.status == 303);
    }
};

/// "donated/household > sorting/household 12500g 0pc measured", a line a transfer.
std::string lines_of(const ledger::Movement& movement) {
    std::string lines(ledger::Ways::built_in().find(movement.kind)->code);
    for (const auto& transfer : movement.transfers) {
        const auto account = [](ledger::Account at) {
            return std::string(ledger::row_of(at.place).code) + "/" +
                   std::string(ledger::code_of(at.key));
        };
        lines += "\n" + account(transfer.from) + " > " + account(transfer.to);
        const auto& amounts = transfer.amounts;
        if (amounts.cents != Cents{}) lines += fmt::format(" {}ct", amounts.cents.value);
        if (amounts.grams != Grams{}) {
            lines += fmt::format(" {}g {}", amounts.grams.value, ledger::code_of(transfer.basis));
        }
        if (amounts.pieces != Pieces{}) lines += fmt::format(" {}pc", amounts.pieces.value);
        if (transfer.category.value != 0) lines += fmt::format(" c{}", transfer.category.value);
    }
    return lines;
}

} // namespace

TEST_CASE_FIXTURE(AtDesk, "a visitor without a token is led to the sign-in page and back") {
    visitor.token.clear();
    CHECK(header_of(visitor.get("/centra/zutphen/balie"), "Location") ==
          "/aanmelden?verder=/centra/zutphen/balie");
    CHECK(send("wegen", {{"kg", "1"}}).status == 303);
    CHECK(booked().empty());
    CHECK(visitor.get("/centra/nergens/balie").status == 404);
}

TEST_CASE_FIXTURE(AtDesk, "the front page asks to weigh and each form has a page") {
    const auto front = visitor.get("/centra/zutphen/balie");
    CHECK(front.status == 200);
    CHECK(says(front, R"(action="/centra/zutphen/balie/wegen")"));
    for (const auto& form : intake::all_forms()) {
        for (const auto* language : {"nl", "en"}) {
            const auto page = visitor.get(url(form.path) + "?taal=" + language);
            CHECK(page.status == 200);
            CHECK_FALSE(says(page, "desk."));
            CHECK_FALSE(says(page, "[["));
            CHECK(says(page, form.path));
        }
    }
    CHECK(visitor.get(url("vliegen")).status == 404);
}

TEST_CASE_FIXTURE(AtDesk, "what was weighed stands in the books, with its basis and category") {
    const auto answer = send("wegen", {{"source", "collected"},
                                       {"stream", "household"},
                                       {"kg", "12,5"},
                                       {"basis", "measured"},
                                       {"to", "sorting"}});
    CHECK(answer.status == 303);
    CHECK(header_of(answer, "Location") == url("wegen") + "?gedaan=1");
    send("wegen", {{"source", "donated"},
                   {"category", "14"},
                   {"kg", "2"},
                   {"pieces", "2"},
                   {"basis", "estimated"},
                   {"to", "workshop"}});
    send("wegen", {{"source", "donated"}, {"category", "14"}, {"pieces", "3"}, {"to", "shop"}});
    send("wegen", {{"source", "yard"},
                   {"stream", "other"},
                   {"kg", "40"},
                   {"basis", "measured"},
                   {"to", "outgoing"}});
    REQUIRE(booked().size() == 4);
    CHECK(lines_of(booked().at(0)) ==
          "weigh-in\ncollected/household > sorting/household 12500g measured");
    CHECK(lines_of(booked().at(1)) ==
          "weigh-in\ndonated/electrical > workshop/electrical 2000g estimated 2pc c14");
    CHECK(lines_of(booked().at(2)) ==
          "weigh-in\ndonated/electrical > shop/electrical 3750g standard 3pc c14");
    CHECK(lines_of(booked().at(3)) == "waste-in\nyard/other > outgoing/other 40000g measured");
    CHECK(booked().at(0).happened_at == house.now);

    const auto after = visitor.get(url("wegen") + "?gedaan=1");
    CHECK(says(after, R"(role="status")"));
    CHECK(says(after, "12,5\u00A0kg"));
    CHECK(says(after, "/centra/zutphen/boekingen/1"));
    CHECK(says(after, url("rechtzetten") + "?boeking=1"));
}

TEST_CASE_FIXTURE(AtDesk, "all wrong fields are named at once and what was typed is kept") {
    const auto answer = send("wegen", {{"source", "donated"},
                                       {"kg", "veel\""},
                                       {"pieces", "0"},
                                       {"basis", "estimated"},
                                       {"to", "maan"}});
    CHECK(answer.status == 400);
    CHECK(says(answer, "<title>Fout: "));
    CHECK(says(answer, R"(id="error-summary")"));
    for (const auto* field : {"#stream", "#kg", "#pieces", "#to"}) {
        CHECK(says(answer, "href=\"" + std::string(field) + "\""));
    }
    CHECK_FALSE(says(answer, R"(href="#source")"));
    CHECK(says(answer, R"(value="veel&quot;")"));
    CHECK(says(answer, R"(value="estimated" checked)"));
    CHECK(booked().empty());
}

TEST_CASE_FIXTURE(AtDesk, "a form without its id is not booked") {
    const auto answer = visitor.post(url("wegen"), {{"source", "donated"},
                                                    {"stream", "toys"},
                                                    {"kg", "1"},
                                                    {"basis", "measured"},
                                                    {"to", "shop"}});
    CHECK(answer.status == 400);
    CHECK(booked().empty());
}

TEST_CASE_FIXTURE(AtDesk,
                  "a form that is sent twice counts once, and with other answers is asked again") {
    const std::string id = "0195c000-0000-7000-8000-000000000001";
    FormFields fields{{"id", id},    {"source", "donated"}, {"stream", "toys"},
                      {"kg", "1,5"}, {"basis", "measured"}, {"to", "shop"}};
    CHECK(visitor.post(url("wegen"), fields).status == 303);
    visitor.now.ms += 4000;
    const auto again = visitor.post(url("wegen"), fields);
    CHECK(header_of(again, "Location") == url("wegen") + "?gedaan=1&al=1");
    fields[3].second = "2,5";
    const auto changed = visitor.post(url("wegen"), fields);
    CHECK(changed.status == 400);
    CHECK_FALSE(says(changed, id)); // sent once more it is a new booking
    CHECK(booked().size() == 1);
}

TEST_CASE_FIXTURE(AtDesk, "a sale in cash books turnover, VAT and the rounding") {
    weigh("10", "furniture");
    const FormFields sale{
        {"stream", "furniture"}, {"kg", "4"}, {"basis", "measured"}, {"from", "shop"}};
    auto with = [&](const char* price, const char* means) {
        auto fields = sale;
        fields.emplace_back("price", price);
        fields.emplace_back("means", means);
        return send("verkopen", fields);
    };
    CHECK(with("12,52", "cash").status == 303);
    CHECK(with("12,53", "cash").status == 303);
    CHECK(with("12,53", "card").status == 303);
    CHECK(with("0,02", "cash").status == 303);
    REQUIRE(booked().size() == 5);
    const std::string goods = "sell\nshop/furniture > sold/furniture 4000g measured";
    CHECK(lines_of(booked().at(1)) == goods + "\nturnover/margin-global-21 > cash/cash 1035ct"
                                              "\nvat/margin-global-21 > cash/cash 217ct"
                                              "\ncash/cash > rounding/cash 2ct");
    CHECK(lines_of(booked().at(2)) == goods + "\nturnover/margin-global-21 > cash/cash 1036ct"
                                              "\nvat/margin-global-21 > cash/cash 217ct"
                                              "\nrounding/cash > cash/cash 2ct");
    CHECK(lines_of(booked().at(3)) == goods + "\nturnover/margin-global-21 > card/card 1036ct"
                                              "\nvat/margin-global-21 > card/card 217ct");
    CHECK(lines_of(booked().at(4)) == goods + "\nturnover/margin-global-21 > cash/cash 2ct"
                                              "\ncash/cash > rounding/cash 2ct");
    CHECK(says(visitor.get(url("verkopen") + "?gedaan=2"), "€\u00A012,50"));
    CHECK(balance(Place::shop, 1) == Grams{-6'000}); // shown, never refused

    CHECK(with("3000", "cash").status == 400);
    CHECK(with("3000", "card").status == 303);
    CHECK(with("0", "card").status == 400);
    CHECK(with("", "card").status == 400);
    CHECK(with("5", "").status == 400);
}

TEST_CASE_FIXTURE(AtDesk, "pieces of a thing count by its standard weight, where one is known") {
    const FormFields sale{{"category", "17"},
                          {"pieces", "2"},
                          {"price", "5"},
                          {"means", "card"},
                          {"from", "sorting"}};
    const auto refused = send("verkopen", sale);
    CHECK(refused.status == 400);
    CHECK(says(refused, "geen vast gewicht"));
    CHECK(send("weggeven", {{"category", "14"}, {"pieces", "2"}, {"from", "shop"}}).status == 303);
    CHECK(lines_of(booked().at(0)) ==
          "give\nshop/electrical > given/electrical 2500g standard 2pc c14");
    CHECK(send("weggeven", {{"stream", "toys"}, {"pieces", "2"}, {"from", "shop"}}).status == 400);
    CHECK(send("weggeven",
               {{"stream", "toys"}, {"category", "14"}, {"pieces", "2"}, {"from", "shop"}})
              .status == 400);
    CHECK(send("weggeven", {{"stream", "toys"},
                            {"category", "99"},
                            {"kg", "2"},
                            {"basis", "measured"},
                            {"from", "shop"}})
              .status == 400);
    CHECK(booked().size() == 1);
}

TEST_CASE_FIXTURE(AtDesk,
                  "sorting moves goods and may find another stream; dispatch takes them out") {
    CHECK(send("sorteren", {{"from", "sorting"},
                            {"from_stream", "mixed"},
                            {"stream", "toys"},
                            {"kg", "3"},
                            {"basis", "measured"},
                            {"to", "outgoing"}})
              .status == 303);
    CHECK(send("sorteren", {{"from", "sorting"},
                            {"stream", "toys"},
                            {"kg", "3"},
                            {"basis", "measured"},
                            {"to", "sorting"}})
              .status == 400);
    CHECK(send("afvoeren", {{"from", "outgoing"},
                            {"processor", "recycled"},
                            {"stream", "toys"},
                            {"kg", "3"},
                            {"basis", "measured"}})
              .status == 303);
    REQUIRE(booked().size() == 2);
    CHECK(lines_of(booked().at(0)) == "sort\nsorting/mixed > outgoing/toys 3000g measured");
    CHECK(lines_of(booked().at(1)) == "dispatch\noutgoing/toys > recycled/toys 3000g measured");
}

TEST_CASE_FIXTURE(AtDesk, "what one centre sent the other receives with a reference") {
    const auto lochem = add("Lochem");
    CHECK(send("versturen",
               {{"from", "sorting"}, {"stream", "textile"}, {"kg", "50"}, {"basis", "measured"}})
              .status == 303);
    const auto load = booked().at(0).id.text();

    Visitor other{router, house.now, house.full_token(lochem.id)};
    CHECK(says(other.get("/centra/lochem/balie/ontvangen"), "value=\"" + load + "\""));
    const auto receive = [&](const std::string& reference) {
        return other.post("/centra/lochem/balie/ontvangen",
                          {{"id", format_uuid(make_uuid7(house.now, {7, 7}))},
                           {"load", reference},
                           {"stream", "textile"},
                           {"kg", "48"},
                           {"basis", "measured"}});
    };
    CHECK(receive("").status == 400);
    CHECK(receive("0195c000-0000-7000-8000-000000000001").status == 400);
    CHECK(receive(load).status == 303);
    CHECK(header_of(receive(load), "Location").ends_with("gedaan=1&al=1"));
    REQUIRE(booked(lochem.id).size() == 1);
    const auto received = booked(lochem.id).at(0);
    CHECK(lines_of(received) == "receive\nreceived/textile > sorting/textile 48000g measured");
    CHECK(received.reference == ledger::Reference{zutphen.id, booked().at(0).id});
    CHECK_FALSE(says(other.get("/centra/lochem/balie/ontvangen"), "value=\"" + load + "\""));
    const auto transits = house.store->read([&](Snapshot& view) {
        const auto day = local_day(house.now);
        return ledger::transits(view, zutphen.id, day, day);
    });
    REQUIRE(transits.size() == 1);
    CHECK(transits[0].lost() == Grams{2'000});
    CHECK(send("ontvangen",
               {{"load", load}, {"stream", "textile"}, {"kg", "48"}, {"basis", "measured"}})
              .status == 400); // one's own load
}

TEST_CASE_FIXTURE(AtDesk, "a count books the difference with a reason, and only that") {
    weigh("10", "books");
    const auto count = [&](const char* kg, const char* id = "") {
        FormFields fields{{"at", "shop"},
                          {"stream", "books"},
                          {"kg", kg},
                          {"basis", "measured"},
                          {"reason", "lost"}};
        if (*id == '\0') return send("tellen", fields);
        fields.emplace_back("id", id);
        return visitor.post(url("tellen"), fields);
    };
    const auto* const id = "0195c000-0000-7000-8000-00000000000a";
    CHECK(count("7,5", id).status == 303);
    CHECK(lines_of(booked().at(1)) == "count\nshop/books > unexplained/books 2500g measured");
    CHECK(ledger::code_of(booked().at(1).reason) == "lost");
    CHECK(header_of(count("7,5", id), "Location").ends_with("gedaan=2&al=1"));
    weigh("1", "books");
    CHECK(header_of(count("7,5", id), "Location").ends_with("gedaan=2&al=1"));
    CHECK(count("7", id).status == 400); // the same form with another outcome
    CHECK(header_of(count("8,5"), "Location") == url("tellen") + "?klopt=1");
    CHECK(count("9").status == 303);
    CHECK(lines_of(booked().at(3)) == "count\nunexplained/books > shop/books 500g measured");
    CHECK(balance(Place::shop, 5) == Grams{9'000});
    CHECK(count("0").status == 303);
    CHECK(balance(Place::shop, 5) == Grams{});
    CHECK(count("").status == 400);
}

TEST_CASE_FIXTURE(AtDesk, "a booking is reversed once, with a reason, and other rooms hear of it") {
    weigh("10", "books");
    const FormFields undo{{"booking", "1"}, {"reason", "wrong-weight"}};
    CHECK(send("rechtzetten", {{"booking", "1"}}).status == 400);
    CHECK(send("rechtzetten", {{"booking", "9"}, {"reason", "practice"}}).status == 400);
    CHECK(send("rechtzetten", {{"booking", "1x"}, {"reason", "practice"}}).status == 400);
    CHECK(send("rechtzetten", undo).status == 303);
    CHECK(balance(Place::shop, 5) == Grams{});
    CHECK(booked().at(1).reverses == booked().at(0).id);
    CHECK(reversals == 1);
    const auto again = send("rechtzetten", undo);
    CHECK(again.status == 400);
    CHECK(says(again, "al teruggedraaid"));
    CHECK(says(visitor.get(url("wegen")), "rechtgezet"));
    const auto story = "/centra/zutphen/balie?rechtzetten=" + booked().at(0).id.text();
    CHECK(says(visitor.get(story), R"(name="booking" value="1")"));
}

TEST_CASE_FIXTURE(AtDesk, "a contradiction is settled by finding what went out, or by reversing") {
    const auto item = ledger::make_item(zutphen.id, 1);
    const auto sell_item = [&](std::uint8_t number) {
        ledger::Draft draft;
        draft.id = {make_uuid7(house.now, {99, number})};
        draft.centre = zutphen.id;
        draft.kind = ledger::Ways::built_in().kind("sell");
        draft.happened_at = house.now;
        ledger::Transfer transfer;
        transfer.from = {Place::shop, {3}};
        transfer.to = {Place::sold, {3}};
        transfer.amounts = {{1250}, {1}, {}, {}};
        transfer.basis = ledger::Basis::standard;
        transfer.item = item;
        draft.transfers = {transfer};
        people::Kinds kinds;
        kinds.set();
        const auto caller = people::internal_caller(people::Role::till, "kassa", kinds);
        house.store
            ->write([&](Transaction& tx) { return ledger::post(tx, draft, caller, house.now); })
            .get()
            .value();
    };
    CHECK(says(visitor.get(url("oplossen")), "Niets spreekt elkaar tegen"));
    sell_item(1);
    sell_item(2);
    CHECK(says(visitor.get(url("oplossen")), R"(name="booking" value="1")"));
    CHECK(send("oplossen", {{"booking", "1"}, {"how", "found"}}).status == 303);
    CHECK(lines_of(booked().at(2)) ==
          "settle\nunexplained/electrical > shop/electrical 1250g standard 1pc");
    CHECK(booked().at(2).reference == ledger::Reference{zutphen.id, booked().at(0).id});
    CHECK(send("oplossen", {{"booking", "1"}, {"how", "found"}}).status == 400);
    CHECK(send("oplossen", {{"booking", "2"}, {"how", "reverse"}}).status == 400);
    CHECK(send("oplossen", {{"booking", "2"}, {"how", "reverse"}, {"reason", "booked-twice"}})
              .status == 303);
    CHECK(says(visitor.get(url("oplossen")), "Niets spreekt elkaar tegen"));
}

TEST_CASE_FIXTURE(AtDesk, "a month that is over is closed for good, by who may, and when sure") {
    weigh("10", "books");
    CHECK(says(visitor.get(url("maand")), "geen maand om af te sluiten"));
    visitor.now = local_time(*make_day(2027, 4, 2), 600);
    CHECK(says(visitor.get(url("maand")), "maart 2027"));
    CHECK(send("maand", {{"month", "2027-03"}}).status == 400);
    CHECK(send("maand", {{"month", "2027-04"}, {"sure", "yes"}}).status == 400);
    CHECK(send("maand", {{"month", "2027-03"}, {"sure", "yes"}}).status == 303);
    CHECK(booked().at(1).closes == parse_month("2027-03"));
    CHECK(says(visitor.get(url("maand")), "geen maand om af te sluiten"));

    people::TokenRequest till;
    till.name = "kassa";
    till.centre = zutphen.id;
    till.kinds.set(ledger::Ways::built_in().kind("sell").number);
    visitor.token = house.token(till);
    const auto front = visitor.get("/centra/zutphen/balie");
    CHECK(says(front, R"(action="/centra/zutphen/balie/verkopen")"));
    CHECK_FALSE(says(front, url("maand")));
    CHECK_FALSE(says(visitor.get(url("wegen")), "<form class=\"card form\""));
    CHECK(send("wegen", {{"source", "donated"},
                         {"stream", "toys"},
                         {"kg", "1"},
                         {"basis", "measured"},
                         {"to", "shop"}})
              .status == 400);
    CHECK(booked().size() == 2);
}

TEST_CASE_FIXTURE(AtDesk, "another centre's token and another site's form book nothing") {
    const FormFields weighing{{"source", "donated"},
                              {"stream", "toys"},
                              {"kg", "1"},
                              {"basis", "measured"},
                              {"to", "shop"}};
    visitor.site = "cross-site";
    CHECK(send("wegen", weighing).status == 403);
    visitor.site = "same-origin";
    visitor.token = house.full_token(add("Lochem").id);
    CHECK(visitor.get("/centra/zutphen/balie").status == 403);
    CHECK(send("wegen", weighing).status == 403);
    CHECK(booked().empty());
}
