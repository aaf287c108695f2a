// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/testing.hpp"

#include <doctest/doctest.h>

#include <random>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::http;
using namespace kringwerk::http::testing;
using namespace std::chrono_literals;

namespace {

Routes echo() {
    return {get("/", [](const Request&) { return plain("dag"); }),
            post("/", [](const Request& request) { return plain(request.body); },
                 {.body_bytes = 1000, .body_time = 1s})};
}

using Moment = std::chrono::steady_clock::time_point;
double seconds_since(Moment begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Sends one byte every 50 ms until the server answers or ends; returns what it said.
std::string drip(const Endpoint& endpoint, std::string_view first, std::string_view then) {
    Wire wire(endpoint, 50ms);
    wire.write(first);
    std::string said;
    for (std::size_t i = 0; i < 200; ++i) {
        if (!wire.write(then.substr(i % then.size(), 1))) return said;
        try {
            const auto piece = wire.read();
            if (piece.empty()) return said;
            said += piece;
        } catch (const Breakdown&) {
            // Nothing was said within 50 ms: go on dripping.
        }
    }
    return said + " and went on for ever";
}

} // namespace

TEST_CASE("a head or body that drips is cut at its deadline, which no drop extends") {
    Server server(quick(), echo());
    auto begin = std::chrono::steady_clock::now();
    const auto head = drip(at(server), "GET / HTTP/1.1\r\n", "X");
    CHECK(head.starts_with("HTTP/1.1 408 "));
    CHECK(head.find("http.too_slow") != head.npos);
    CHECK(seconds_since(begin) < 2.5);
    begin = std::chrono::steady_clock::now();
    const auto body =
        drip(at(server), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n", "x");
    CHECK(body.starts_with("HTTP/1.1 408 "));
    CHECK(seconds_since(begin) < 2.5);
}

TEST_CASE("a connection that asks nothing is closed after a while, without a word") {
    auto options = quick();
    options.idle_time = 1s;
    Server server(options, echo());
    const auto begin = std::chrono::steady_clock::now();
    CHECK(Wire(at(server), 5s).read_all() == "");
    CHECK(seconds_since(begin) > 0.9);
    Client client(at(server));
    CHECK(client.send({"GET", "/"}).body == "dag");
}

TEST_CASE("a client that does not read its answer is dropped") {
    auto options = quick();
    options.write_time = 1s;
    // Large enough to fill the buffers of both kernels.
    static const std::string large(32 << 20, 'x');
    Server server(options, {get("/groot", [](const Request&) {
                      Response response;
                      response.content_type = "application/octet-stream";
                      response.fixed_body = large;
                      return response;
                  })});
    Wire wire(at(server), 10s);
    wire.write("GET /groot HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(2s);
    CHECK(wire.read_all().size() < large.size());
    CHECK(send(at(server), {"GET", "/groot"}).body.size() == large.size());
}

TEST_CASE("requests that a proxy might read differently are refused and end the connection") {
    Server server(quick(), echo());
    const std::string hidden = "GET /geheim HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const std::string headers :
         {"Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 0",
          "Host: a\r\nContent-Length: 5\r\nContent-Length: 6",
          "Host: a\r\nTransfer-Encoding: gzip, chunked"}) {
        CAPTURE(headers);
        const auto said =
            say(at(server), "POST / HTTP/1.1\r\n" + headers + "\r\n\r\n0\r\n\r\n" + hidden);
        CHECK(said.starts_with("HTTP/1.1 400 "));
        CHECK(said.find("HTTP/1.1", 10) == said.npos); // nothing after it was answered
        CHECK(said.find("Connection: close") != said.npos);
    }
}

TEST_CASE("oversize heads and bodies are answered, then cut") {
    Server server(quick(), echo());
    CHECK(say(at(server), "GET / HTTP/1.1\r\nX: " + std::string(200'000, 'x'))
              .starts_with("HTTP/1.1 431 "));
    std::string chunks = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 1000; ++i) chunks += "64\r\n" + std::string(100, 'x') + "\r\n";
    CHECK(say(at(server), chunks).starts_with("HTTP/1.1 413 "));
}

TEST_CASE("large bodies get the room that there is for them, and small ones always have some") {
    auto options = quick();
    options.body_bytes = 6'000'000;
    Server server(options, {post("/", [](const Request& request) { return plain(request.body); },
                                 {.body_bytes = 2'000'000, .body_time = 3s})});
    const auto head = [](std::size_t length) {
        return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(length) +
               "\r\n\r\n";
    };
    const std::string large(1'200'000, 'x');
    {
        Wire first(at(server), 5s);
        first.write(head(large.size()) + large.substr(1)); // and there it waits
        std::this_thread::sleep_for(200ms);
        // One client has half of the room, and most of that is taken.
        const auto second = say(at(server), head(large.size()) + large);
        CHECK(second.starts_with("HTTP/1.1 503 "));
        CHECK(second.find("Retry-After: 1\r\n") != second.npos);
        CHECK(send(at(server), {"POST", "/", {}, std::string(8000, 'x')}).status == 200);
    }
    // Whoever held the room is gone.
    std::this_thread::sleep_for(200ms);
    CHECK(send(at(server), {"POST", "/", {}, large}).body == large);
}

TEST_CASE("one client has no more connections than its share") {
    auto options = quick();
    options.connections_per_client = 3;
    Server server(options, echo());
    std::vector<std::unique_ptr<Wire>> wires;
    const std::string asked = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    const auto answered = [&] {
        auto wire = std::make_unique<Wire>(at(server), 5s);
        try {
            wire->write(asked);
            const bool said = !wire->read().empty();
            if (said) wires.push_back(std::move(wire));
            return said;
        } catch (const Breakdown&) {
            return false; // closed while we spoke
        }
    };
    for (int i = 0; i < 3; ++i) CHECK(answered());
    CHECK_FALSE(answered());
    wires.pop_back();
    std::this_thread::sleep_for(200ms);
    CHECK(answered());
}

TEST_CASE("after mutated, cut and abandoned connections the server still answers") {
    Server server(quick(), echo());
    std::mt19937 random(20270312);
    const std::string asked = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhallo";
    for (int turn = 0; turn < 600; ++turn) {
        auto bytes = asked + (turn % 3 ? "" : asked);
        for (auto i = random() % 6; i > 0; --i)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        bytes.resize(random() % 2 ? bytes.size() : random() % bytes.size());
        Wire wire(at(server), 5s);
        wire.write(bytes);
        if (random() % 2) {
            wire.end_writing();
            const auto said = wire.read_all();
            if (!said.empty()) CHECK(said.starts_with("HTTP/1.1 "));
        }
    }
    CHECK(send(at(server), {"POST", "/", {}, "hallo"}).body == "hallo");
}
