// SPDX-License-Identifier: EUPL-1.2
// Processor time per JSON POST: bare Beast + Boost.JSON against the same through our server, in
// turn. Each server is a process of its own, so that its time can be told from that of the load.
//   bench_http [PAIRS] [SECONDS] [CONNECTIONS]
#include "bare_beast.hpp"

#include "support/load.hpp"
#include "support/measure.hpp"

#include "base/ensure.hpp"
#include "platform/http/http.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <string>
#include <vector>

using namespace kringwerk;

namespace {

/// 516 bytes, the size of a movement with four transfers.
std::string movement() {
    std::string body = R"({"id":"01890a5d-ac96-774b-bcce-b302099a8057","kind":"intake.weigh",)"
                       R"("happened_at":"2027-03-12T11:36:00+01:00","transfers":[)";
    for (int i = 0; i < 4; ++i) {
        body += fmt::format(R"({}{{"from":"donated","to":"sorting","stream":"furniture",)"
                            R"("grams":{},"basis":"measured"}})",
                            i ? "," : "", 12'500 + i);
    }
    body += "]";
    body += R"(,"note":")" + std::string(516 - body.size() - 11, 'x') + "\"}";
    return body;
}

void serve_ours(const std::function<void(std::uint16_t)>& ready) {
    http::ServerOptions options;
    options.port = 0;
    options.threads = 1;
    http::Server server(options, {{http::Method::post, "/", http::at_once([](const auto& request) {
                                       return http::json_text(bench::sum_of(request.body));
                                   })}});
    ready(server.port());
    for (;;) pause();
}

struct Measured {
    double us = 0;
    double per_second = 0;
};

using Serve = void (*)(const std::function<void(std::uint16_t)>&);

Measured measure(Serve serve, int connections, std::chrono::milliseconds time) {
    const auto body = movement();
    const auto request = fmt::format("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                                     "application/json\r\nContent-Length: {}\r\n\r\n{}",
                                     body.size(), body);
    const bench::Child child([&](const bench::Child::Ready& ready) {
        serve([&](std::uint16_t port) { ready(std::to_string(port)); });
    });
    const auto port = static_cast<std::uint16_t>(std::stoi(child.words()));
    const auto drive = [&](std::chrono::milliseconds how_long) {
        const auto end = std::chrono::steady_clock::now() + how_long;
        return bench::drive(port, connections, [&] {
            return std::chrono::steady_clock::now() < end ? &request : nullptr;
        });
    };
    drive(time / 10); // warm up
    const auto before = child.processor_us();
    const auto answers = static_cast<double>(drive(time));
    return {(child.processor_us() - before) / answers,
            answers * 1000 / static_cast<double>(time.count())};
}

} // namespace

int main(int count, char** values) {
    const int pairs = bench::argument(count, values, 1, 5);
    const std::chrono::milliseconds time(1000 * bench::argument(count, values, 2, 2));
    const int connections = bench::argument(count, values, 3, 64);
    std::vector<double> bare;
    std::vector<double> ours;
    std::vector<double> ratios;
    for (int pair = 0; pair < pairs; ++pair) {
        const auto first = measure(bench::serve_bare, connections, time);
        const auto second = measure(serve_ours, connections, time);
        bare.push_back(first.us);
        ours.push_back(second.us);
        ratios.push_back(second.us / first.us);
        fmt::print("bare {:6.2f} us {:7.0f}/s   ours {:6.2f} us {:7.0f}/s   ratio {:.3f}\n",
                   first.us, first.per_second, second.us, second.per_second, ratios.back());
    }
    fmt::print(
        "median of {} pairs, {} connections, JSON POST of 516 B: bare {:.2f} us, ours {:.2f} "
        "us processor time a request, ratio {:.3f} (aim: at most 1.200)\n",
        pairs, connections, bench::median(bare), bench::median(ours), bench::median(ratios));
}
