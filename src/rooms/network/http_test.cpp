// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/http.hpp"

#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace kringwerk;
namespace json = boost::json;

namespace {

http::Response ask(const http::Routes& routes, const std::string& path) {
    const http::Router router(routes);
    const auto match = router.find(http::Method::get, path);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.path = path;
    request.parameters = match.captures;
    return wait_for(match.route->handler(request));
}

} // namespace

TEST_CASE("centres are listed for everybody, with how far their books are") {
    const people::testing::House house;
    const auto added = house.store
                           ->write([&](Transaction& tx) {
                               network::CentreRow centre;
                               centre.name = "Ambachtscentrum Zutphen";
                               centre.municipality = centre.place = "Zutphen";
                               return network::add_centre(tx, centre, house.now);
                           })
                           .get();
    REQUIRE(added);
    auto caller = people::internal_caller(people::Role::manager, "test", people::Kinds{}.set());
    const auto posted = house.store
                            ->write([&](Transaction& tx) {
                                ledger::Draft closing;
                                closing.id = ledger::MovementId{make_uuid7(house.now, {})};
                                closing.centre = added->id;
                                closing.kind = ledger::Ways::built_in().kind("close-month");
                                closing.happened_at = house.now;
                                closing.closes = parse_month("2027-02");
                                return ledger::post(tx, closing, caller, house.now);
                            })
                            .get();
    REQUIRE(posted);

    const auto routes = network::api_routes(*house.store);
    const auto list = json::parse(ask(routes, "/api/v1/centres").body).at("centres").as_array();
    REQUIRE(list.size() == 1);
    CHECK(json::serialize(list[0]) ==
          R"({"id":1,"name":"Ambachtscentrum Zutphen","slug":"ambachtscentrum-zutphen",)"
          R"("municipality":"Zutphen","place":"Zutphen","country":"NLD","external":false,)"
          R"("sequence":1,"closed_month":"2027-02"})");
    CHECK(json::parse(ask(routes, "/api/v1/centres/1").body) == list[0]);
}

TEST_CASE("a centre that nobody knows is not there") {
    const people::testing::House house;
    const auto routes = network::api_routes(*house.store);
    for (const auto* const path : {"/api/v1/centres/1", "/api/v1/centres/0", "/api/v1/centres/x",
                                   "/api/v1/centres/99999999999999999999"}) {
        const auto response = ask(routes, path);
        CHECK(response.status == 404);
        CHECK(json::parse(response.body).at("code") == "ledger.no_such_centre");
    }
}
