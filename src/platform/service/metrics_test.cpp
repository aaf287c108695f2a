// SPDX-License-Identifier: EUPL-1.2
#include "platform/service/metrics.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace kringwerk::service;
using std::chrono::milliseconds;

namespace {

bool says(const std::string& page, std::string_view line) {
    return ("\n" + page).find("\n" + std::string(line) + "\n") != std::string::npos;
}

} // namespace

TEST_CASE("requests are counted by pattern and status, and timed by pattern") {
    Metrics metrics;
    metrics.count("GET", "/centra/{centre}", 200, milliseconds(3));
    metrics.count("GET", "/centra/{centre}", 200, milliseconds(300));
    metrics.count("GET", "/centra/{centre}", 403, milliseconds(1));
    metrics.count("POST", "", 404, milliseconds(1));
    const auto page = metrics.page({}, {});
    CAPTURE(page);
    const std::string requests = "kringwerk_http_requests_total";
    CHECK(says(page, requests + R"({method="GET",pattern="/centra/{centre}",status="200"} 2)"));
    CHECK(says(page, requests + R"({method="GET",pattern="/centra/{centre}",status="403"} 1)"));
    CHECK(says(page, requests + R"({method="POST",pattern="none",status="404"} 1)"));
    const std::string times = "kringwerk_http_request_duration_seconds";
    CHECK(says(page, times + R"(_bucket{pattern="/centra/{centre}",le="0.001"} 1)"));
    CHECK(says(page, times + R"(_bucket{pattern="/centra/{centre}",le="0.005"} 2)"));
    CHECK(says(page, times + R"(_bucket{pattern="/centra/{centre}",le="+Inf"} 3)"));
    CHECK(says(page, times + R"(_count{pattern="/centra/{centre}"} 3)"));
}

TEST_CASE("a stream is counted and not timed") {
    Metrics metrics;
    metrics.count("GET", "/events", 200, std::nullopt);
    const auto page = metrics.page({}, {});
    CHECK(page.find(R"(pattern="/events",status="200"} 1)") != std::string::npos);
    CHECK(page.find("duration_seconds_count") == std::string::npos);
}

TEST_CASE("figures of the moment stand beside what was counted, with one head for each name") {
    const Metrics metrics;
    const auto page =
        metrics.page({{FigureKind::gauge, "open", "Open.", 3, {{"door", "http"}}},
                      {FigureKind::gauge, "open", "Open.", 0, {{"door", "say \"https\""}}},
                      {FigureKind::counter, "booked_total", "Booked.", 12345678901}},
                     {{"batch", "Size.", {1, 4}, {5, 2, 1}, 21}});
    CAPTURE(page);
    CHECK(says(page, "# TYPE open gauge\nopen{door=\"http\"} 3\n"
                     "open{door=\"say \\\"https\\\"\"} 0"));
    CHECK(says(page, "# TYPE booked_total counter\nbooked_total 12345678901"));
    CHECK(says(page, "batch_bucket{le=\"1\"} 5\nbatch_bucket{le=\"4\"} 7\n"
                     "batch_bucket{le=\"+Inf\"} 8"));
    CHECK(says(page, "batch_sum 21"));
}

TEST_CASE("many threads count together and lose nothing") {
    Metrics metrics;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 500; ++k) metrics.count("GET", "/", 200, milliseconds(1));
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(metrics.page({}, {}).find(R"(pattern="/",status="200"} 2000)") != std::string::npos);
}
