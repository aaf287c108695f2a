// SPDX-License-Identifier: EUPL-1.2
// Processor time per JSON POST: bare Beast + Boost.JSON against the same through our server, in
// turn. Each server is a process of its own, so that its time can be told from that of the load.
//   bench_http [PAIRS] [SECONDS] [CONNECTIONS]
#include "bare_beast.hpp"
#include "load.hpp"

#include "base/ensure.hpp"
#include "platform/http/http.hpp"

#include <fmt/format.h>

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
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

using Serve = void (*)(const std::function<void(std::uint16_t)>&);

/// A server in a process of its own, ended with this object.
class Child {
  public:
    explicit Child(Serve serve) {
        int ends[2];
        ensure(pipe(ends) == 0, "there is a pipe");
        process_ = fork();
        ensure(process_ >= 0, "there is a process");
        if (process_ == 0) {
            serve([&](std::uint16_t own) { std::ignore = write(ends[1], &own, sizeof own); });
            std::_Exit(0);
        }
        ensure(read(ends[0], &port, sizeof port) == sizeof port, "the server says its port");
        close(ends[0]);
        close(ends[1]);
    }
    ~Child() {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    double processor_us() const {
        clockid_t clock = 0;
        timespec time{};
        ensure(clock_getcpuclockid(process_, &clock) == 0, "a process has a clock");
        clock_gettime(clock, &time);
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
    }

    std::uint16_t port = 0;

  private:
    pid_t process_ = -1;
};

struct Measured {
    double us = 0;
    double per_second = 0;
};

Measured measure(Serve serve, int connections, std::chrono::milliseconds time) {
    const auto body = movement();
    const auto request = fmt::format("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                                     "application/json\r\nContent-Length: {}\r\n\r\n{}",
                                     body.size(), body);
    const Child child(serve);
    bench::drive(child.port, request, connections, time / 10); // warm up
    const auto before = child.processor_us();
    const auto answers = static_cast<double>(bench::drive(child.port, request, connections, time));
    return {(child.processor_us() - before) / answers,
            answers * 1000 / static_cast<double>(time.count())};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

int argument(int count, char** values, int place, int otherwise) {
    return place < count ? std::atoi(values[place]) : otherwise;
}

} // namespace

int main(int count, char** values) {
    const int pairs = argument(count, values, 1, 5);
    const std::chrono::milliseconds time(1000 * argument(count, values, 2, 2));
    const int connections = argument(count, values, 3, 64);
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
        pairs, connections, median(bare), median(ours), median(ratios));
}
