// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/links.hpp"
#include "rooms/people/town_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people;
using namespace kringwerk::people::testing;

namespace {

struct Welcome : Town {
    std::string link(LinkPurpose purpose, PersonId id = {}, std::optional<Role> role = {}) {
        Link made;
        made.purpose = purpose;
        made.person = id;
        made.role = role;
        if (role) made.centre = zutphen;
        made.name = "Sam";
        return write([&](Transaction& tx) { return make_link(tx, made, house.now); });
    }
    http::Response enter(const std::string& code, FormFields fields) {
        fields.emplace_back("code", code);
        return stranger().post("/welkom", fields);
    }
};

} // namespace

TEST_CASE_FIXTURE(Welcome, "the first link makes an administrator who is led on") {
    const auto code = link(LinkPurpose::first);
    CHECK(stranger().get("/welkom?code=" + code).status == 200);
    const FormFields typed{
        {"name", "Mara"}, {"email", "mara@voorbeeld.nl"}, {"password", std::string(good_password)}};
    const auto answer = enter(code, typed);
    CHECK(answer.status == 303);
    CHECK(header_of(answer, "Location") == "/begin");
    auto visitor = stranger();
    visitor.token = cookie_of(answer, session_cookie);
    CHECK(visitor.get("/mensen").status == 200);
    CHECK(visitor.get("/centra/lochem/mensen").status == 200); // holds at every centre
    CHECK(enter(code, typed).status == 404);
    CHECK(says(stranger().get("/welkom?code=" + code), "al gebruikt"));
}

TEST_CASE_FIXTURE(Welcome, "the first of the steps shows those that come") {
    auto desk = house.desk();
    desk.first_steps = [](Language) {
        return boost::json::object{{"steps_name", "De eerste keer"},
                                   {"steps_words", "Stap 1 van 6"}};
    };
    const http::Router led(welcome_routes(desk));
    const Visitor visitor{led, house.now};
    CHECK(says(visitor.get("/welkom?code=" + link(LinkPurpose::first)), "Stap 1 van 6"));
    const auto invited = visitor.get("/welkom?code=" + link(LinkPurpose::invite, {}, Role::lead));
    CHECK(invited.status == 200);
    CHECK_FALSE(says(invited, "Stap 1 van 6"));
}

TEST_CASE_FIXTURE(Welcome,
                  "a first link that lay about makes nobody administrator beside another one") {
    const auto code = link(LinkPurpose::first);
    somebody("Mara", "mara@voorbeeld.nl", {{{}, Role::administrator}});
    CHECK(enter(code, {{"name", "Eef"},
                       {"email", "eef@kwaad.test"},
                       {"password", std::string(good_password)}})
              .status == 404);
    CHECK_FALSE(read([](Snapshot& view) { return person_by_email(view, "eef@kwaad.test"); }));
}

TEST_CASE_FIXTURE(Welcome,
                  "all that is wrong is said at once, and nothing but the password is lost") {
    const auto code = link(LinkPurpose::invite, {}, Role::sorter);
    const auto page = stranger().get("/welkom?code=" + code);
    CHECK(says(page, R"(value="Sam")"));
    CHECK(says(page, "Ambachtscentrum Zutphen"));
    CHECK(says(page, "mag meekijken, wegen bij de poort, sorteren en labels printen"));
    const auto answer =
        enter(code, {{"name", "Sam"}, {"email", "sam"}, {"password", "kort"}, {"pin", "1234"}});
    CHECK(answer.status == 400);
    CHECK(says(answer, R"(href="#invited-email")"));
    CHECK(says(answer, R"(href="#invited-password")"));
    CHECK(says(answer, R"(href="#invited-pin")"));
    CHECK(says(answer, R"(value="sam")"));
    CHECK_FALSE(says(answer, R"(value="kort")"));
    CHECK_FALSE(says(answer, R"(value="1234")"));
}

TEST_CASE_FIXTURE(Welcome, "who was invited has the role of the link, there and nowhere else") {
    const auto answer =
        enter(link(LinkPurpose::invite, {}, Role::lead), {{"name", "Sam"},
                                                          {"email", "sam@voorbeeld.nl"},
                                                          {"password", std::string(good_password)},
                                                          {"pin", "7291"}});
    CHECK(answer.status == 303);
    const auto sam = read([](Snapshot& view) { return person_by_email(view, "sam@voorbeeld.nl"); });
    REQUIRE(sam);
    REQUIRE(sam->roles.size() == 1);
    CHECK(sam->roles[0].role == Role::lead);
    CHECK(sam->roles[0].centre == zutphen);
    REQUIRE(sam->pin);
    CHECK(pin_is("7291", *sam->pin));
    CHECK(trail(zutphen) == std::vector<std::string>{"joined"});
}

TEST_CASE_FIXTURE(Welcome,
                  "a volunteer without mail joins with a name and a PIN, and is not signed in") {
    const auto answer = enter(link(LinkPurpose::invite, {}, Role::volunteer),
                              {{"name", "Piet"}, {"email", ""}, {"password", ""}, {"pin", "7291"}});
    CHECK(answer.status == 200);
    CHECK(says(answer, "Kies je naam op de tablet"));
    CHECK(header_of(answer, "Set-Cookie").empty());
    const auto all = read([](Snapshot& view) { return people_of_centre(view, zutphen); });
    REQUIRE(all.size() == 1);
    CHECK(all[0].name == "Piet");
    CHECK(all[0].password.empty());
}

TEST_CASE_FIXTURE(Welcome, "who has an account already takes the role of an invitation with it") {
    const auto ans = somebody("Ans", "ans@voorbeeld.nl", {{lochem, Role::sorter}});
    const auto code = link(LinkPurpose::invite, {}, Role::lead);
    CHECK_FALSE(says(stranger().get("/welkom?code=" + code), "Ans"));
    CHECK(stranger().post("/welkom", {{"what", "accept"}, {"code", code}}).status == 400);
    const auto taken = enter(
        code,
        {{"name", "Ans"}, {"email", "ans@voorbeeld.nl"}, {"password", std::string(good_password)}});
    CHECK(taken.status == 400);
    CHECK(says(taken, "Meld je dan eerst aan"));
    const auto visitor = browser_of(ans);
    CHECK(says(visitor.get("/welkom?code=" + code), "Ans"));
    CHECK(visitor.post("/welkom", {{"what", "accept"}, {"code", code}}).status == 303);
    REQUIRE(person_now(ans).roles.size() == 2);
    CHECK(person_now(ans).has_role_at(zutphen));
    CHECK(visitor.post("/welkom", {{"what", "accept"}, {"code", code}}).status == 404);
    const auto reset = link(LinkPurpose::reset, ans);
    CHECK(visitor.post("/welkom", {{"what", "accept"}, {"code", reset}}).status == 404);
}

TEST_CASE_FIXTURE(Welcome,
                  "a new password ends all sessions, and does not step over a second step") {
    const auto mara = somebody("Mara", "mara@voorbeeld.nl", {{zutphen, Role::manager}});
    const auto before = browser_of(mara);
    const auto answer =
        enter(link(LinkPurpose::reset, mara), {{"password", "een heel ander woord"}});
    CHECK(header_of(answer, "Location") == "/account");
    CHECK(before.get("/account").status == 303);
    CHECK(password_is("een heel ander woord", person_now(mara).password));
    write([&](Transaction& tx) {
        set_totp(tx, mara, new_totp_secret(), true);
        return 0;
    });
    const auto again = enter(link(LinkPurpose::reset, mara), {{"password", "nog een ander woord"}});
    CHECK(header_of(again, "Location") == "/aanmelden");
    CHECK(header_of(again, "Set-Cookie").empty());
}

TEST_CASE_FIXTURE(Welcome, "a link for a device, an old or unknown one lets nobody in") {
    const auto device = link(LinkPurpose::device);
    CHECK(stranger().get("/welkom?code=" + device).status == 404);
    CHECK(enter(device, {{"name", "Eef"},
                         {"email", "eef@kwaad.test"},
                         {"password", std::string(good_password)}})
              .status == 404);
    CHECK(stranger().get("/welkom?code=kwl_00").status == 404);
    CHECK(stranger().get("/welkom").status == 404);
    const auto code = link(LinkPurpose::first);
    house.now.ms += lives_ms(LinkPurpose::first);
    CHECK(says(stranger().get("/welkom?code=" + code), "verlopen"));
}
