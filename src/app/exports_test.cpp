// SPDX-License-Identifier: EUPL-1.2
#include "app/rooms.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/sessions.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using people::testing::says;
using people::testing::Visitor;

TEST_CASE("who takes the paper of the gate along stands in the trail of that centre") {
    people::testing::House house;
    network::CentreRow row;
    row.name = "Werkplaats Noord";
    row.municipality = "Buren";
    row.place = "Maurik";
    const auto centre =
        house.store->write([&](Transaction& tx) { return network::add_centre(tx, row, house.now); })
            .get()
            .value();
    const auto session =
        house.store
            ->write([&](Transaction& tx) {
                const auto wim = people::add_person(tx, {"Wim"}, house.now).value();
                people::give_role(tx, wim, {centre.id, people::Role::manager}, house.now);
                return people::start_session(tx, wim, "test", house.now);
            })
            .get();
    app::Rooms rooms{*house.store, "Kringwerk", false};
    const http::Router router{app::all_routes(rooms)};
    const Visitor wim{router, house.now, session};
    CHECK(wim.get("/centra/werkplaats-noord/poort/2027-03-12").status == 200);
    CHECK(wim.get("/centra/werkplaats-noord/poort/2027-03-12/pdf").status == 200);
    const auto trail = wim.get("/centra/werkplaats-noord/spoor");
    CHECK(says(trail, "Wim downloadde gegevens: poort-werkplaats-noord-2027-03-12.pdf."));
    const auto events =
        house.store->read([&](Snapshot& view) { return people::events(view, centre.id, 10); });
    CHECK(events.size() == 1);
}
