// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_pages.hpp"
#include "rooms/intake/gate_testing.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::intake;
using intake::testing::Gate;
using intake::testing::id;
using people::testing::header_of;
using people::testing::says;
using people::testing::Visitor;

namespace {

/// A gate with cars, and somebody who looks at its day.
struct Day12 : Gate {
    http::Router pages{gate_page_routes(site(), &reversed)};
    Visitor boss{pages, now, full_token()};
    std::string path = "/centra/werkplaats-noord/poort/2027-03-12";

    Day12() {
        auto guess = line("waste", "construction", 88'000);
        guess["basis"] = "estimated";
        deliver({action(1, "gate-visit", car({line("reuse", "furniture", 42'500), guess})),
                 action(2, "gate-visit", chairs()),
                 action(3, "gate-undo", {{"visit", id(2)}, {"reason", "booked-twice"}}),
                 action(4, "gate-refusal", {{"reason", "mattress"}}),
                 action(5, "gate-visit", chairs(-1))});
    }
};

} // namespace

TEST_CASE("periods are days, weeks of ISO 8601 and months, and nothing else") {
    const auto span = [](std::string_view text) {
        const auto period = parse_gate_period(text);
        return period ? format_day(period->first) + " " + format_day(period->last) : "nothing";
    };
    CHECK(span("2027-03-12") == "2027-03-12 2027-03-12");
    CHECK(span("2027-w10") == "2027-03-08 2027-03-14");
    CHECK(span("2026-w53") == "2026-12-28 2027-01-03");
    CHECK(span("2025-w01") == "2024-12-30 2025-01-05");
    CHECK(span("2027-03") == "2027-03-01 2027-03-31");
    for (const auto* const wrong : {"2027-w53", "2027-w00", "2027-w1", "2027-02-30", "2027", "x"}) {
        CHECK(span(wrong) == "nothing");
    }
    const auto last = *parse_gate_period("2026-w53");
    CHECK(beside(last, 1).code == "2027-w01");
    CHECK(beside(*parse_gate_period("2027-03-01"), -1).code == "2027-02-28");
    CHECK(beside(*parse_gate_period("2027-01"), -1).code == "2026-12");
}

TEST_CASE("the day of the gate counts cars that stand, by stream and lane, and opens down") {
    const Day12 day;
    const auto page = day.boss.get(day.path);
    CHECK(page.status == 200);
    CHECK(says(page, "Vrijdag 12 maart 2027"));
    CHECK(says(page, ">42,5</a>"));
    CHECK(says(page, ">88,0</a>"));
    CHECK(says(page, "/autos?rijbaan=waste&amp;soort=construction"));
    CHECK(says(page, "geschat"));
    CHECK(says(page, "Matras<br><span class=\"note\">11:36</span>"));
    CHECK(says(page, "href=\"#refused\""));
    CHECK(says(page, "/autos?soort=construction"));
    CHECK(says(page, "11:00 – 12:00"));
    CHECK(says(day.boss.get("/centra/werkplaats-noord/poort/2027-w10"), ">42,5</a>"));
    CHECK(says(day.boss.get("/centra/werkplaats-noord/poort/2027-03"), ">42,5</a>"));
    CHECK(says(day.boss.get("/centra/werkplaats-noord/poort/2027-03-11"), "Nog geen auto"));
    CHECK(says(day.boss.get("/centra/werkplaats-noord/poort"), ">42,5</a>"));
}

TEST_CASE("a number of the gate opens to the weighings of which it is the sum") {
    Day12 day;
    auto weighed = Gate::line("reuse", "furniture", 18'400);
    weighed["gross_g"] = 30'400;
    weighed["tare_g"] = 12'000;
    weighed["raw"] = "S S      30.40 kg";
    CHECK(day.outcome(day.action(7, "gate-visit", Gate::car({weighed}))) == "booked");
    CHECK(says(day.boss.get(day.path), ">60,9</a>"));
    const auto furniture = day.boss.get(day.path + "/autos?rijbaan=reuse&soort=furniture");
    CHECK(says(furniture, "<h2>60,9\u00A0kg</h2>")); // 42,5 + 18,4; what was taken back is struck
    CHECK(says(furniture, "<s>42,5</s>"));
    CHECK(says(furniture, "S S      30.40 kg"));
    CHECK(says(furniture, "/centra/werkplaats-noord/boekingen/4"));
    CHECK_FALSE(says(furniture, "88,0"));
    const auto toys = day.boss.get(day.path + "/autos?rijbaan=reuse&soort=toys");
    CHECK(says(toys, "<h2>0,0\u00A0kg</h2>"));
    CHECK_FALSE(says(toys, "42,5"));
    CHECK(says(day.boss.get(day.path + "/autos"), "<h2>148,9\u00A0kg</h2>"));
    CHECK(says(day.boss.get(day.path + "/autos?uur=11"), "<h2>148,9\u00A0kg</h2>"));
    CHECK(says(day.boss.get(day.path + "/autos?uur=12"), "<h2>0,0\u00A0kg</h2>"));
}

TEST_CASE("the page and its paper are for who may read there") {
    const Day12 day;
    const Visitor guest{day.pages, day.now};
    CHECK(guest.get(day.path).status == 303);
    CHECK(day.boss.get("/centra/nergens/poort").status == 404);
    CHECK(day.boss.get("/centra/werkplaats-noord/poort/ooit").status == 404);
    const auto paper = day.boss.get(day.path + "/pdf");
    CHECK(paper.content_type == "application/pdf");
    CHECK(paper.body.starts_with("%PDF-"));
}

TEST_CASE("what was not accepted is settled by a person, or tried again") {
    Day12 day;
    CHECK(says(day.boss.get(day.path), "Niet aangenomen"));
    const auto again = day.boss.post(day.path, {{"what", "again"}, {"action", id(5)}});
    CHECK(again.status == 400); // it is as wrong as it was
    const auto done = day.boss.post(day.path, {{"what", "settle"}, {"action", id(5)}});
    CHECK(header_of(done, "Location") == day.path + "?gedaan=settle");
    CHECK_FALSE(says(day.boss.get(day.path), "Niet aangenomen"));
    CHECK(day.boss.post(day.path, {{"what", "settle"}, {"action", id(5)}}).status == 400);

    SUBCASE("one that only lacked a person is booked in the name of the one who settles it") {
        auto lost = day.action(6, "gate-visit", Gate::chairs());
        lost["person"] = 99;
        CHECK(day.outcome(lost) == "people.not_at_this_centre");
        const auto booked = day.boss.post(day.path, {{"what", "again"}, {"action", id(6)}});
        CHECK(booked.status == 303);
        CHECK(day.balance(ledger::Place::sorting, "furniture") == Grams{85'000});
        CHECK(day.outcome(lost) == "repeated");
    }
}

TEST_CASE("what still waits on a device, or never came, is named before the day is closed") {
    Day12 day;
    CHECK(says(day.boss.get(day.path), "Alles klopt"));
    const auto say = [&](std::int64_t waiting, std::int64_t highest) {
        day.store
            ->write([&](Transaction& tx) {
                people::DeviceReport report;
                report.store = "0190a000-0000-7000-8000-00000000aaaa";
                report.waiting = waiting;
                report.highest = highest;
                people::note_device(tx, day.tablet(), report, day.now);
                return 0;
            })
            .get();
        return day.boss.get(day.path);
    };
    CHECK(says(say(3, 0), "tablet poort bewaart nog 3 handelingen"));
    CHECK(says(say(0, 9), "tablet poort: 4 handelingen zijn nooit aangekomen"));
}

TEST_CASE("the lead closes the day with a remark, not a day that is still to come") {
    const Day12 day;
    const auto closed =
        day.boss.post(day.path, {{"what", "close"}, {"note", "weegschaal 2 was stuk"}});
    CHECK(closed.status == 303);
    CHECK(says(day.boss.get(day.path), "weegschaal 2 was stuk"));
    CHECK_FALSE(says(day.boss.get(day.path), "Sindsdien"));
    CHECK(day.boss.post("/centra/werkplaats-noord/poort/2027-03-13", {{"what", "close"}}).status ==
          400);
    CHECK(day.boss.post("/centra/werkplaats-noord/poort/2027-03", {{"what", "close"}}).status ==
          400);
    const auto long_note =
        day.boss.post(day.path, {{"what", "close"}, {"note", "kort " + std::string(1000, 'x')}});
    CHECK(long_note.status == 400);
    CHECK(says(long_note, "kort xxx")); // nothing typed is lost
    const Visitor elsewhere{day.pages, day.now, day.boss.token, "cross-site"};
    CHECK(elsewhere.post(day.path, {{"what", "close"}}).status == 403);
}

TEST_CASE("a day that was closed says what changed since, and keeps each closing") {
    Day12 day;
    CHECK(day.boss.post(day.path, {{"what", "close"}, {"note", "weegschaal 2 was stuk"}}).status ==
          303);
    auto later = day.boss;
    later.now = {day.now.ms + 60'000};
    day.now = later.now;
    CHECK(day.outcome(day.action(8, "gate-visit", Gate::chairs())) == "booked");
    const auto changed = later.get(day.path);
    CHECK(says(changed, "Sindsdien is 1 auto veranderd"));
    CHECK(says(changed, "Opnieuw afsluiten"));
    later.now.ms += 60'000;
    CHECK(later.post(day.path, {{"what", "close"}, {"note", "toch goed"}}).status == 303);
    const auto twice = later.get(day.path);
    CHECK(says(twice, "weegschaal 2 was stuk"));
    CHECK(says(twice, "toch goed"));
    CHECK_FALSE(says(twice, "Sindsdien"));
    const auto pdf = later.get(day.path + "/pdf");
    CHECK(pdf.status == 200);
}

TEST_CASE("how the gate checks residents is chosen by the manager, and reaches the counter") {
    Day12 day;
    CHECK(day.boss
              .post(day.path, {{"what", "check"}, {"resident_check", "required"}, {"quota", "12"}})
              .status == 303);
    CHECK(day.boss
              .post(day.path, {{"what", "check"}, {"resident_check", "required"}, {"quota", "-1"}})
              .status == 400);
    const auto set =
        boost::json::parse(day.ask(http::Method::get, "/api/v1/counter-sets/own").body).as_object();
    CHECK(set.at("settings").at("resident_check") == "required");
    CHECK(set.at("settings").at("quota_per_year") == 12);
}
