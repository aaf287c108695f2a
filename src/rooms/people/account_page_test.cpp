// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/town_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people;
using namespace kringwerk::people::testing;

namespace {

struct Account : Town {
    PersonId mara = somebody("Mara", "mara@voorbeeld.nl", {{zutphen, Role::manager}});
    Visitor visitor = browser_of(mara);

    std::string code_of_now() {
        const auto step = house.now.ms / 30'000;
        auto digits = std::to_string(totp_code(person_now(mara).totp_secret, step));
        return std::string(6 - digits.size(), '0') + digits;
    }
};

} // namespace

TEST_CASE_FIXTURE(Account, "one's own page says where one works; an access code has none") {
    CHECK(says(visitor.get("/account"), "Ambachtscentrum Zutphen"));
    CHECK(stranger().get("/account").status == 303);
    auto program = stranger();
    program.token = house.full_token();
    CHECK(program.get("/account").status == 403);
    CHECK(visitor.post("/account", {{"what", "nonsense"}}).status == 400);
    visitor.site = "cross-site";
    CHECK(visitor.post("/account", {{"what", "name"}, {"name", "Eef"}}).status == 403);
    CHECK(person_now(mara).name == "Mara");
}

TEST_CASE_FIXTURE(Account, "a name and a PIN are changed at once") {
    CHECK(visitor.post("/account", {{"what", "name"}, {"name", " Mara Vos "}}).status == 303);
    CHECK(person_now(mara).name == "Mara Vos");
    CHECK(visitor.post("/account", {{"what", "name"}, {"name", ""}}).status == 400);
    CHECK(visitor.post("/account", {{"what", "own_pin"}, {"pin", "12a4"}}).status == 400);
    CHECK(visitor.post("/account", {{"what", "own_pin"}, {"pin", "8350"}}).status == 303);
    CHECK(pin_is("8350", person_now(mara).pin.value()));
}

TEST_CASE_FIXTURE(Account, "a new password needs the present one and ends the other sessions") {
    const auto other = browser_of(mara);
    const auto change = [&](std::string now, std::string next) {
        return visitor.post("/account", {{"what", "password"},
                                         {"password", std::move(now)},
                                         {"new_password", std::move(next)}});
    };
    CHECK(says(change("vier natte paarden", "een heel ander woord"), "niet je wachtwoord van nu"));
    CHECK(person_now(mara).failed == 1); // a stolen session may not guess for ever
    CHECK(says(change(std::string(good_password), "kort"), R"(href="#password-new_password")"));
    CHECK(change(std::string(good_password), "een heel ander woord").status == 303);
    CHECK(password_is("een heel ander woord", person_now(mara).password));
    CHECK(visitor.get("/account").status == 200);
    CHECK(other.get("/account").status == 303);
    CHECK(trail(zutphen).front() == "password-changed");
}

TEST_CASE_FIXTURE(
    Account, "a second step counts once its first code was typed, and goes with the password") {
    CHECK(visitor.post("/account", {{"what", "totp_confirm"}, {"code", "000000"}}).status == 400);
    CHECK(visitor.post("/account", {{"what", "totp_start"}}).status == 303);
    const auto page = visitor.get("/account");
    CHECK(says(page, "<svg class=\"qr\""));
    CHECK(says(page, base32(person_now(mara).totp_secret)));
    CHECK_FALSE(person_now(mara).totp_on);
    CHECK(visitor.post("/account", {{"what", "totp_confirm"}, {"code", "12"}}).status == 400);
    CHECK(visitor.post("/account", {{"what", "totp_confirm"}, {"code", code_of_now()}}).status ==
          303);
    CHECK(person_now(mara).totp_on);
    CHECK(person_now(mara).totp_step == house.now.ms / 30'000);
    CHECK_FALSE(says(visitor.get("/account"), base32(person_now(mara).totp_secret)));
    CHECK(visitor.post("/account", {{"what", "totp_start"}}).status == 400);
    CHECK(visitor.post("/account", {{"what", "totp_off"}, {"password", "fout"}}).status == 400);
    CHECK(person_now(mara).totp_on);
    CHECK(visitor.post("/account", {{"what", "totp_off"}, {"password", std::string(good_password)}})
              .status == 303);
    CHECK_FALSE(person_now(mara).totp_on);
    CHECK(trail(zutphen).front() == "second-step-off");
}

TEST_CASE_FIXTURE(Account,
                  "sessions are listed with their browser, and only one's own can be ended") {
    const auto sam = somebody("Sam", "sam@voorbeeld.nl", {{zutphen, Role::sorter}});
    const auto of_sam = browser_of(sam); // session 2
    const auto other = browser_of(mara); // session 3
    CHECK(says(visitor.get("/account"), "Firefox, Linux"));
    visitor.post("/account", {{"what", "session_end"}, {"session", "2"}});
    CHECK(of_sam.get("/account").status == 200);
    visitor.post("/account", {{"what", "session_end"}, {"session", "3"}});
    CHECK(other.get("/account").status == 303);
    CHECK(visitor.get("/account").status == 200);
}
