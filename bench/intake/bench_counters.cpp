// SPDX-License-Identifier: EUPL-1.2
// Many counters at once, each a registered device that delivers one car after the other, as the
// staff app does it. The server is a process of its own; what is measured is what a counter sees,
// from the first byte of its delivery to the last of the answer, the commit between them.
//   bench_counters [COUNTERS] [MS BETWEEN CARS] [SECONDS] [FOLDER]
#include "support/measure.hpp"

#include "app/rooms.hpp"
#include "base/ensure.hpp"
#include "platform/http/wire.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"

#include <fmt/format.h>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>

using namespace kringwerk;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int counters_of_centre = 3;

struct Device {
    CentreId centre;
    std::int64_t person = 0;
    std::string key;
};

std::vector<Device> set_up(const fs::path& file, int counters) {
    auto store = open_sqlite(file);
    ensure(store.has_value(), "new books open");
    const auto make = [&](Transaction& tx) {
        std::vector<Device> devices;
        network::CentreRow centre;
        people::PersonId person;
        for (int i = 0; i < counters; ++i) {
            if (i % counters_of_centre == 0) {
                centre = {};
                centre.name = fmt::format("Centrum {}", i / counters_of_centre + 1);
                centre = network::add_centre(tx, centre, now()).value();
                person = people::add_person(tx, {"Poort"}, now()).value();
                people::give_role(tx, person, {centre.id, people::Role::volunteer}, now());
            }
            devices.push_back({centre.id, person.value,
                               people::add_device(tx, centre.id, "tablet", now()).value()});
        }
        return devices;
    };
    return (*store)->write(make).get();
}

void serve(const fs::path& file, const bench::Child::Ready& ready) {
    auto store = open_sqlite(file);
    app::Rooms rooms(**store, "bench", false);
    http::ServerOptions options;
    options.port = 0;
    options.stamp = app::stamp_of(rooms);
    http::Server server(options, app::all_routes(rooms));
    ready(std::to_string(server.port()));
    pause();
}

/// A car with two things in it.
std::string delivery(const Device& device, std::int64_t sequence) {
    const auto moment = format_instant(now());
    const auto body = fmt::format(
        R"({{"store":"0190a000-0000-7000-8000-00000000aaaa","clock_at":"{0}","waiting":0,"actions":[)"
        R"({{"id":"{1}","sequence":{2},"kind":"gate-visit","person":{3},"clock_at":"{0}","offset_ms":0,)"
        R"("body":{{"lines":[{{"lane":"reuse","stream":"household","grams":18400,"basis":"measured",)"
        R"("scale":1,"raw":"S S      18.40 kg"}},{{"lane":"waste","stream":"construction",)"
        R"("grams":30000,"basis":"estimated"}}],"postcode":"7201","taps":7,"took_ms":9100}}}}]}})",
        moment, format_uuid(new_uuid7(now())), sequence, device.person);
    return fmt::format("POST /api/v1/centres/{}/actions HTTP/1.1\r\nHost: balie\r\n"
                       "Content-Type: application/json\r\nCookie: kw_device={}\r\n"
                       "Content-Length: {}\r\n\r\n{}",
                       device.centre.value, device.key, body.size(), body);
}

struct Counter {
    Device device;
    http::Wire wire;
    Clock::time_point due; ///< when the next car comes
    Clock::time_point sent = {};
    bool waits = false;
    std::int64_t sequence = 0;
    std::string heard = {};
};

/// True when the answer is whole; it must say that the car was booked.
bool is_answered(std::string& heard) {
    const auto end = heard.find("\r\n\r\n");
    if (end == heard.npos) return false;
    constexpr std::string_view name = "Content-Length: ";
    const auto named = heard.find(name);
    ensure(named < end, "the answer says its length");
    std::size_t length = 0;
    std::from_chars(heard.data() + named + name.size(), heard.data() + end, length);
    if (heard.size() < end + 4 + length) return false;
    ensure(heard.find(R"("outcome":"booked")") != heard.npos, "every car is booked: " + heard);
    heard.clear();
    return true;
}

std::vector<double> drive(std::uint16_t port, const std::vector<Device>& devices,
                          std::chrono::milliseconds between, std::chrono::seconds lasts) {
    std::mt19937_64 dice(7);
    const auto pause_between = [&] {
        return between * (500 + static_cast<int>(dice() % 1001)) / 1000;
    };
    const auto begun = Clock::now();
    std::vector<Counter> counters;
    std::vector<pollfd> watched;
    for (const auto& device : devices) {
        counters.push_back({device, http::Wire({.port = port}, std::chrono::seconds(30)),
                            begun + between * static_cast<int>(dice() % 1000) / 1000});
        watched.push_back({counters.back().wire.descriptor(), POLLIN, 0});
    }
    std::vector<double> took_ms;
    for (auto moment = begun; moment < begun + lasts; moment = Clock::now()) {
        for (auto& counter : counters) {
            if (counter.waits || counter.due > moment) continue;
            const auto request = delivery(counter.device, ++counter.sequence);
            counter.sent = Clock::now();
            counter.wire.write(request);
            counter.waits = true;
        }
        if (poll(watched.data(), watched.size(), 1) <= 0) continue;
        for (std::size_t i = 0; i < counters.size(); ++i) {
            if (watched[i].revents == 0) continue;
            auto& counter = counters[i];
            counter.heard += counter.wire.read();
            if (!is_answered(counter.heard)) continue;
            const std::chrono::duration<double, std::milli> took = Clock::now() - counter.sent;
            took_ms.push_back(took.count());
            counter.waits = false;
            counter.due = Clock::now() + pause_between();
        }
    }
    return took_ms;
}

double quantile(const std::vector<double>& sorted, double part) {
    return sorted.at(static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1)));
}

/// The most that a process ever held, in megabytes.
double most_held(pid_t process) {
    std::ifstream status(fmt::format("/proc/{}/status", process));
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    }
    throw Breakdown("the server is gone");
}

} // namespace

int main(int count, char** values) {
    const int number = bench::argument(count, values, 1, 300);
    const int between_ms = bench::argument(count, values, 2, 1000);
    const int seconds = bench::argument(count, values, 3, 30);
    const fs::path where = count > 4 ? fs::path(values[4]) : fs::temp_directory_path();
    const auto folder = where / fmt::format("kringwerk-counters-{}", getpid());
    fs::create_directories(folder);
    const auto file = folder / "kringwerk.sqlite";
    const auto devices = set_up(file, number);
    {
        const bench::Child server([&](const bench::Child::Ready& ready) { serve(file, ready); });
        auto took = drive(static_cast<std::uint16_t>(std::stoi(server.words())), devices,
                          std::chrono::milliseconds(between_ms), std::chrono::seconds(seconds));
        std::sort(took.begin(), took.end());
        const double p99 = quantile(took, 0.99);
        const double held = most_held(server.process());
        fmt::print("{} counters, a car each {} ms, {} s: {} cars, {:.0f}/s\n", number, between_ms,
                   seconds, took.size(), static_cast<double>(took.size()) / seconds);
        fmt::print("  a gate post: median {:.1f} ms, p90 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms, "
                   "ratio of p99 to the limit {:.3f} (limit: 50 ms)\n",
                   quantile(took, 0.5), quantile(took, 0.9), p99, took.back(), p99 / 50);
        fmt::print("  memory of the server, at its most: {:.1f} MB, ratio to the limit {:.3f} "
                   "(limit: 150 MB)\n",
                   held, held / 150);
    }
    fs::remove_all(folder);
}
