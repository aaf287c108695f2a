// SPDX-License-Identifier: EUPL-1.2
#include "app/tablet.hpp"

#include "rooms/people/pages_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::app;
using namespace kringwerk::people::testing;

namespace {

const std::vector<std::string> names{"127.0.0.1", "172.17.0.1", "192.168.1.20",    "::1",
                                     "fd12::20",  "kringwerk",  "kringwerk.local", "localhost"};
const Trust trust{"der", "profile", "3F 2A\n9C 00"};

http::Response open(House& house, const TabletAccess& access, std::string_view path) {
    const http::Router router(tablet_routes(house.site(), access));
    return Visitor{router, house.now}.get(path);
}

} // namespace

TEST_CASE("a tablet gets the addresses at which it can come, the likeliest first") {
    const auto all = tablet_access("0.0.0.0", 8443, names, trust);
    CHECK(all.reach == Reach::house);
    CHECK(all.urls == std::vector<std::string>{"https://192.168.1.20:8443",
                                               "https://172.17.0.1:8443",
                                               "https://kringwerk.local:8443"});
    CHECK(tablet_access("::", 8443, names, trust).urls.back() == "https://[fd12::20]:8443");
    CHECK(tablet_access("192.168.1.20", 443, names, trust).urls ==
          std::vector<std::string>{"https://192.168.1.20", "https://kringwerk.local"});
    const std::vector<std::string> given{"*.voorbeeld.nl", "10.0.0.5", "kring.voorbeeld.nl"};
    CHECK(tablet_access("0.0.0.0", 443, given, {}).urls ==
          std::vector<std::string>{"https://kring.voorbeeld.nl", "https://10.0.0.5"});
}

TEST_CASE("a server that listens to its own machine alone has no address for a tablet") {
    for (const auto* const address : {"127.0.0.1", "127.0.0.2", "::1", "localhost"}) {
        const auto access = tablet_access(address, 8443, names, trust);
        CHECK(access.reach == Reach::this_machine);
        CHECK(access.urls.empty());
    }
}

TEST_CASE("the page shows the way, and what to compare before anything is trusted") {
    House house;
    const auto access = tablet_access("0.0.0.0", 8443, names, trust);
    const auto page = open(house, access, "/tablet");
    CHECK(page.status == 200);
    CHECK(says(page, "<svg"));
    CHECK(says(page, "https://192.168.1.20:8443/tablet"));
    CHECK(says(page, R"(href="https://192.168.1.20:8443/app")"));
    CHECK(says(page, "3F 2A\n9C 00"));
    CHECK(says(page, "Lukt het niet?"));
    const auto certificate = open(house, access, "/tablet/kringwerk.crt");
    CHECK(certificate.content_type == "application/x-x509-ca-cert");
    CHECK(certificate.body == "der");
    const auto profile = open(house, access, "/tablet/kringwerk.mobileconfig");
    CHECK(profile.content_type == "application/x-apple-aspen-config");
    CHECK(profile.body == "profile");
}

TEST_CASE("where a tablet cannot come the page says what to do, and shows no code") {
    House house;
    const auto machine = open(house, tablet_access("127.0.0.1", 8443, names, trust), "/tablet");
    CHECK(says(machine, "hij luistert alleen naar deze computer"));
    CHECK(says(machine, "secure_address = \"0.0.0.0\""));
    CHECK_FALSE(says(machine, "Scan deze code"));
    CHECK(says(open(house, {}, "/tablet"), "https staat uit"));
    const std::vector<std::string> own{"127.0.0.1", "localhost"};
    const auto unknown = tablet_access("0.0.0.0", 8443, own, trust);
    CHECK(says(open(house, unknown, "/tablet"), "wij kennen geen adres"));
}

TEST_CASE("a certificate that everybody trusts leaves nothing to install") {
    House house;
    const std::vector<std::string> given{"kring.voorbeeld.nl"};
    const auto access = tablet_access("0.0.0.0", 443, given, {});
    const auto page = open(house, access, "/tablet");
    CHECK(says(page, "https://kring.voorbeeld.nl/tablet"));
    CHECK(says(page, "Er hoeft niets"));
    CHECK_FALSE(says(page, "kringwerk.crt"));
    CHECK(open(house, access, "/tablet/kringwerk.crt").status == 404);
    CHECK(open(house, access, "/tablet/kringwerk.mobileconfig").status == 404);
}
