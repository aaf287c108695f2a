// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people;
using namespace kringwerk::people::testing;

namespace {

struct KeyDoor {
    House house;
    http::Router router{page_routes(house.desk())};
    Visitor visitor{router, house.now};
};

http::Request asked_with(std::vector<std::pair<std::string, std::string>> headers) {
    http::Request request;
    request.headers = std::move(headers);
    return request;
}

} // namespace

TEST_CASE_FIXTURE(KeyDoor, "a known token opens a session and leads back to where one came from") {
    const auto token = house.full_token();
    CHECK(says(visitor.get("/aanmelden?verder=/centra/zutphen/balie"),
               R"(name="verder" value="/centra/zutphen/balie")"));
    const auto answer = visitor.post(
        "/aanmelden", {{"token", "  " + token + "\n"}, {"verder", "/centra/zutphen/balie"}});
    CHECK(answer.status == 303);
    CHECK(header_of(answer, "Location") == "/centra/zutphen/balie");
    CHECK(header_of(answer, "Set-Cookie") ==
          "kw_session=" + token + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200");
}

TEST_CASE_FIXTURE(KeyDoor,
                  "an unknown, empty or revoked token is refused with words, not with a cookie") {
    for (const auto* typed : {"kw_0000", "", "x y;z"}) {
        const auto answer = visitor.post("/aanmelden", {{"token", typed}});
        CHECK(answer.status == 400);
        CHECK(header_of(answer, "Set-Cookie").empty());
        CHECK(says(answer, "<title>Fout: Aanmelden"));
        CHECK(says(answer, R"(href="#key-token")"));
    }
    const auto token = house.full_token();
    const auto revoked =
        house.store->write([&](Transaction& tx) { return revoke_token(tx, 1, house.now); }).get();
    REQUIRE(revoked);
    CHECK(visitor.post("/aanmelden", {{"token", token}}).status == 400);
}

TEST_CASE_FIXTURE(KeyDoor, "a token in an address opens nothing") {
    const auto answer = visitor.get("/aanmelden?token=" + house.full_token());
    CHECK(answer.status == 200);
    CHECK(header_of(answer, "Set-Cookie").empty());
}

TEST_CASE_FIXTURE(KeyDoor, "signing out ends the cookie, and another site cannot do either") {
    const auto token = house.full_token();
    visitor.token = token;
    CHECK(header_of(visitor.post("/afmelden", {}), "Set-Cookie").find("Max-Age=0") !=
          std::string::npos);
    visitor.site = "cross-site";
    CHECK(visitor.post("/afmelden", {}).status == 403);
    CHECK(visitor.post("/aanmelden", {{"token", token}}).status == 403);
}

TEST_CASE("only a path of this site is led to") {
    CHECK(local_path("/centra/a/balie?x=1", "/") == "/centra/a/balie?x=1");
    for (const auto* bad : {"", "centra", "//kwaad.test", "/\\kwaad.test", "https://kwaad.test",
                            "/a\r\nSet-Cookie: x", "/a b"}) {
        CHECK(local_path(bad, "/thuis") == "/thuis");
    }
}

TEST_CASE("a form counts as ours by Sec-Fetch-Site, and where that is absent by Origin") {
    CHECK(sent_from_here(asked_with({{"sec-fetch-site", "same-origin"}})));
    CHECK(sent_from_here(asked_with({{"sec-fetch-site", "none"}})));
    CHECK_FALSE(sent_from_here(asked_with(
        {{"sec-fetch-site", "same-site"}, {"host", "a.test"}, {"origin", "http://a.test"}})));
    CHECK(sent_from_here(asked_with({{"host", "a.test:8080"}, {"origin", "http://a.test:8080"}})));
    CHECK_FALSE(sent_from_here(asked_with({{"host", "a.test"}, {"origin", "http://b.test"}})));
    CHECK_FALSE(sent_from_here(asked_with({{"host", "a.test"}, {"origin", "null"}})));
    CHECK_FALSE(sent_from_here(asked_with({{"host", "a.test"}})));
    auto secure = asked_with({{"host", "a.test"}, {"origin", "http://a.test"}});
    secure.secure = true;
    CHECK_FALSE(sent_from_here(secure));
}
