// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/town_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people;
using namespace kringwerk::people::testing;

namespace {

struct Crew : Town {
    PersonId mara = somebody("Mara", "mara@voorbeeld.nl", {{zutphen, Role::manager}});
    PersonId sam = somebody("Sam", "sam@voorbeeld.nl", {{zutphen, Role::sorter}});
    PersonId boss = somebody("Bo", "bo@voorbeeld.nl", {{{}, Role::administrator}});

    std::string page_of(PersonId id) {
        return "/centra/zutphen/mensen/" + std::to_string(id.value);
    }
};

} // namespace

TEST_CASE_FIXTURE(Crew, "the list says in sentences who works here and what they may do") {
    const auto page = browser_of(mara).get("/centra/zutphen/mensen");
    CHECK(page.status == 200);
    CHECK(says(
        page,
        "Sorteerder: mag meekijken, wegen bij de poort, sorteren en labels printen en voorraad"));
    CHECK_FALSE(says(page, ">Bo<")); // works in the network
    CHECK(says(page, "Geen pincode"));
}

TEST_CASE_FIXTURE(Crew, "who may not see people is stopped, and who may only see changes nothing") {
    CHECK(browser_of(sam).get("/centra/zutphen/mensen").status == 403);
    CHECK(stranger().get("/centra/zutphen/mensen").status == 303);
    CHECK(browser_of(mara).get("/centra/lochem/mensen").status == 403);
    CHECK(browser_of(mara).get("/centra/nergens/mensen").status == 404);
    CHECK(browser_of(mara).get("/mensen").status == 403);
    const auto lead = somebody("Lia", "lia@voorbeeld.nl", {{zutphen, Role::lead}});
    const auto visitor = browser_of(lead);
    CHECK_FALSE(says(visitor.get("/centra/zutphen/mensen"), "<form class=\"card"));
    CHECK(visitor.post(page_of(sam), {{"what", "block"}}).status == 403);
    auto elsewhere = browser_of(mara);
    elsewhere.site = "cross-site";
    CHECK(elsewhere.post(page_of(sam), {{"what", "block"}}).status == 403);
    CHECK_FALSE(person_now(sam).blocked_at);
}

TEST_CASE_FIXTURE(Crew, "an invitation is shown once, as an address and as a picture") {
    const auto page = browser_of(mara).post(
        "/centra/zutphen/mensen", {{"what", "invite"}, {"name", "Noor"}, {"role", "till"}});
    CHECK(page.status == 200);
    CHECK(says(page, "http://balie.test/welkom?code=kwl_"));
    CHECK(says(page, "<svg class=\"qr\""));
    const auto welcome = stranger().get("/welkom?code=" + code_in(page, "kwl_"));
    CHECK(says(welcome, R"(value="Noor")"));
    CHECK(trail(zutphen) == std::vector<std::string>{"invited"});
}

TEST_CASE_FIXTURE(Crew,
                  "open invitations are listed with their age, and withdrawn they open nothing") {
    const auto visitor = browser_of(mara);
    const std::string list = "/centra/zutphen/mensen";
    CHECK_FALSE(says(visitor.get(list), "Open uitnodigingen"));
    const auto noor = code_in(
        visitor.post(list, {{"what", "invite"}, {"name", "Noor"}, {"role", "till"}}), "kwl_");
    const auto page = visitor.get(list);
    CHECK(says(page, "Open uitnodigingen"));
    CHECK(says(page, "Vandaag gemaakt, op 12-03-2027 11:36. Werkt tot 19-03-2027 11:36."));
    CHECK_FALSE(says(page, noor)); // the link stands nowhere
    const auto named = page.body.find("name=\"invitation\" value=\"");
    REQUIRE(named != page.body.npos);
    const auto hash = page.body.substr(named + 25, 64);
    CHECK(browser_of(sam).post(list, {{"what", "withdraw"}, {"invitation", hash}}).status == 403);
    const auto lochem_boss = somebody("Lo", "lo@voorbeeld.nl", {{lochem, Role::manager}});
    CHECK(says(browser_of(lochem_boss)
                   .post("/centra/lochem/mensen", {{"what", "withdraw"}, {"invitation", hash}}),
               "al gebruikt, ingetrokken of verlopen"));
    CHECK(stranger().get("/welkom?code=" + noor).status == 200);

    house.now.ms += std::int64_t{3} * 24 * 3'600'000;
    const auto later = browser_of(mara);
    CHECK(says(later.get(list), "Gemaakt 3 dagen geleden"));
    const auto done = later.post(list, {{"what", "withdraw"}, {"invitation", hash}});
    CHECK(header_of(done, "Location") == list + "?klaar=withdraw");
    CHECK(says(later.get(list + "?klaar=withdraw"), "De uitnodiging is ingetrokken"));
    CHECK_FALSE(says(later.get(list), "Open uitnodigingen"));
    CHECK(stranger().get("/welkom?code=" + noor).status == 404);
    CHECK(later.post(list, {{"what", "withdraw"}, {"invitation", hash}}).status == 400);
    CHECK(trail(zutphen) == std::vector<std::string>{"invite-withdrawn", "invited"});

    SUBCASE("one that is over is open no more") {
        later.post(list, {{"what", "invite"}, {"name", "Piet"}, {"role", "sorter"}});
        CHECK(says(later.get(list), "Open uitnodigingen"));
        house.now.ms += std::int64_t{7} * 24 * 3'600'000;
        CHECK_FALSE(says(browser_of(mara).get(list), "Open uitnodigingen"));
    }
    SUBCASE("who may only see, withdraws nothing") {
        later.post(list, {{"what", "invite"}, {"name", "Piet"}, {"role", "sorter"}});
        const auto lead = somebody("Lia", "lia@voorbeeld.nl", {{zutphen, Role::lead}});
        const auto seen = browser_of(lead).get(list);
        CHECK(says(seen, "Open uitnodigingen"));
        CHECK_FALSE(says(seen, "Trek in"));
    }
}

TEST_CASE_FIXTURE(Crew,
                  "each download by somebody is in the trail of its centre, and no other page") {
    const auto file = [](std::string name) {
        return http::at_once([name](const http::Request&) {
            http::Response response;
            response.content_type = "text/csv";
            response.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
            return response;
        });
    };
    const auto page = [](const http::Request&) { return http::html("<p>geen bestand</p>"); };
    const auto refused = [](const http::Request&) {
        http::Response response;
        response.status = 403;
        response.with("Content-Disposition", "attachment; filename=\"niets.csv\"");
        return response;
    };
    const http::Router files{with_noted_exports(
        house.desk(), {{http::Method::get, "/centra/{centre}/uit", file("zutphen.csv")},
                       {http::Method::get, "/api/v1/centres/{centre}/uit", file("api.csv")},
                       {http::Method::get, "/netwerk", file("netwerk.pdf")},
                       {http::Method::get, "/centra/{centre}", http::at_once(page)},
                       {http::Method::get, "/centra/{centre}/dicht", http::at_once(refused)}})};
    auto visitor = browser_of(mara);
    const Visitor reader{files, visitor.now, visitor.token};
    CHECK(reader.get("/centra/zutphen/uit").status == 200);
    CHECK(reader.get("/api/v1/centres/3/uit").status == 200);
    CHECK(reader.get("/centra/zutphen").status == 200);
    CHECK(reader.get("/centra/zutphen/dicht").status == 403);
    CHECK(reader.get("/netwerk").status == 200);
    const Visitor nobody{files, visitor.now};
    CHECK(nobody.get("/centra/zutphen/uit").status == 200);
    CHECK(trail(zutphen) == std::vector<std::string>{"exported", "exported"});
    CHECK(trail({}) == std::vector<std::string>{"exported"});
    const auto told = visitor.get("/centra/zutphen/spoor");
    CHECK(says(told, "Mara downloadde gegevens: zutphen.csv."));
    CHECK(says(told, "Mara downloadde gegevens: api.csv."));
    CHECK(says(browser_of(boss).get("/spoor"), "Mara downloadde gegevens: netwerk.pdf."));
}

TEST_CASE_FIXTURE(
    Crew, "somebody without mail is added with a name and a PIN; all wrong fields come back") {
    const auto visitor = browser_of(mara);
    const auto wrong = visitor.post(
        "/centra/zutphen/mensen",
        {{"what", "worker"}, {"name", " "}, {"role", "administrator"}, {"pin", "1111"}});
    CHECK(wrong.status == 400);
    for (const auto* field : {"name", "role", "pin"})
        CHECK(says(wrong, "href=\"#worker-" + std::string(field)));
    CHECK(visitor
              .post("/centra/zutphen/mensen",
                    {{"what", "worker"}, {"name", "Piet"}, {"role", "volunteer"}, {"pin", "8350"}})
              .status == 303);
    const auto all = read([](Snapshot& view) { return people_of_centre(view, zutphen); });
    REQUIRE(all.size() == 3);
    CHECK(pin_is("8350", all[1].pin.value()));
    CHECK(trail(zutphen) == std::vector<std::string>{"pin-set", "role-given", "joined"});
}

TEST_CASE_FIXTURE(Crew, "nobody hands out or takes away more than they have themselves") {
    const auto visitor = browser_of(mara);
    CHECK(visitor.post(page_of(sam), {{"what", "give_role"}, {"role", "repairer"}}).status == 303);
    CHECK(person_now(sam).roles.size() == 2);
    CHECK(visitor.post(page_of(sam), {{"what", "give_role"}, {"role", "auditor"}}).status == 400);
    CHECK(visitor.post(page_of(sam), {{"what", "take_role"}, {"role", "repairer"}}).status == 303);
    CHECK(person_now(sam).roles.size() == 1);
    const auto cor = somebody("Cor", "cor@voorbeeld.nl", {{{}, Role::coordinator}});
    const auto network = browser_of(cor);
    const auto to = [](PersonId id) { return "/mensen/" + std::to_string(id.value); };
    CHECK(says(network.post(to(cor), {{"what", "give_role"}, {"role", "administrator"}}),
               "mag meer dan jij"));
    CHECK(says(network.post(to(boss), {{"what", "take_role"}, {"role", "administrator"}}),
               "mag meer dan jij"));
    CHECK(person_now(cor).roles.size() == 1);
    CHECK(browser_of(boss).post(to(cor), {{"what", "give_role"}, {"role", "auditor"}}).status ==
          303);
}

TEST_CASE_FIXTURE(Crew, "who has another role that you could not give is not yours to act as") {
    give(boss, {zutphen, Role::volunteer});
    give(sam, {lochem, Role::volunteer});
    const auto visitor = browser_of(mara);
    for (const auto id : {boss, sam}) {
        CHECK(says(visitor.get(page_of(id)), "mag meer dan jij"));
        for (const auto* what : {"offer_reset", "block"}) {
            CHECK(visitor.post(page_of(id), {{"what", what}}).status == 400);
        }
        CHECK(visitor.post(page_of(id), {{"what", "pin"}, {"pin", "8350"}}).status == 400);
        CHECK_FALSE(person_now(id).pin);
        CHECK_FALSE(person_now(id).blocked_at);
    }
}

TEST_CASE_FIXTURE(Crew, "a blocked person is out at once, and can come back") {
    const auto of_sam = browser_of(sam);
    const auto visitor = browser_of(mara);
    CHECK(visitor.post(page_of(sam), {{"what", "block"}}).status == 303);
    CHECK(of_sam.get("/account").status == 303);
    CHECK(says(visitor.get("/centra/zutphen/mensen"), "Geblokkeerd"));
    CHECK(visitor.post(page_of(sam), {{"what", "unblock"}}).status == 303);
    CHECK_FALSE(person_now(sam).blocked_at);
    CHECK(says(visitor.post(page_of(mara), {{"what", "block"}}), "jezelf niet blokkeren"));
    CHECK(trail(zutphen) == std::vector<std::string>{"unblocked", "blocked"});
}

TEST_CASE_FIXTURE(Crew, "the last administrator keeps the keys") {
    const auto to_boss = "/mensen/" + std::to_string(boss.value);
    auto visitor = stranger();
    visitor.token = house.full_token();
    CHECK(says(visitor.post(to_boss, {{"what", "block"}}), "laatste beheerder"));
    CHECK(says(visitor.post(to_boss, {{"what", "take_role"}, {"role", "administrator"}}),
               "laatste beheerder"));
    somebody("Ans", "ans@voorbeeld.nl", {{{}, Role::administrator}});
    CHECK(visitor.post(to_boss, {{"what", "block"}}).status == 303);
}

TEST_CASE_FIXTURE(Crew, "a lost password is a link, and only for who signs in") {
    const auto piet = somebody("Piet", "", {{zutphen, Role::volunteer}});
    const auto visitor = browser_of(mara);
    CHECK(visitor.post(page_of(piet), {{"what", "offer_reset"}}).status == 400);
    const auto made = visitor.post(page_of(sam), {{"what", "offer_reset"}});
    CHECK(made.status == 200);
    CHECK(stranger().get("/welkom?code=" + code_in(made, "kwl_")).status == 200);
    CHECK(visitor.post(page_of(boss), {{"what", "offer_reset"}}).status ==
          404); // not of this centre
    CHECK(visitor.post(page_of(sam), {{"what", "promote"}}).status == 400);
}

TEST_CASE_FIXTURE(Crew, "the trail says in sentences who did what, to those who may see it") {
    const auto visitor = browser_of(mara);
    visitor.post(page_of(sam), {{"what", "give_role"}, {"role", "repairer"}});
    const auto page = visitor.get("/centra/zutphen/spoor");
    CHECK(says(page, "Mara gaf Sam de rol Reparateur."));
    CHECK(browser_of(sam).get("/centra/zutphen/spoor").status == 403);
    CHECK(visitor.get("/spoor").status == 403);
    CHECK(browser_of(boss).get("/spoor").status == 200);
    write([&](Transaction& tx) {
        note_export(tx, caller_for(person(tx, mara).value()), zutphen, "ords", house.now);
        return 0;
    });
    CHECK(says(visitor.get("/centra/zutphen/spoor"), "Mara downloadde gegevens: ords."));
}

TEST_CASE("each kind of event has its sentence in both languages") {
    for (const auto* what :
         {"signed-in",        "signed-out",       "sign-in-failed", "locked",
          "unlocked",         "role-given",       "role-taken",     "invited",
          "joined",           "password-changed", "reset-offered",  "password-reset",
          "second-step-on",   "second-step-off",  "pin-set",        "blocked",
          "unblocked",        "device-offered",   "device-paired",  "device-blocked",
          "device-renamed",   "session-ended",    "token-made",     "exported",
          "device-unblocked", "invite-withdrawn"}) {
        for (const auto language : {Language::nl, Language::en}) {
            CHECK_MESSAGE(Texts::built_in().has(language, "event." + std::string(what)), what);
        }
    }
}
