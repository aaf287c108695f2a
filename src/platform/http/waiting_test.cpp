// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/testing.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::http;
using namespace kringwerk::http::testing;
using namespace std::chrono_literals;

namespace {

/// A desk where handlers wait until another thread serves them: the store's writer in small.
class Desk {
  public:
    Pending<int> queue() {
        auto state = std::make_shared<Pending<int>::State>();
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(state);
        return Pending<int>(state);
    }
    std::size_t size() const {
        const std::scoped_lock lock(mutex_);
        return waiting_.size();
    }
    void serve_all() {
        std::vector<std::shared_ptr<Pending<int>::State>> waiting;
        {
            const std::scoped_lock lock(mutex_);
            waiting.swap(waiting_);
            served_.insert(served_.end(), waiting.begin(), waiting.end());
        }
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (i % 10 == 9)
                waiting[i]->fail(std::make_exception_ptr(Busy("vol", 1)));
            else
                waiting[i]->finish(static_cast<int>(i));
        }
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<Pending<int>::State>> waiting_;
    std::vector<std::shared_ptr<Pending<int>::State>> served_;
};

Route waits_at(Desk& desk) {
    return {Method::post, "/wacht", [&desk](const Request& request) -> Task<Response> {
                const auto number = co_await desk.queue();
                co_return plain(request.body + std::to_string(number).substr(0, 0));
            }};
}

template <class Condition> bool soon(Condition condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

int threads_now() {
    int count = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator("/proc/self/task"))
        ++count;
    return count;
}

Route endless_events() {
    return {Method::get, "/stand", [](const Request&) -> Task<Response> {
                Response response;
                response.content_type = "text/event-stream";
                response.stream = [count = 0]() mutable -> Task<std::optional<std::string>> {
                    co_return sse_event("stand", std::to_string(count++));
                };
                co_return response;
            }};
}

} // namespace

TEST_CASE("a thousand connections are open at once, each is answered twice") {
    auto options = quick();
    options.idle_time = 60s;
    Server server(options, {get("/", [](const Request&) { return plain("dag"); })});
    const int before = threads_now();
    std::vector<Client> clients;
    for (int i = 0; i < 1000; ++i) clients.emplace_back(at(server));
    for (int turn = 0; turn < 2; ++turn) {
        for (auto& client : clients) REQUIRE(client.send({"GET", "/"}).body == "dag");
    }
    CHECK(threads_now() == before);
}

TEST_CASE("256 handlers wait at once without a thread each, and another thread lets them go on") {
    Desk desk;
    Server server(quick(), {waits_at(desk), get("/", [](const Request&) { return plain("dag"); })});
    std::vector<Wire> wires;
    for (int i = 0; i < 256; ++i) {
        wires.emplace_back(at(server), 10s);
        const auto body = "w" + std::to_string(i);
        wires.back().write(
            "POST /wacht HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    REQUIRE(soon([&] { return desk.size() == 256; }));
    CHECK(send(at(server), {"GET", "/"}).body == "dag"); // meanwhile others are served
    std::thread writer([&] { desk.serve_all(); });
    int served = 0;
    int busy = 0;
    for (std::size_t i = 0; i < wires.size(); ++i) {
        const auto said = wires[i].read_all();
        if (said.starts_with("HTTP/1.1 503 ")) ++busy;
        if (said.starts_with("HTTP/1.1 200 ") && said.ends_with("\r\n\r\nw" + std::to_string(i)))
            ++served;
    }
    writer.join();
    CHECK(busy == 25);
    CHECK(served == 231);
}

TEST_CASE("a client that leaves while its handler waits harms nobody") {
    Desk desk;
    Server server(quick(), {waits_at(desk)});
    for (int i = 0; i < 50; ++i) {
        Wire(at(server), 5s).write("POST /wacht HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    }
    REQUIRE(soon([&] { return desk.size() == 50; }));
    desk.serve_all();
    std::thread later([&] {
        soon([&] { return desk.size() == 1; });
        desk.serve_all();
    });
    CHECK(send(at(server), {"POST", "/wacht", {}, "ja"}).body == "ja");
    later.join();
}

TEST_CASE("only as many connections as allowed are open, the next waits its turn") {
    auto options = quick();
    options.connections = 2;
    Server server(options, {get("/", [](const Request&) { return plain("dag"); })});
    auto first = std::make_unique<Client>(at(server));
    Client second(at(server));
    CHECK(first->send({"GET", "/"}).status == 200);
    CHECK(second.send({"GET", "/"}).status == 200);
    Client third(at(server), 300ms);
    CHECK_THROWS_AS(third.send({"GET", "/"}), Breakdown);
    Client fourth(at(server));
    first.reset();
    CHECK(fourth.send({"GET", "/"}).status == 200);
}

TEST_CASE("a long answer comes in chunks, and a step that breaks shows as a cut answer") {
    const auto pieces = [](int fails_at) {
        return [fails_at](const Request&) -> Task<Response> {
            Response response = plain("");
            response.stream = [fails_at, count = 0]() mutable -> Task<std::optional<std::string>> {
                if (count == fails_at) throw Breakdown("weg");
                if (count == 100) co_return std::nullopt;
                co_return std::string(count++ % 10 == 5 ? "" : "regel\n");
            };
            co_return response;
        };
    };
    Server server(quick(),
                  {{Method::get, "/heel", pieces(-1)}, {Method::get, "/stuk", pieces(50)}});
    Client client(at(server));
    const auto whole = client.send({"GET", "/heel"});
    CHECK(whole.header("transfer-encoding") == "chunked");
    CHECK(whole.body.size() == 90 * 6);
    CHECK(client.send({"HEAD", "/heel"}).body.empty());
    CHECK(client.send({"GET", "/heel"}).body.size() == 90 * 6); // the connection lived on
    CHECK_THROWS_AS(client.send({"GET", "/stuk"}), Breakdown);
    const auto old = say(at(server), "GET /heel HTTP/1.0\r\n\r\n");
    CHECK(old.find("chunked") == old.npos);
    CHECK(old.ends_with("\r\n\r\n" + whole.body));
}

TEST_CASE("events arrive as they happen, and stopping ends their stream first") {
    Desk desk;
    Route waiting{Method::get, "/wacht", [&desk](const Request&) -> Task<Response> {
                      Response response;
                      response.content_type = "text/event-stream";
                      response.stream = [&desk]() -> Task<std::optional<std::string>> {
                          const auto number = co_await desk.queue();
                          co_return sse_event("nummer", std::to_string(number));
                      };
                      co_return response;
                  }};
    Server server(quick(), {endless_events(), waiting});
    int seen = 0;
    Client(at(server)).send({"GET", "/stand"}, [&](std::string_view piece) {
        CHECK(piece == sse_event("stand", std::to_string(seen)));
        return ++seen < 20;
    });
    CHECK(seen == 20);

    std::string heard;
    std::thread listener([&] {
        Client(at(server)).send({"GET", "/wacht"}, [&](std::string_view piece) {
            heard += piece;
            return true;
        });
    });
    REQUIRE(soon([&] { return desk.size() == 1; }));
    desk.serve_all();
    REQUIRE(soon([&] { return desk.size() == 1; })); // it waits for the next one, which never comes
    const auto begin = std::chrono::steady_clock::now();
    server.stop();
    CHECK(std::chrono::steady_clock::now() - begin < 1500ms);
    listener.join(); // returned without an exception: the stream had its proper end
    CHECK(heard == sse_event("nummer", "0"));
    desk.serve_all();
}

TEST_CASE("stopping lets a running request finish, and closes those that ask nothing") {
    Desk desk;
    auto server = std::make_unique<Server>(quick(), Routes{waits_at(desk)});
    const auto endpoint = at(*server);
    Wire idle(endpoint, 5s);
    ClientResponse answer;
    std::thread client([&] { answer = send(endpoint, {"POST", "/wacht", {}, "bijna klaar"}); });
    REQUIRE(soon([&] { return desk.size() == 1; }));
    std::thread stopper([&] { server->stop(); });
    CHECK(idle.read() == ""); // closed while the other one still waits
    CHECK(soon([&] { return !is_listening(endpoint); }));
    desk.serve_all();
    client.join();
    stopper.join();
    CHECK(answer.body == "bijna klaar");
    CHECK(answer.header("connection") == "close");
    server->stop(); // twice is once
}

TEST_CASE("stopping does not wait for ever for a handler that never ends") {
    // Kept, because the coroutine that waits here is never resumed and never destroyed.
    static Desk& desk = *new Desk;
    auto options = quick();
    options.shutdown_time = 1s;
    const auto begin = std::chrono::steady_clock::now();
    {
        Server server(options, {waits_at(desk)});
        Wire wire(at(server), 5s);
        wire.write("POST /wacht HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        REQUIRE(soon([&] { return desk.size() == 1; }));
    }
    CHECK(std::chrono::steady_clock::now() - begin < 4s);
    desk.serve_all(); // too late, and harmless
}
