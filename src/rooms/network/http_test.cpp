// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/http.hpp"

#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace kringwerk;
namespace json = boost::json;

namespace {

http::Response ask(const http::Routes& routes, const std::string& path, Instant moment = {}) {
    const http::Router router(routes);
    const auto match = router.find(http::Method::get, path);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.path = path;
    request.received = moment;
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
    auto alone = list[0].as_object(); // one that was never set up has no more to say
    alone["building_blocks"] = json::array{};
    CHECK(json::parse(ask(routes, "/api/v1/centres/1").body).as_object() == alone);
}

TEST_CASE("one centre says where it stands, when it is open and what it consists of") {
    const people::testing::House house;
    const auto set_up = [&](Transaction& tx) -> Result<void> {
        network::CentreRow row;
        row.name = row.place = "Zutphen";
        const auto centre = network::add_centre(tx, row, house.now)->id;
        network::Details details;
        details.name = "Zutphen";
        details.address = {"Fabrieksweg", "12a", "7202 AB", "Zutphen"};
        details.municipality = "GM0301";
        details.point = network::Point{52'138'900, 6'196'400};
        network::save_hours(tx, centre, *OpeningHours::parse("Mo-Fr 09:00-17:00"), house.now);
        const auto today = local_day(house.now);
        auto saved = network::save_block(
            tx, centre, {network::Block::repair, today, "Jan zit er elke week"}, house.now);
        if (!saved) return saved;
        return network::save_details(tx, centre, details, house.now);
    };
    REQUIRE(house.store->write(set_up).get());

    const auto routes = network::api_routes(*house.store);
    const auto at = [&](int minutes) {
        return json::parse(
            ask(routes, "/api/v1/centres/1", local_time(local_day(house.now), minutes)).body);
    };
    const auto body = at(11 * 60);
    CHECK(
        json::serialize(body.at("address")) ==
        R"({"street":"Fabrieksweg","house_number":"12a","postcode":"7202 AB","place":"Zutphen"})");
    CHECK(body.at("point").at("latitude").as_double() == doctest::Approx(52.1389));
    CHECK(body.at("municipality_code") == "GM0301");
    CHECK(body.at("municipality") == "Zutphen");
    CHECK(body.at("hours") == "Mo-Fr 09:00-17:00");
    CHECK(body.at("open_now") == "open");
    CHECK(at(18 * 60).at("open_now") == "closed");
    CHECK(json::serialize(body.at("building_blocks")) ==
          R"([{"block":"repair","since":"2027-03-12"}])"); // and nothing about Jan
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
