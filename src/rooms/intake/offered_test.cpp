// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/intake.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people::testing;

TEST_CASE("the desk offers only the places and streams that the centre has") {
    House house;
    const auto write = [&](auto function) { return house.store->write(function).get(); };
    network::CentreRow row;
    row.name = "Zutphen";
    const auto centre =
        write([&](Transaction& tx) { return network::add_centre(tx, row, house.now); })->id;
    const ledger::OnReversal on_reversal = [](auto&&...) {};
    const http::Router router{intake::routes({house.site(), {}, &on_reversal})};
    const Visitor visitor{router, house.now, house.full_token(centre)};
    const auto* const desk = "/centra/zutphen/balie/wegen";
    CHECK(says(visitor.get(desk), R"(name="to" value="workshop")"));

    network::Offered offered;
    offered.places = {ledger::Place::sorting, ledger::Place::shop};
    offered.streams = {*ledger::parse_key(ledger::Book::goods, "books")};
    REQUIRE(write([&](Transaction& tx) { return network::save_offered(tx, centre, offered); }));
    const auto page = visitor.get(desk);
    CHECK(says(page, R"(name="to" value="shop")"));
    CHECK_FALSE(says(page, R"(name="to" value="workshop")"));
    CHECK(says(page, R"(name="stream" value="books")"));
    CHECK_FALSE(says(page, R"(name="stream" value="toys")"));
    CHECK(says(page, "/centra/zutphen/inrichten"));
}
