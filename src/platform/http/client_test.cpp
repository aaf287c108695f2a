// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/testing.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::http;
using namespace kringwerk::http::testing;
using namespace std::chrono_literals;

TEST_CASE("one connection of the client serves many requests") {
    Server server(quick(), {post("/", [](const Request& request) { return plain(request.body); }),
                            get("/naam", [](const Request& request) {
                                return plain(std::string(request.header("user-agent")));
                            })});
    Client client(at(server));
    for (int i = 0; i < 100; ++i) {
        CHECK(client.send({"POST", "/", {}, std::to_string(i)}).body == std::to_string(i));
    }
    CHECK(client.send({"GET", "/naam", {{"User-Agent", "kw"}}}).body == "kw");
}

TEST_CASE("nobody there, silence and nonsense are breakdowns") {
    std::uint16_t port = 0;
    {
        Server server(quick(), {});
        port = server.port();
    }
    CHECK_THROWS_AS(Client({.port = port}), Breakdown);
    CHECK_THROWS_AS(Client({.unix_socket = "/nergens/kw.socket"}), Breakdown);
    CHECK_THROWS_AS(Client({.unix_socket = std::string(200, 'x')}), Breakdown);
    CHECK_FALSE(is_listening({.port = port}));
    Server server(quick(), {});
    CHECK_THROWS_AS(send(at(server), {"POST", "/", {}, "", "/nergens/bestand"}), std::exception);
    Wire silent(at(server), 100ms);
    CHECK_THROWS_AS(silent.read(), Breakdown);
}
