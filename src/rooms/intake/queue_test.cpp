// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/queue.hpp"

#include "rooms/intake/gate_pages.hpp"
#include "rooms/intake/gate_testing.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace kringwerk;
using namespace kringwerk::intake;
using intake::testing::Gate;
using intake::testing::id;
namespace json = boost::json;

namespace {

Instant at(std::string_view text) { return *parse_instant(text); }

/// A gate whose queue is asked and counted over HTTP.
struct QueueGate : Gate {
    std::string path() const {
        return "/api/v1/centres/" + std::to_string(centre.id.value) + "/queue-counts";
    }
    http::Response count(std::int64_t waiting, Instant when) {
        return ask(http::Method::post, path(),
                   json::serialize(
                       json::object{{"waiting", waiting}, {"counted_at", format_instant(when)}}));
    }
    std::int64_t waiting() {
        return json::parse(ask(http::Method::get, path()).body).at("waiting").as_int64();
    }
    void later(std::int64_t minutes) { now.ms += minutes * 60'000; }
    void book(int number) {
        REQUIRE(outcome(action(number, "gate-visit", Gate::chairs())) == "booked");
    }
};

} // namespace

TEST_CASE("each car that is booked after a count is one less, and never less than none") {
    const std::vector<Instant> cars{at("2027-03-12T09:00:00Z"), at("2027-03-12T09:30:00Z"),
                                    at("2027-03-12T10:00:00Z")};
    const auto waiting = [&](std::int64_t counted, std::string_view when) {
        const QueueCount count{counted, at(when)};
        return queue_of(count, cars, at("2027-03-12T10:30:00Z")).waiting;
    };
    CHECK(waiting(5, "2027-03-12T08:00:00Z") == 2);
    CHECK(waiting(5, "2027-03-12T09:30:00Z") == 4); // the one of that moment was seen driving in
    CHECK(waiting(5, "2027-03-12T10:15:00Z") == 5);
    CHECK(waiting(1, "2027-03-12T08:00:00Z") == 0);
}

TEST_CASE("the count of another day says nothing about today") {
    const QueueCount count{4, at("2027-03-11T16:00:00Z")};
    const auto queue = queue_of(count, {}, at("2027-03-12T08:00:00Z"));
    CHECK(queue.waiting == 0);
    CHECK_FALSE(queue.counted_at);
    // Midnight in Amsterdam, not in Greenwich.
    CHECK(queue_of(count, {}, at("2027-03-11T22:59:00Z")).waiting == 4);
    CHECK(queue_of(count, {}, at("2027-03-11T23:00:00Z")).waiting == 0);
}

TEST_CASE("the busiest hour is any sixty minutes, and not an hour of the clock") {
    const std::vector<Instant> cars{at("2027-03-12T09:10:00Z"), at("2027-03-12T09:50:00Z"),
                                    at("2027-03-12T10:09:59Z"), at("2027-03-12T10:10:00Z"),
                                    at("2027-03-12T15:00:00Z")};
    const auto now = at("2027-03-12T15:30:00Z");
    CHECK(queue_of(std::nullopt, cars, now).busiest_hour == 3);
    CHECK(queue_of(std::nullopt, {}, now).busiest_hour == 0);
}

TEST_CASE("how long the last car waits, as the counters say it too") {
    std::ifstream file(std::string(KRINGWERK_SOURCE_DIR) + "/tests/golden/wait.json");
    std::stringstream text;
    text << file.rdbuf();
    const auto examples = json::parse(text.str());
    for (const auto& example : examples.as_array()) {
        CAPTURE(json::serialize(example));
        const auto minutes =
            wait_minutes(example.at("waiting").as_int64(), example.at("busiest_hour").as_int64());
        CHECK((minutes ? json::value(*minutes) : json::value(nullptr)) == example.at("minutes"));
    }
}

TEST_CASE("one counter counts the queue, another sees it shrink with each car") {
    QueueGate gate;
    const auto answer = gate.count(3, gate.now);
    CHECK(answer.status == 200);
    CHECK(json::parse(answer.body).at("waiting") == 3);
    gate.later(2);
    gate.book(1);
    CHECK(gate.waiting() == 2);
    CHECK(gate.outcome(gate.action(2, "gate-undo",
                                   {{"visit", id(1)}, {"reason", "wrong-weight"}})) == "booked");
    CHECK(gate.waiting() == 3); // it is weighed again
    const auto body = gate.ask(http::Method::get, gate.path()).body;
    CHECK(json::parse(body).at("busiest_hour") == 0);
    gate.later(24 * 60);
    CHECK(gate.waiting() == 0);
    CHECK(json::parse(gate.ask(http::Method::get, gate.path()).body).at("counted_at").is_null());
}

TEST_CASE("a count that was on its way for long does not replace a later one") {
    QueueGate gate;
    const auto early = gate.now;
    gate.later(30);
    gate.count(7, gate.now);
    CHECK(json::parse(gate.count(2, early).body).at("waiting") == 7);
    gate.later(1);
    gate.count(1, gate.now);
    CHECK(gate.waiting() == 1);
    // A clock that is ahead counts as now, so that it does not win from everybody for hours.
    gate.count(9, Instant{gate.now.ms + 3 * 3'600'000});
    gate.later(1);
    gate.count(4, gate.now);
    CHECK(gate.waiting() == 4);
}

TEST_CASE("a count that nobody can have seen is refused by its field") {
    QueueGate gate;
    for (const auto waiting : {-1, 201}) {
        const auto answer = gate.count(waiting, gate.now);
        CHECK(answer.status == 400);
        CHECK(json::parse(answer.body).at("errors").at(0).at("field") == "waiting");
    }
    CHECK(gate.ask(http::Method::post, gate.path(), "{").status == 400);
    CHECK(gate.ask(http::Method::post, gate.path(), R"({"waiting": 2})").status == 400);
    CHECK(gate.ask(http::Method::post, "/api/v1/centres/999/queue-counts", "{}").status == 403);
    gate.key = "kwd_1_nobody";
    CHECK(gate.count(2, gate.now).status == 401);
    CHECK(gate.ask(http::Method::get, gate.path()).status == 401);
}

TEST_CASE("the page of today says how many wait and how long that takes, and no other day does") {
    using people::testing::says;
    QueueGate gate;
    http::Router pages{gate_page_routes(gate.site(), &gate.reversed)};
    const people::testing::Visitor boss{pages, gate.now, gate.full_token()};
    const std::string page = "/centra/werkplaats-noord/poort";
    CHECK_FALSE(says(boss.get(page), "geteld om"));
    for (int car = 1; car <= 6; ++car) gate.book(car);
    gate.count(3, gate.now);
    CHECK(says(boss.get(page), "In de rij staan 3 auto&#39;s, geteld om 11:36."));
    CHECK(says(boss.get(page), "De laatste wacht ongeveer 30 minuten."));
    CHECK(says(boss.get(page), "gingen er 6 auto&#39;s door"));
    CHECK_FALSE(says(boss.get(page + "/2027-03-11"), "In de rij"));
    CHECK_FALSE(says(boss.get(page + "/2027-03"), "In de rij"));
    gate.count(0, gate.now);
    CHECK(says(boss.get(page), "Er staat geen rij"));
    CHECK_FALSE(says(boss.get(page), "wacht ongeveer"));
}
