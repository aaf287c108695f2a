// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/scales.hpp"

#include "platform/devices/scale_simulator.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::devices;

namespace {

using Clock = std::chrono::steady_clock;
constexpr ScaleKey first{1, 1};
constexpr ScaleKey second{1, 2};

SimulatorOptions simulated() {
    SimulatorOptions options;
    options.format.profile = Profile::kern;
    options.line_every = Milliseconds{20};
    return options;
}

ScaleOptions following(const ScaleSimulator& simulator) {
    ScaleOptions options;
    options.host = "127.0.0.1";
    options.port = simulator.port();
    options.format.profile = Profile::kern;
    return options;
}

template <class Holds> bool comes_true(Holds holds) {
    const auto end = Clock::now() + Milliseconds{20'000};
    while (Clock::now() < end) {
        if (holds()) return true;
        std::this_thread::sleep_for(Milliseconds{5});
    }
    return false;
}

bool weighs(Scales& scales, ScaleKey key, Grams net) {
    return comes_true([&] {
        const auto news = scales.latest(key);
        return news && news->last && news->last->reading.net == net;
    });
}

} // namespace

TEST_CASE("each key has its own scale, followed from the first question") {
    ScaleSimulator one(simulated());
    ScaleSimulator two(simulated());
    one.put(Grams{100});
    two.put(Grams{200});
    std::atomic<int> calls = 0;
    Scales scales([&](ScaleKey key) {
        if (key == second) ++calls;
    });
    scales.set(first, following(one));
    scales.set(second, following(two));
    CHECK_FALSE(scales.is_followed(first));
    CHECK_FALSE(scales.latest({2, 1}));
    CHECK(weighs(scales, first, Grams{100}));
    CHECK_FALSE(scales.is_followed(second));
    CHECK(weighs(scales, second, Grams{200}));
    CHECK(calls > 0);
    scales.remove(second);
    CHECK_FALSE(scales.latest(second));
    CHECK(weighs(scales, first, Grams{100}));
}

TEST_CASE("other options begin anew, the same ones do not") {
    ScaleSimulator one(simulated());
    ScaleSimulator two(simulated());
    one.put(Grams{100});
    two.put(Grams{200});
    Scales scales;
    scales.set(first, following(one));
    CHECK(weighs(scales, first, Grams{100}));
    scales.set(first, following(one));
    CHECK(scales.is_followed(first));
    scales.set(first, following(two));
    CHECK_FALSE(scales.is_followed(first));
    CHECK(weighs(scales, first, Grams{200}));
}

TEST_CASE("a scale that nobody asks for is let go, and comes back when somebody does") {
    ScaleSimulator simulator(simulated());
    simulator.put(Grams{100});
    Scales scales({}, Milliseconds{100});
    scales.set(first, following(simulator));
    CHECK(weighs(scales, first, Grams{100}));
    CHECK(comes_true([&] { return !scales.is_followed(first); }));
    CHECK(weighs(scales, first, Grams{100}));
}

TEST_CASE("whoever hears of a change may ask for the weight, also while scales come and go") {
    ScaleSimulator simulator(simulated());
    std::atomic<Scales*> asked = nullptr;
    std::atomic<int> calls = 0;
    Scales scales([&](ScaleKey key) {
        if (auto* all = asked.load()) calls += all->latest(key).has_value() ? 1 : 0;
    });
    asked = &scales;
    for (int round = 0; round < 20; ++round) {
        scales.set(first, following(simulator));
        scales.latest(first);
        std::this_thread::sleep_for(Milliseconds{2});
        scales.remove(first);
    }
    scales.set(first, following(simulator));
    CHECK(weighs(scales, first, Grams{0}));
    CHECK(calls > 0);
}
