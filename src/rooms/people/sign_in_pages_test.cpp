// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/pending_sign_ins.hpp"
#include "rooms/people/town_testing.hpp"

#include <algorithm>
#include <chrono>

using namespace kringwerk;
using namespace kringwerk::people;
using namespace kringwerk::people::testing;

namespace {

struct FrontDoor : Town {
    PersonId mara = somebody("Mara", "mara@voorbeeld.nl", {{zutphen, Role::manager}});

    http::Response knock(std::string_view email, std::string_view password) {
        return stranger().post("/aanmelden", {{"what", "sign_in"},
                                              {"email", std::string(email)},
                                              {"password", std::string(password)},
                                              {"verder", "/centra/zutphen/mensen"}});
    }
    std::string secret = new_totp_secret();
    void with_second_step() {
        write([&](Transaction& tx) {
            set_totp(tx, mara, secret, true);
            return 0;
        });
    }
    std::string code_of_now() {
        auto digits = std::to_string(totp_code(secret, house.now.ms / 30'000));
        return std::string(6 - digits.size(), '0') + digits;
    }
};

} // namespace

TEST_CASE_FIXTURE(FrontDoor, "who gives the right password gets a session and is led onwards") {
    const auto answer = knock(" Mara@Voorbeeld.NL ", good_password);
    CHECK(answer.status == 303);
    CHECK(header_of(answer, "Location") == "/centra/zutphen/mensen");
    const auto cookie = header_of(answer, "Set-Cookie");
    CHECK(cookie.starts_with("kw_session=kws_"));
    CHECK(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200"));
    auto visitor = stranger();
    visitor.token = cookie_of(answer, session_cookie);
    CHECK(visitor.get("/centra/zutphen/mensen").status == 200);
    CHECK(trail(zutphen) == std::vector<std::string>{"signed-in"});
}

TEST_CASE_FIXTURE(FrontDoor,
                  "an unknown address and a wrong password are answered in the same words") {
    const auto wrong = knock("mara@voorbeeld.nl", "vier natte paarden");
    const auto unknown = knock("niemand@voorbeeld.nl", "vier natte paarden");
    CHECK(wrong.status == 400);
    CHECK(unknown.status == 400);
    CHECK(says(wrong, "horen niet bij elkaar"));
    CHECK(says(unknown, "horen niet bij elkaar"));
    CHECK(says(wrong, R"(value="mara@voorbeeld.nl")"));
    CHECK_FALSE(says(wrong, "vier natte"));
    CHECK(header_of(wrong, "Set-Cookie").empty());
    CHECK(person_now(mara).failed == 1);
    CHECK(trail(zutphen) == std::vector<std::string>{"sign-in-failed"});
}

TEST_CASE_FIXTURE(FrontDoor, "an unknown address is answered as slowly as a wrong password") {
    somebody("Piet", "", {{zutphen, Role::volunteer}});
    const auto newcomer = write([&](Transaction& tx) {
        return add_person(tx, {"Jo", "jo@voorbeeld.nl"}, house.now);
    });
    REQUIRE(newcomer.has_value()); // no password yet
    const auto middle_ms = [&](const std::string& email) {
        std::vector<double> took;
        for (int i = 0; i < 7; ++i) {
            const auto begun = std::chrono::steady_clock::now();
            knock(email, "vier natte paarden");
            const std::chrono::duration<double, std::milli> time =
                std::chrono::steady_clock::now() - begun;
            took.push_back(time.count());
        }
        std::nth_element(took.begin(), took.begin() + 3, took.end());
        return took[3];
    };
    // Without the comparison it is a hundred times as quick: this is wide enough for a busy
    // machine.
    constexpr double wide = 6;
    const auto known = middle_ms("mara@voorbeeld.nl"); // and locked by the fifth: as slow still
    CHECK(middle_ms("niemand@voorbeeld.nl") > known / wide);
    CHECK(middle_ms("niemand@voorbeeld.nl") < known * wide);
    CHECK(middle_ms("jo@voorbeeld.nl") > known / wide);
}

TEST_CASE_FIXTURE(FrontDoor, "a session that somebody brought along is not the one they get") {
    const auto planted = new_key("kws");
    auto visitor = stranger();
    visitor.token = planted; // a cookie that another person knows
    const auto answer = visitor.post("/aanmelden", {{"what", "sign_in"},
                                                    {"email", "mara@voorbeeld.nl"},
                                                    {"password", std::string(good_password)}});
    const auto given = cookie_of(answer, session_cookie);
    CHECK(given.starts_with("kws_"));
    CHECK(given != planted);
    CHECK_FALSE(visitor.get("/account").status == 200);
    visitor.token = given;
    CHECK(visitor.get("/account").status == 200);
    const auto again = visitor.post("/aanmelden", {{"what", "sign_in"},
                                                   {"email", "mara@voorbeeld.nl"},
                                                   {"password", std::string(good_password)}});
    CHECK(cookie_of(again, session_cookie) != given);
}

TEST_CASE_FIXTURE(FrontDoor, "who asked for no page begins at home, else at their account") {
    auto desk = house.desk();
    std::string home;
    desk.home = [&](Snapshot&, const Caller& caller) { return caller.name == "Mara" ? home : "?"; };
    const http::Router with_home(sign_in_routes(desk));
    const auto sign_in = [&](std::string onwards) {
        const auto answer = Visitor{with_home, house.now}.post(
            "/aanmelden", {{"what", "sign_in"},
                           {"email", "mara@voorbeeld.nl"},
                           {"password", std::string(good_password)},
                           {"verder", std::move(onwards)}});
        return header_of(answer, "Location");
    };
    CHECK(sign_in("") == "/account");
    home = "/begin";
    CHECK(sign_in("") == "/begin");
    CHECK(sign_in("//kwaad.test") == "/begin");
    CHECK(sign_in("/account") == "/account");
}

TEST_CASE_FIXTURE(FrontDoor, "what is missing is said at both fields at once") {
    const auto answer = knock("", "");
    CHECK(answer.status == 400);
    CHECK(says(answer, R"(href="#sign_in-email")"));
    CHECK(says(answer, R"(href="#sign_in-password")"));
}

TEST_CASE_FIXTURE(FrontDoor,
                  "after five wrong passwords even the right one waits, and says how long") {
    for (int i = 0; i < 5; ++i) knock("mara@voorbeeld.nl", "vier natte paarden");
    const auto locked = knock("mara@voorbeeld.nl", good_password);
    CHECK(locked.status == 400);
    CHECK(says(locked, "Wacht 1 min"));
    CHECK(header_of(locked, "Set-Cookie").empty());
    CHECK(trail(zutphen).front() == "locked");
    house.now.ms += 60'000;
    CHECK(knock("mara@voorbeeld.nl", good_password).status == 303);
}

TEST_CASE_FIXTURE(FrontDoor,
                  "who was blocked, or has no password yet, gets in no more than a stranger") {
    const auto piet = somebody("Piet", "", {{zutphen, Role::volunteer}});
    CHECK(knock("", good_password).status == 400);
    CHECK(person_now(piet).failed == 0);
    write([&](Transaction& tx) {
        block(tx, mara, house.now);
        return 0;
    });
    CHECK(says(knock("mara@voorbeeld.nl", good_password), "horen niet bij elkaar"));
}

TEST_CASE_FIXTURE(FrontDoor, "a second step is asked apart, without the password in the page") {
    with_second_step();
    const auto asked = knock("mara@voorbeeld.nl", good_password);
    CHECK(asked.status == 200);
    CHECK(header_of(asked, "Set-Cookie").empty());
    CHECK_FALSE(says(asked, good_password));
    const auto pending = code_in(asked, "kwp_");
    REQUIRE_FALSE(pending.empty());
    const auto give = [&](std::string code) {
        return stranger().post("/aanmelden", {{"what", "second_step"},
                                              {"pending", pending},
                                              {"code", std::move(code)},
                                              {"verder", "/account"}});
    };
    const auto wrong = give("");
    CHECK(wrong.status == 400);
    CHECK(says(wrong, pending)); // one may try again
    CHECK(person_now(mara).failed == 1);
    const auto right = give(code_of_now());
    CHECK(right.status == 303);
    CHECK(cookie_of(right, session_cookie).starts_with("kws_"));
    CHECK(says(give(code_of_now()), "Meld je opnieuw aan")); // neither of the two works twice
}

TEST_CASE_FIXTURE(FrontDoor,
                  "a second step that comes too late, or after a new password, opens nothing") {
    with_second_step();
    const auto give = [&](const std::string& pending) {
        return stranger().post(
            "/aanmelden", {{"what", "second_step"}, {"pending", pending}, {"code", code_of_now()}});
    };
    CHECK(give("kwp_00").status == 400);
    const auto late = code_in(knock("mara@voorbeeld.nl", good_password), "kwp_");
    house.now.ms += PendingSignIns::lives_ms;
    CHECK(says(give(late), "Dit duurde te lang"));
    const auto other = code_in(knock("mara@voorbeeld.nl", good_password), "kwp_");
    write([&](Transaction& tx) {
        set_password(tx, mara, hash_password("een ander wachtwoord"));
        return 0;
    });
    CHECK(header_of(give(other), "Set-Cookie").empty());
}

TEST_CASE_FIXTURE(FrontDoor, "signing out ends the session itself, not only the cookie") {
    const auto visitor = browser_of(mara);
    CHECK(visitor.get("/account").status == 200);
    CHECK(visitor.post("/afmelden", {}).status == 303);
    CHECK(visitor.get("/account").status == 303); // the same cookie again
    CHECK(trail(zutphen).front() == "signed-out");
}

TEST_CASE_FIXTURE(FrontDoor,
                  "a session gets a new text after an hour, and the old one counts a minute more") {
    const http::Router fresh(with_fresh_sessions(*house.store, page_routes(house.desk())));
    const auto old = browser_of(mara).token;
    const auto look = [&](std::string token, std::int64_t after_ms) {
        Visitor visitor{fresh, {house.now.ms + after_ms}, std::move(token)};
        return visitor.get("/account");
    };
    CHECK(header_of(look(old, session_change_ms - 1), "Set-Cookie").empty());
    const auto changed = look(old, session_change_ms);
    CHECK(changed.status == 200);
    const auto text = cookie_of(changed, session_cookie);
    CHECK(text.starts_with("kws_"));
    CHECK(text != old);
    CHECK(
        header_of(changed, "Set-Cookie").ends_with("Max-Age=39600")); // it ends when it would have
    const auto twin = look(old, session_change_ms + 1000); // a page beside it, sent before
    CHECK(twin.status == 200);
    CHECK(header_of(twin, "Set-Cookie").empty());
    CHECK(look(text, session_change_ms + session_overlap_ms + 1).status == 200);
    CHECK(look(old, session_change_ms + session_overlap_ms + 1).status == 303);
}

TEST_CASE("pending sign-ins make room for new ones, the oldest first") {
    PendingSignIns pending;
    const Instant moment{1'000'000};
    const auto first = pending.add("a@b.nl", "x", moment);
    for (std::size_t i = 1; i < PendingSignIns::most; ++i)
        pending.add("a@b.nl", "x", {moment.ms + 1});
    CHECK(pending.find(first, moment));
    const auto last = pending.add("z@b.nl", "x", {moment.ms + 2});
    CHECK_FALSE(pending.find(first, moment));
    CHECK(pending.find(last, moment)->email == "z@b.nl");
}
