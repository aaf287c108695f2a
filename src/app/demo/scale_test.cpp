// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/scale.hpp"

#include "rooms/network/live_reading.hpp"
#include "rooms/network/live_scales.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using people::testing::House;

namespace {

CentreId add_centre(House& house, const std::string& name) {
    network::CentreRow row;
    row.name = row.municipality = row.place = name;
    const auto add = [&](Transaction& tx) { return network::add_centre(tx, row, house.now); };
    return house.store->write(add).get().value().id;
}

std::vector<network::Scale> scales_of(House& house, CentreId centre) {
    return house.store->read([&](Snapshot& view) { return network::scales(view, centre); });
}

} // namespace

TEST_CASE("each centre of the demo has a scale that speaks, and keeps it from start to start") {
    House house;
    const auto zutphen = add_centre(house, "Zutphen");
    const auto almen = add_centre(house, "Almen");
    std::uint16_t port = 0;
    for (int start = 0; start < 2; ++start) {
        const auto simulator = demo::start_scale(*house.store, 0, house.now);
        port = simulator->port();
        for (const auto centre : {zutphen, almen}) {
            const auto scales = scales_of(house, centre);
            REQUIRE(scales.size() == 1);
            CHECK(scales[0].port == port);
        }
        network::LiveScales live(*house.store);
        bool heard = false;
        for (int changes = 0; changes < 20 && !heard; ++changes) {
            const auto news = live.latest(zutphen, 1);
            REQUIRE(news);
            heard = network::reading_of(*news).grams.has_value();
            if (!heard) live.next_change(zutphen, 1).get();
        }
        CHECK(heard);
    }
}
