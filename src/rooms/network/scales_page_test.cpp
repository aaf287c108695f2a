// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/scales_page.hpp"

#include "platform/devices/scale_simulator.hpp"
#include "rooms/network/line_trial.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register_actions.hpp"
#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people::testing;

namespace {

struct ScalesOfZutphen {
    House house;
    CentreId centre = [this] {
        network::CentreRow row;
        row.name = row.municipality = row.place = "Zutphen";
        const auto add = [&](Transaction& tx) { return network::add_centre(tx, row, house.now); };
        return house.store->write(add).get().value().id;
    }();
    std::shared_ptr<network::LiveScales> live = std::make_shared<network::LiveScales>(*house.store);
    http::Router router{network::scales_page_routes(house.site(), live)};
    Visitor visitor{router, house.now, house.full_token(centre)};
    const std::string url = "/centra/zutphen/weegschalen";

    void add_scale(std::uint16_t port) {
        network::Scale scale;
        scale.name = "Weegschaal <2>";
        scale.place = "poort";
        scale.host = "127.0.0.1";
        scale.port = port;
        scale.most = {150'000};
        scale.step = {20};
        const auto add = [&](Transaction& tx) { return network::add_scale(tx, centre, scale); };
        REQUIRE(house.store->write(add).get());
    }
    http::Response read(const std::string& profile, const std::string& pattern,
                        const std::string& line) const {
        return visitor.post(url, {{"profile", profile}, {"pattern", pattern}, {"line", line}});
    }
};

} // namespace

TEST_CASE_FIXTURE(ScalesOfZutphen, "the page shows what a scale says now, also without script") {
    devices::SimulatorOptions options;
    options.on_request = true;
    devices::ScaleSimulator simulator(options);
    simulator.put(Grams{18'260});
    add_scale(simulator.port());
    const auto page = visitor.get(url);
    CHECK(page.status == 200);
    CHECK(says(page, "Weegschaal &lt;2&gt;"));
    CHECK(says(page, "<strong>18,26</strong>"));
    CHECK(says(page, "staat stil"));
    CHECK(says(page, "<code>S S     18.260 kg</code>"));
    CHECK(says(page, R"(value="S S     18.260 kg")")); // ready to be tried
    CHECK(says(page, "tot 150,0\u00A0kg, stap 0,02\u00A0kg"));
    CHECK(says(page, R"(<a href="/centra/zutphen/weegschalen">Vernieuw</a>)"));
}

TEST_CASE_FIXTURE(ScalesOfZutphen, "without scales the page leads to where one is added") {
    const auto page = visitor.get(url);
    CHECK(page.status == 200);
    CHECK(says(page, R"(href="/centra/zutphen/inrichten#scale")"));
}

TEST_CASE_FIXTURE(ScalesOfZutphen, "a line is tried, and the page says what it reads") {
    const auto page = read("pattern", "{stable},{word},{weight} {unit}", "ST,GS,+  18.200 kg");
    CHECK(page.status == 200);
    CHECK(says(page, "Dit lezen wij: 18,2\u00A0kg, staat stil."));
    CHECK(says(read("pattern", "{stable},{weight} {unit}", "US,18.200 kg"), "beweegt."));
    CHECK(says(read("pattern", "{stable},{weight} {unit}", "OL,"), "te zwaar"));
    // A frame of Toledo as the page shows it, with a tare.
    const auto toledo = read("toledo", "", R"(\x02-1  18200  2000\x0d)");
    CHECK(says(toledo, "Dit lezen wij: 18,2\u00A0kg"));
    CHECK(says(toledo, "trok 2,0\u00A0kg tarra af"));
}

TEST_CASE_FIXTURE(ScalesOfZutphen,
                  "a line that cannot be read stays, with the reason at its field") {
    const auto line = read("sics", "", "18 <pond>");
    CHECK(line.status == 400);
    CHECK(says(line, R"(href="#line_trial-line")"));
    CHECK(says(line, R"(value="18 &lt;pond&gt;")"));
    CHECK(says(line, "<title>Fout: "));
    CHECK_FALSE(says(line, "Dit lezen wij"));
    const auto pattern = read("pattern", "{unit}", "18 kg");
    CHECK(says(pattern, R"(href="#line_trial-pattern")"));
    CHECK(says(pattern, "In dit patroon staat geen gewicht."));
    CHECK(says(read("pattern", "", ""), R"(href="#line_trial-line")"));
    CHECK(says(read("", "", "18 kg"), R"(href="#line_trial-profile")"));
}

TEST_CASE_FIXTURE(ScalesOfZutphen,
                  "a visitor signs in first, and another centre's token sees nothing") {
    visitor.token = "";
    CHECK(header_of(visitor.get(url), "Location") == "/aanmelden?verder=" + url);
    visitor.token = house.full_token(CentreId{centre.value + 1});
    CHECK(visitor.get(url).status == 403);
    CHECK(visitor.post(url, {{"line", "S S 1 kg"}}).status == 403);
    visitor.token = house.full_token();
    CHECK(visitor.get("/centra/nergens/weegschalen").status == 404);
}

TEST_CASE("the bytes of a line are those that were shown") {
    for (const std::string line : {"\x02-1  182\r", "plain", "half \\x0", "\\xZZ", ""}) {
        CHECK(network::line_of_shown(devices::shown(line)) == line);
    }
}
