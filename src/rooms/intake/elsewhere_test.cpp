// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_testing.hpp"
#include "rooms/network/register_actions.hpp"

using namespace kringwerk;
using namespace kringwerk::intake;
using namespace kringwerk::intake::testing;

namespace {

/// The tablet of a gate, with other centres around it.
struct Region : Gate {
    /// A degree of latitude is 111 km.
    void place(const network::CentreRow& row, int north_km, std::string street = {}) {
        network::Details details;
        details.name = row.name;
        details.address = {std::move(street), "3", "4021 AB", row.place};
        if (details.address.street.empty()) details.address = {{}, {}, {}, row.place};
        details.municipality = "GM0214";
        details.point = network::Point{52'000'000 + north_km * 1'000'000 / 111, 5'400'000};
        const auto saved = store
                               ->write([&](Transaction& tx) {
                                   return network::save_details(tx, row.id, details, now);
                               })
                               .get();
        REQUIRE(saved);
    }
    void add(std::string name, int north_km) { place(add_centre(std::move(name)), north_km); }

    json::array places() {
        const auto answer = ask(http::Method::get, "/api/v1/counter-sets/own");
        REQUIRE(answer.status == 200);
        return json::parse(answer.body).at("elsewhere").as_array();
    }
    std::vector<std::string> names() {
        std::vector<std::string> found;
        for (const auto& other : places()) found.emplace_back(other.at("name").as_string());
        return found;
    }
};

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a visitor is sent to the nearest three within 60 km") {
    Region region;
    region.place(region.centre, 0);
    region.add("Vijftig", 50);
    region.add("Honderdtwaalf", 112);
    region.add("Tien", 10);
    CHECK(region.names() == Names{"Tien", "Vijftig"});
    region.add("Twintig", 20);
    region.add("Dertig", 30);
    CHECK(region.names() == Names{"Tien", "Twintig", "Dertig"});
}

TEST_CASE("with nothing within 60 km the visitor hears of the nearest one") {
    Region region;
    region.place(region.centre, 0);
    region.add("Negentig", 90);
    region.add("Zeventig", 70);
    region.add_centre("Onbekend");
    CHECK(region.names() == Names{"Zeventig"});
}

TEST_CASE("while no distance is known, no place is left out for being far") {
    Region region;
    region.add_centre("Een");
    region.add("Twee", 10);
    CHECK(region.names().size() == 2);
}

TEST_CASE("a counter knows for a week when the other places are open, as moments") {
    Region region;
    region.now =
        local_time(*parse_day("2027-03-26"), 12 * 60); // a Friday, summer time begins on Sunday
    const auto other = region.add_centre("Winkel");
    region.place(other, 10, "Kanaalweg");
    CHECK(region.places().at(0).at("open").as_array().empty());
    region.store
        ->write([&](Transaction& tx) {
            network::save_hours(tx, other.id, *OpeningHours::parse("Sa 10:00-17:00; Tu 9:00-12:00"),
                                region.now);
            return 0;
        })
        .get();
    const auto place = region.places().at(0);
    CHECK(place.at("address") == "Kanaalweg 3, Maurik");
    const json::array spans{
        json::object{{"from", "2027-03-27T09:00:00.000Z"}, {"to", "2027-03-27T16:00:00.000Z"}},
        json::object{{"from", "2027-03-30T07:00:00.000Z"}, {"to", "2027-03-30T10:00:00.000Z"}}};
    CHECK(place.at("open") == spans);
}
