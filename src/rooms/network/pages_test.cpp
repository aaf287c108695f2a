// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/network.hpp"
#include "rooms/network/pages.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people::testing;

namespace {

struct NewCentre {
    House house;
    http::Router router{network::page_routes(house.site())};
    Visitor visitor{router, house.now};

    std::vector<network::CentreRow> centres() {
        return house.store->read([](Snapshot& view) { return network::centres(view); });
    }
};

const FormFields zutphen{
    {"name", "Ambachtscentrum Zutphen"}, {"municipality", "Zutphen"}, {"place", "Zutphen"}};

} // namespace

TEST_CASE_FIXTURE(NewCentre,
                  "who works for the whole network adds a centre and lands at its desk") {
    visitor.token = house.full_token();
    CHECK(visitor.get("/centra/nieuw").status == 200);
    const auto answer = visitor.post("/centra/nieuw", zutphen);
    CHECK(answer.status == 303);
    CHECK(header_of(answer, "Location") == "/centra/ambachtscentrum-zutphen/balie");
    REQUIRE(centres().size() == 1);
    CHECK(centres()[0].municipality == "Zutphen");
}

TEST_CASE_FIXTURE(NewCentre, "all that is missing is named at once, and what was typed stays") {
    visitor.token = house.full_token();
    const auto answer = visitor.post("/centra/nieuw", {{"name", "  "}, {"place", "Almen <i>"}});
    CHECK(answer.status == 400);
    CHECK(says(answer, R"(href="#name")"));
    CHECK(says(answer, R"(href="#municipality")"));
    CHECK_FALSE(says(answer, R"(href="#place")"));
    CHECK(says(answer, "Almen &lt;i&gt;"));
    CHECK(says(answer, "<title>Fout: "));
    CHECK(centres().empty());
}

TEST_CASE_FIXTURE(NewCentre, "a visitor signs in first, and one centre's own token adds no other") {
    CHECK(header_of(visitor.get("/centra/nieuw"), "Location") == "/aanmelden?verder=/centra/nieuw");
    CHECK(visitor.post("/centra/nieuw", zutphen).status == 303);
    visitor.token = house.full_token(CentreId{1});
    CHECK(visitor.post("/centra/nieuw", zutphen).status == 403);
    visitor.token = house.full_token();
    visitor.site = "cross-site";
    CHECK(visitor.post("/centra/nieuw", zutphen).status == 403);
    CHECK(centres().empty());
}
