// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/live_scales.hpp"

#include "platform/devices/scale_simulator.hpp"
#include "rooms/network/live_scales_http.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/people/pages_testing.hpp"

#include <boost/json.hpp>

#include <chrono>

using namespace kringwerk;
using namespace kringwerk::people::testing;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

/// A centre with a scale made of software.
struct Weighing {
    House house;
    devices::ScaleSimulator simulator{simulated()};
    CentreId centre = add_centre();
    int number = add_scale(simulator.port());
    std::shared_ptr<network::LiveScales> live = std::make_shared<network::LiveScales>(
        *house.store, network::LiveScalesOptions{300ms, 20ms});

    static devices::SimulatorOptions simulated() {
        devices::SimulatorOptions options;
        options.on_request = true;
        return options;
    }
    CentreId add_centre() {
        network::CentreRow row;
        row.name = row.municipality = row.place = "Zutphen";
        const auto add = [&](Transaction& tx) { return network::add_centre(tx, row, house.now); };
        return house.store->write(add).get().value().id;
    }
    network::Scale scale(std::uint16_t port) const {
        network::Scale made;
        made.name = made.place = "poort";
        made.host = "127.0.0.1";
        made.port = port;
        made.most = {150'000};
        made.step = {20};
        return made;
    }
    int add_scale(std::uint16_t port) {
        const auto add = [&](Transaction& tx) {
            return network::add_scale(tx, centre, scale(port));
        };
        return house.store->write(add).get().value().number;
    }
    void point_at(std::uint16_t port) {
        auto changed = scale(port);
        changed.number = number;
        const auto change = [&](Transaction& tx) {
            return network::change_scale(tx, centre, changed);
        };
        REQUIRE(house.store->write(change).get());
    }
    void retire() {
        const auto take = [&](Transaction& tx) {
            return network::retire_scale(tx, centre, number, house.now);
        };
        REQUIRE(house.store->write(take).get());
    }
    http::Response ask(network::MayListen may_listen, const std::string& path) const {
        const http::Router router(
            network::live_scale_routes(*house.store, live, std::move(may_listen)));
        return Visitor{router, house.now}.get(path);
    }
    http::Response listen() const {
        return ask([](const http::Request&, CentreId) { return true; }, readings);
    }
    const std::string readings = "/api/v1/centres/1/scales/1/readings";
};

json::object reading_in(const std::string& event) {
    REQUIRE(event.starts_with("event: reading\ndata: "));
    return json::parse(event.substr(event.find('{'))).as_object();
}

/// Events until one says it; nothing when none did in a while.
std::optional<json::object> hear(const http::Stream& stream, std::string_view state,
                                 std::optional<std::int64_t> grams) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < end) {
        const auto event = wait_for(stream());
        if (!event) return std::nullopt;
        auto reading = reading_in(*event);
        const bool same =
            grams ? reading.at("grams") == json::value(*grams) : reading.at("grams").is_null();
        if (reading.at("state") == json::value(state) && same) return reading;
    }
    return std::nullopt;
}

template <class Holds> bool comes_true(Holds holds) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < end) {
        if (holds()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

} // namespace

TEST_CASE_FIXTURE(Weighing, "who listens hears what the scale says, as it says it") {
    simulator.put(Grams{18'400});
    const auto answer = listen();
    CHECK(answer.status == 200);
    CHECK(answer.content_type == "text/event-stream");
    const auto still = hear(answer.stream, "still", 18'400);
    REQUIRE(still);
    CHECK(still->at("raw").as_string().find("18.400 kg") != json::string::npos);
    simulator.unstable();
    devices::Reading over;
    over.over = true;
    simulator.put(over);
    CHECK(hear(answer.stream, "over", std::nullopt));
    simulator.put(Grams{20});
    CHECK(hear(answer.stream, "still", 20));
}

TEST_CASE_FIXTURE(Weighing, "two who listen share one connection, which ends when nobody does") {
    simulator.put(Grams{500});
    CHECK_FALSE(live->is_followed(centre, number));
    {
        const auto one = listen();
        const auto two = listen();
        CHECK(hear(one.stream, "still", 500));
        CHECK(hear(two.stream, "still", 500));
        CHECK(live->is_followed(centre, number));
    }
    CHECK(comes_true([&] { return !live->is_followed(centre, number); }));
    CHECK(hear(listen().stream, "still", 500));
}

TEST_CASE_FIXTURE(Weighing, "a scale that is listened to is kept, also while it is silent") {
    const auto answer = listen();
    CHECK(hear(answer.stream, "still", 0));
    simulator.silent();
    CHECK(hear(answer.stream, "silent", std::nullopt)); // after ten times what nobody asks takes
    CHECK(live->is_followed(centre, number));
}

TEST_CASE_FIXTURE(Weighing, "a change in the register is followed while somebody listens") {
    devices::ScaleSimulator other(simulated());
    simulator.put(Grams{100});
    other.put(Grams{200});
    const auto answer = listen();
    CHECK(hear(answer.stream, "still", 100));
    point_at(other.port());
    CHECK(hear(answer.stream, "still", 200));
    retire();
    CHECK_FALSE(hear(answer.stream, "still", 999)); // the stream ends
    CHECK(listen().status == 404);
}

TEST_CASE_FIXTURE(Weighing, "only who may listen does, and to nothing else than a scale in use") {
    const auto nobody = [](const http::Request&, CentreId) { return false; };
    CHECK(ask(nobody, readings).status == 401);
    CHECK_FALSE(live->is_followed(centre, number));
    CHECK(ask([&](const http::Request&, CentreId at) { return at == centre; }, readings).status ==
          200);
    const auto all = [](const http::Request&, CentreId) { return true; };
    for (const auto* const path :
         {"/api/v1/centres/1/scales/2/readings", "/api/v1/centres/2/scales/1/readings",
          "/api/v1/centres/1/scales/x/readings", "/api/v1/centres/1/scales/4294967297/readings"}) {
        CHECK(ask(all, path).status == 404);
    }
}
