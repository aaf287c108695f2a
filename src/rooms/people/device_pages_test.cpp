// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/town_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::people;
using namespace kringwerk::people::testing;

namespace {

struct Devices : Town {
    PersonId mara = somebody("Mara", "mara@voorbeeld.nl", {{zutphen, Role::manager}});
    std::string here = "/centra/zutphen/apparaten";

    std::vector<Device> all() {
        return read([](Snapshot& view) { return devices(view, zutphen); });
    }
    std::string add(std::string name) {
        return write(
            [&](Transaction& tx) { return add_device(tx, zutphen, name, house.now).value(); });
    }
};

} // namespace

TEST_CASE_FIXTURE(Devices, "a link makes the browser that opens it a device of the centre, once") {
    const auto made = browser_of(mara).post(here, {{"what", "pair"}, {"name", " Tablet poort "}});
    CHECK(made.status == 200);
    CHECK(says(made, "http://balie.test/apparaat?code=kwl_"));
    CHECK(all().empty());
    const auto code = code_in(made, "kwl_");
    const auto page = stranger().get("/apparaat?code=" + code);
    CHECK(says(page, "Tablet poort van Ambachtscentrum Zutphen"));
    CHECK(all().empty()); // looking changes nothing
    const auto paired = stranger().post("/apparaat", {{"code", code}});
    CHECK(header_of(paired, "Location") == "/app");
    const auto cookie = header_of(paired, "Set-Cookie");
    CHECK(cookie.starts_with("kw_device=kwd_3_"));
    CHECK(cookie.ends_with("; HttpOnly; SameSite=Lax; Max-Age=34560000"));
    REQUIRE(all().size() == 1);
    CHECK(all()[0].name == "Tablet poort");
    CHECK(stranger().post("/apparaat", {{"code", code}}).status == 404);
    CHECK(all().size() == 1);
    CHECK(trail(zutphen) == std::vector<std::string>{"device-paired", "device-offered"});
}

TEST_CASE_FIXTURE(Devices, "a link for a tablet leads to where tablets find the server") {
    auto desk = house.desk();
    desk.tablets_at = [] { return std::string("https://192.168.1.20:8443"); };
    const http::Router known(device_routes(desk));
    auto visitor = browser_of(mara);
    const Visitor beside{known, house.now, visitor.token};
    const auto made = beside.post(here, {{"what", "pair"}, {"name", "Tablet poort"}});
    CHECK(says(made, "https://192.168.1.20:8443/apparaat?code=kwl_"));
    CHECK_FALSE(says(made, "balie.test"));
}

TEST_CASE_FIXTURE(Devices, "the browser of a manager can itself become a device") {
    const auto visitor = browser_of(mara);
    const auto wrong = visitor.post(here, {{"what", "pair_this"}, {"name", ""}});
    CHECK(wrong.status == 400);
    CHECK(says(wrong, R"(href="#pair_this-name")"));
    const auto paired = visitor.post(here, {{"what", "pair_this"}, {"name", "Kassa"}});
    auto browser = stranger();
    browser.device = cookie_of(paired, device_cookie);
    http::Request request;
    request.headers = {{"cookie", "kw_device=" + browser.device}};
    const auto known = read([&](Snapshot& view) { return device_of_request(view, request); });
    REQUIRE(known);
    CHECK(known->name == "Kassa");
}

TEST_CASE_FIXTURE(Devices, "the list says in words how each device does") {
    const auto key = add("Tablet poort");
    const auto visitor = browser_of(mara);
    CHECK(says(visitor.get(here), "Alles verstuurd"));
    const auto report = [&](DeviceReport said) {
        write([&](Transaction& tx) {
            note_device(tx, device_of(tx, key).value(), said, house.now);
            return 0;
        });
    };
    report({"een", 3, {house.now.ms - 3'600'000}, 5 * 60'000, 9, 7});
    auto page = visitor.get(here);
    CHECK(says(page, "3 wachten"));
    CHECK(says(page, "2 ontbreken"));
    CHECK(says(page, "Klok loopt 5 min achter"));
    CHECK(says(page, "Het oudste dat wacht is van 12-03-2027 10:36."));
    CHECK_FALSE(says(page, "Alles verstuurd"));
    report({"twee", 0, {}, -3 * 60'000, 9, 2});
    page = visitor.get(here);
    CHECK(says(page, "Gewist op 12-03-2027"));
    CHECK(says(page, "Klok loopt 3 min voor"));
    CHECK_FALSE(says(page, "wachten"));
}

TEST_CASE_FIXTURE(Devices, "blocking asks twice, and a renamed device keeps its key") {
    const auto key = add("Tablet poort");
    const auto visitor = browser_of(mara);
    CHECK_FALSE(says(visitor.get(here), "Ja, blokkeer"));
    CHECK(says(visitor.get(here + "?blokkeer=1"), "Ja, blokkeer"));
    CHECK(
        visitor.post(here, {{"what", "rename"}, {"device", "1"}, {"name", "Tablet hal"}}).status ==
        303);
    CHECK(all()[0].name == "Tablet hal");
    const auto wrong = visitor.post(here, {{"what", "rename"}, {"device", "1"}, {"name", ""}});
    CHECK(wrong.status == 400);
    CHECK(says(wrong, R"(href="#rename-name")"));
    CHECK(visitor.post(here, {{"what", "block_device"}, {"device", "1"}}).status == 303);
    CHECK(read([&](Snapshot& view) { return device_of(view, key); })->blocked_at);
    CHECK(visitor.post(here, {{"what", "block_device"}, {"device", "1"}}).status == 400);
    CHECK(visitor.post(here, {{"what", "rename"}, {"device", "1"}, {"name", "Nieuw"}}).status ==
          400);
    CHECK(trail(zutphen) == std::vector<std::string>{"device-blocked", "device-renamed"});
}

TEST_CASE_FIXTURE(Devices, "a blocked device is let in again with the same key, by who blocks") {
    const auto key = add("Tablet poort");
    const auto visitor = browser_of(mara);
    http::Request request;
    request.headers = {{"cookie", "kw_device=" + key}};
    const auto known = [&] {
        return read([&](Snapshot& view) { return device_of_request(view, request).has_value(); });
    };
    CHECK(visitor.post(here, {{"what", "unblock_device"}, {"device", "1"}}).status == 400);
    CHECK_FALSE(says(visitor.get(here), "Laat weer toe"));
    CHECK(visitor.post(here, {{"what", "block_device"}, {"device", "1"}}).status == 303);
    CHECK_FALSE(known());
    CHECK(says(visitor.get(here), "Laat weer toe"));
    const auto sam = somebody("Sam", "sam@voorbeeld.nl", {{zutphen, Role::sorter}});
    CHECK(browser_of(sam).post(here, {{"what", "unblock_device"}, {"device", "1"}}).status == 403);
    const auto done = visitor.post(here, {{"what", "unblock_device"}, {"device", "1"}});
    CHECK(header_of(done, "Location") == here + "?klaar=unblock_device");
    CHECK(says(visitor.get(here + "?klaar=unblock_device"), "mag weer meedoen"));
    CHECK(known());
    CHECK(visitor.post(here, {{"what", "unblock_device"}, {"device", "1"}}).status == 400);
    CHECK(trail(zutphen) == std::vector<std::string>{"device-unblocked", "device-blocked"});
}

TEST_CASE_FIXTURE(Devices,
                  "only who manages devices here does so, and links end or are of another kind") {
    const auto sam =
        somebody("Sam", "sam@voorbeeld.nl", {{zutphen, Role::sorter}, {lochem, Role::manager}});
    CHECK(browser_of(sam).get(here).status == 403);
    CHECK(browser_of(sam).post(here, {{"what", "pair"}, {"name", "X"}}).status == 403);
    const auto made = browser_of(mara).post(here, {{"what", "pair"}, {"name", "Tablet"}});
    const auto invited = browser_of(mara).post(
        "/centra/zutphen/mensen", {{"what", "invite"}, {"name", "N"}, {"role", "till"}});
    CHECK(stranger().post("/apparaat", {{"code", code_in(invited, "kwl_")}}).status == 404);
    house.now.ms += 30 * 60'000;
    CHECK(says(stranger().post("/apparaat", {{"code", code_in(made, "kwl_")}}), "verlopen"));
    CHECK(all().empty());
}
