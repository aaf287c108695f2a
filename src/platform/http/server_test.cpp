// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "platform/http/testing.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <mutex>

using namespace kringwerk;
using namespace kringwerk::http;
using namespace kringwerk::http::testing;

namespace {

std::string code_in(const ClientResponse& answer) {
    const auto body = boost::json::parse(answer.body);
    return std::string(body.as_object().at("code").as_string());
}

/// Says what it knows about who asked.
Response who(const Request& request) {
    return plain(request.peer + (request.secure ? " secure" : " open") +
                 (request.admin ? " admin" : "") + " [" +
                 std::string(request.header("x-forwarded-for")) + "]");
}

} // namespace

TEST_CASE("a route answers over TCP with the headers that every answer has") {
    Server server(quick(), {get("/hallo/{name}", [](const Request& request) {
                      return plain("dag " + std::string(request.parameter("name")));
                  })});
    const auto answer = send(at(server), {"GET", "/hallo/J%C3%A1n%2Fen?x=1"});
    CHECK(answer.status == 200);
    CHECK(answer.body == "dag Ján/en");
    CHECK(answer.header("content-type") == "text/plain; charset=utf-8");
    CHECK(answer.header("cache-control") == "no-store");
    CHECK(answer.header("x-content-type-options") == "nosniff");
    CHECK(answer.header("x-frame-options") == "DENY");
    CHECK(answer.header("referrer-policy") == "same-origin");
    const std::string policy(answer.header("content-security-policy"));
    for (const std::string part : {"default-src 'self'", "object-src 'none'", "base-uri 'none'",
                                   "form-action 'self'", "frame-ancestors 'none'"}) {
        CHECK_MESSAGE((policy + ";").find(part + ";") != policy.npos, part);
    }
    CHECK(policy.find("unsafe") == policy.npos); // neither inline code nor eval
    CHECK(answer.header("cross-origin-opener-policy") == "same-origin");
    CHECK(answer.header("cross-origin-resource-policy") == "same-origin");
    CHECK(answer.header("strict-transport-security") == "");
    CHECK(answer.header("date").ends_with(" GMT"));
}

TEST_CASE("what is not there is 404, what cannot be done there 405 with what can") {
    Server server(quick(), {get("/a", [](const Request&) { return plain("ja"); })});
    Client client(at(server));
    const auto missing = client.send({"GET", "/b"});
    CHECK(missing.status == 404);
    CHECK(code_in(missing) == "http.not_here");
    const auto refused = client.send({"DELETE", "/a"});
    CHECK(refused.status == 405);
    CHECK(refused.header("allow") == "GET, HEAD, OPTIONS");
    CHECK(code_in(refused) == "http.wrong_method");
    const auto options = client.send({"OPTIONS", "/a"});
    CHECK(options.status == 204);
    CHECK(options.header("allow") == "GET, HEAD, OPTIONS");
    CHECK(options.header("access-control-allow-origin") == "");
    const auto head = client.send({"HEAD", "/a"});
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(head.header("content-length") == "2");
    CHECK(client.send({"OPTIONS", "*"}).status == 204);
    CHECK(client.send({"PROPFIND", "/a"}).status == 501);
}

TEST_CASE("every answer gets its stamp, also one that no route made") {
    auto options = quick();
    options.stamp = [](const Request& request, Response& response) {
        response.with("X-Path", request.path);
    };
    Server server(options, {get("/a", [](const Request&) { return plain(""); }),
                            get("/b", [](const Request&) -> Response { throw Bug("broken"); })});
    Client client(at(server));
    for (const auto* const path : {"/a", "/b", "/no-such-path"}) {
        CHECK(client.send({"GET", path}).header("x-path") == path);
    }
    CHECK(client.send({"DELETE", "/a"}).header("x-path") == "/a");
}

TEST_CASE("pages for people can replace the plain 404") {
    auto options = quick();
    options.not_here = [](const Request&, int status) {
        return html("<h1>" + std::to_string(status) + "</h1>", status);
    };
    Server server(options, {post("/a", [](const Request&) { return plain(""); })});
    CHECK(send(at(server), {"GET", "/b"}).body == "<h1>404</h1>");
    const auto refused = send(at(server), {"GET", "/a"});
    CHECK(refused.body == "<h1>405</h1>");
    CHECK(refused.header("allow") == "POST, OPTIONS");
}

TEST_CASE("a handler that breaks gets an answer with a number that the log has too") {
    auto options = quick();
    std::mutex mutex;
    std::vector<std::string> lines;
    options.log = [&](const Request& request, const Response& response, std::chrono::microseconds) {
        const std::scoped_lock lock(mutex);
        lines.push_back(request.number + " " + request.pattern + " " +
                        std::to_string(response.status));
    };
    const auto breaks = [](const Request&) -> Response { throw Breakdown("schijf vol"); };
    {
        Server server(options,
                      {get("/stuk", breaks),
                       get("/druk", [](const Request&) -> Response { throw Busy("vol", 3); }),
                       get("/vreemd", [](const Request&) -> Response { throw 7; })});
        Client client(at(server));
        const auto answer = client.send({"GET", "/stuk"});
        CHECK(answer.status == 500);
        CHECK(answer.body.find("schijf") == std::string::npos);
        const auto number = boost::json::parse(answer.body).at("number").as_string();
        const auto busy = client.send({"GET", "/druk"});
        CHECK(busy.status == 503);
        CHECK(busy.header("retry-after") == "3");
        CHECK(client.send({"GET", "/vreemd"}).status == 500);
        server.stop();
        REQUIRE(lines.size() == 3);
        CHECK(lines[0] == std::string(number) + " /stuk 500");
    }
    options.broke = [](const Request& request, const std::exception& thrown) {
        return html(request.number + std::string(": ") + thrown.what(), 500);
    };
    Server server(options, {get("/stuk", breaks)});
    CHECK(send(at(server), {"GET", "/stuk"}).body.ends_with(": schijf vol"));
}

TEST_CASE("requests sent in one go are answered in order on one connection") {
    Server server(quick(), {get("/{n}", [](const Request& request) {
                      return plain(std::string(request.parameter("n")));
                  })});
    std::string asked;
    for (int i = 0; i < 50; ++i)
        asked += "GET /n" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    asked += "GET /laatste HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    const auto said = say(at(server), asked);
    std::size_t place = 0;
    for (int i = 0; i < 50; ++i) {
        place = said.find("\r\n\r\nn" + std::to_string(i) + "HTTP/1.1 200", place);
        REQUIRE(place != said.npos);
    }
    CHECK(said.ends_with("laatste"));
}

TEST_CASE("an old client gets its answer and the end of the connection") {
    Server server(quick(), {get("/", [](const Request&) { return plain("dag"); })});
    const auto said = say(at(server), "GET / HTTP/1.0\r\n\r\n");
    CHECK(said.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(said.ends_with("\r\n\r\ndag"));
}

TEST_CASE("a body larger than its own route allows is refused, other routes take it") {
    const auto size = [](const Request& request) {
        return plain(std::to_string(request.body.size()));
    };
    Server server(quick(), {post("/klein", size, {.body_bytes = 10}),
                            post("/groot", size, {.body_bytes = 8 << 20})});
    CHECK(send(at(server), {"POST", "/klein", {}, "0123456789"}).body == "10");
    const auto refused = send(at(server), {"POST", "/klein", {}, "01234567890"});
    CHECK(refused.status == 413);
    CHECK(code_in(refused) == "http.too_large");
    CHECK(refused.header("connection") == "close");
    CHECK(send(at(server), {"POST", "/groot", {}, std::string(5 << 20, 'x')}).body == "5242880");
    // Refused before it is sent: the client hears it although it goes on sending.
    CHECK(send(at(server), {"POST", "/klein", {}, std::string(30 << 20, 'x')}).status == 413);
    const auto file =
        std::filesystem::temp_directory_path() / ("kw-http-body-" + std::to_string(getpid()));
    std::ofstream(file) << std::string(300'000, 'y');
    CHECK(send(at(server), {"POST", "/groot", {}, "", file}).body == "300000");
    std::filesystem::remove(file);
}

TEST_CASE("who waits for 100-continue gets it only when the body is welcome") {
    Server server(quick(), {post("/", [](const Request& request) { return plain(request.body); },
                                 {.body_bytes = 10})});
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                             "Connection: close\r\nContent-Length: ";
    Wire wire(at(server), std::chrono::seconds(5));
    wire.write(head + "5\r\n\r\n");
    CHECK(wire.read() == "HTTP/1.1 100 Continue\r\n\r\n");
    wire.write("hallo");
    CHECK(wire.read_all().ends_with("\r\n\r\nhallo"));
    Wire refused(at(server), std::chrono::seconds(5));
    refused.write(head + "11\r\n\r\n");
    CHECK(refused.read().starts_with("HTTP/1.1 413 "));
}

TEST_CASE("who asks too often is told how long to wait, per route") {
    auto limited = get("/login", [](const Request&) { return plain("ja"); });
    limited.limits.requests_per_minute = 3;
    Server server(quick(), {limited, get("/vrij", [](const Request&) { return plain("ja"); })});
    Client client(at(server));
    for (int i = 0; i < 3; ++i) CHECK(client.send({"GET", "/login"}).status == 200);
    const auto refused = client.send({"GET", "/login"});
    CHECK(refused.status == 429);
    CHECK(refused.header("retry-after") == "20");
    CHECK(client.send({"GET", "/vrij"}).status == 200);
}

TEST_CASE("only the proxy on the unix socket is believed, and the admin socket is its owner's") {
    const auto folder =
        std::filesystem::temp_directory_path() / ("kw-http-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    auto options = quick();
    options.unix_socket = folder / "web.socket";
    options.admin_socket = folder / "admin.socket";
    {
        Server server(options, {get("/", who)});
        const ClientRequest asked{
            "GET",
            "/",
            {{"X-Forwarded-For", "203.0.113.9, 198.51.100.7"}, {"X-Forwarded-Proto", "https"}}};
        CHECK(send(at(server), asked).body == "127.0.0.1 open []");
        CHECK(send({options.unix_socket}, asked).body ==
              "198.51.100.7 secure [203.0.113.9, 198.51.100.7]");
        CHECK(send({options.unix_socket}, asked).header("strict-transport-security") != "");
        CHECK(send({options.unix_socket}, {"GET", "/"}).body == "unix open []");
        CHECK(send({options.admin_socket}, asked).body == "admin open admin []");
        struct stat found {};
        REQUIRE(stat(options.admin_socket.c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0600);
        CHECK(is_listening({options.admin_socket}));
        CHECK_THROWS_AS(Server(options, {get("/", who)}), Breakdown);
        CHECK(is_listening({options.admin_socket})); // the second one did not take it away
    }
    CHECK_FALSE(std::filesystem::exists(options.admin_socket));
    CHECK_FALSE(is_listening({options.admin_socket}));
    // What a server left behind that was cut off is replaced; a file that is no socket is not.
    std::ofstream(folder / "bestand") << "x";
    options.unix_socket = folder / "bestand";
    CHECK_THROWS_AS(Server(options, {get("/", who)}), Breakdown);
    CHECK(std::filesystem::exists(folder / "bestand"));
    std::filesystem::remove_all(folder);
}

TEST_CASE(
    "a proxy on a network that is trusted is believed, about the last client it does not know") {
    auto options = quick();
    options.trusted_proxies = parse_ranges("127.0.0.0/8, 10.0.0.0/8").value();
    Server server(options, {get("/", who)});
    const auto ask = [&](std::string_view clients, std::string_view protocols) {
        ClientRequest request{"GET", "/", {}};
        if (!clients.empty()) request.headers.emplace_back("X-Forwarded-For", clients);
        if (!protocols.empty()) request.headers.emplace_back("X-Forwarded-Proto", protocols);
        const auto said = send(at(server), request).body;
        return said.substr(0, said.find(" ["));
    };
    CHECK(ask("203.0.113.9, 198.51.100.7", "https") == "198.51.100.7 secure");
    CHECK(ask("203.0.113.9, 198.51.100.7, 10.1.2.3", "https") == "198.51.100.7 secure");
    CHECK(ask("2001:db8::7", "http") == "2001:db8::7 open");
    CHECK(ask("10.1.2.3", "") == "10.1.2.3 open");
    CHECK(ask("", "https, http") == "127.0.0.1 open");
    CHECK(ask("198.51.100.7, somebody", "") == "127.0.0.1 open");
    CHECK(ask("198.51.100.7, somebody, 10.1.2.3", "") == "10.1.2.3 open");
}

TEST_CASE("who is not trusted is taken for what it is, and known to pass something on") {
    auto options = quick();
    options.trusted_proxies = parse_ranges("10.0.0.0/8").value();
    Server server(options, {get("/", [](const Request& request) {
                      return plain(request.peer + (request.relayed ? " relayed" : " itself"));
                  })});
    CHECK(send(at(server), {"GET", "/"}).body == "127.0.0.1 itself");
    for (const auto* const name : {"X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"}) {
        CHECK(send(at(server), {"GET", "/", {{name, "198.51.100.7"}}}).body == "127.0.0.1 relayed");
    }
}

TEST_CASE("a route that is hidden from whoever asks answers as an address that is not there") {
    auto hidden = get("/stil", [](const Request&) { return plain("ja"); });
    hidden.hidden_from = [](const Request& request) { return request.header("x-who") != "wij"; };
    Server server(quick(), {hidden});
    Client client(at(server));
    const auto told = [](ClientResponse answer) {
        auto body = boost::json::parse(answer.body).as_object();
        for (const auto* const own : {"instance", "number", "request"}) body.erase(own);
        return std::to_string(answer.status) + boost::json::serialize(body) +
               std::string(answer.header("allow"));
    };
    for (const auto* const method : {"GET", "POST", "OPTIONS", "DELETE"}) {
        CHECK(told(client.send({method, "/stil"})) == told(client.send({method, "/nergens"})));
    }
    CHECK(client.send({"HEAD", "/stil"}).status == 404);
    CHECK(client.send({"GET", "/stil", {{"X-Who", "wij"}}}).body == "ja");
    CHECK(client.send({"DELETE", "/stil", {{"X-Who", "wij"}}}).status == 405);
}

TEST_CASE("a server knows how many connections are open") {
    Server server(quick(), {get("/", who)});
    CHECK(server.connections() == 0);
    Client one(at(server));
    Client two(at(server));
    one.send({"GET", "/"});
    two.send({"GET", "/"});
    CHECK(server.connections() == 2);
}

TEST_CASE("a port that is taken is a breakdown, two routes for one path a bug") {
    Server server(quick(), {get("/", who)});
    auto options = quick();
    options.port = server.port();
    CHECK_THROWS_AS(Server(options, {get("/", who)}), Breakdown);
    CHECK_THROWS_AS(Server(quick(), {get("/", who), get("/", who)}), Bug);
    options.address = "geen-adres";
    CHECK_THROWS_AS(Server(options, {get("/", who)}), Breakdown);
}
