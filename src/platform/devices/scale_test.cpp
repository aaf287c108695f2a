// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/scale.hpp"

#include "platform/devices/scale_simulator.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

using namespace kringwerk;
using namespace kringwerk::devices;

namespace {

constexpr Milliseconds patience{20'000};
using Clock = std::chrono::steady_clock;

LineFormat format_of(Profile profile, std::string_view pattern = "") {
    auto format = make_line_format(profile, pattern);
    REQUIRE(format);
    return *format;
}

/// Ten times quicker than in a centre.
SimulatorOptions simulated(LineFormat format) {
    SimulatorOptions options;
    options.format = std::move(format);
    options.line_every = Milliseconds{20};
    return options;
}

ScaleOptions following(std::uint16_t port, LineFormat format) {
    ScaleOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    options.format = std::move(format);
    options.poll_every = Milliseconds{20};
    options.silence_after = Milliseconds{300};
    options.reconnect_after = Milliseconds{30};
    options.reconnect_at_most = Milliseconds{100};
    return options;
}

/// The first news that `holds`; the last one when that takes too long.
template <class Holds> ScaleNews wait_until(const Scale& scale, Holds holds) {
    const auto end = Clock::now() + patience;
    auto news = scale.latest();
    while (!holds(news) && Clock::now() < end) {
        news = scale.wait_for_change(news.changes, Milliseconds{1'000});
    }
    CHECK(holds(news));
    return news;
}

auto state_is(ScaleState state) {
    return [state](const ScaleNews& news) { return news.state == state; };
}
auto rests_at(Grams net) {
    return [net](const ScaleNews& news) {
        return news.last && news.last->reading.stable && news.last->reading.net == net;
    };
}
bool moves(const ScaleNews& news) { return news.last && !news.last->reading.stable; }

} // namespace

TEST_CASE("a weight at rest arrives, from a scale of each profile") {
    for (const auto& format :
         {format_of(Profile::sics), format_of(Profile::toledo), format_of(Profile::kern),
          format_of(Profile::pattern, "{stable} {weight} {unit}")}) {
        CAPTURE(name_of(format.profile));
        ScaleSimulator simulator(simulated(format));
        simulator.put(Grams{18'200});
        const Scale scale(following(simulator.port(), format));
        const auto news = wait_until(scale, rests_at(Grams{18'200}));
        CHECK(news.state == ScaleState::connected);
        CHECK(news.readings > 0);
        CHECK(news.last->at >= news.since);
        CHECK(news.lines.back().raw == news.last->reading.raw);
    }
}

TEST_CASE("goods that wobble are told as moving, and then as resting") {
    ScaleSimulator simulator(simulated(format_of(Profile::kern)));
    simulator.put(Grams{5'000});
    simulator.unstable();
    const Scale scale(following(simulator.port(), format_of(Profile::kern)));
    const auto before = wait_until(scale, moves);
    CHECK(before.last->reading.net >= Grams{4'960});
    CHECK(before.last->reading.net <= Grams{5'040});
    simulator.put(Grams{5'020});
    const auto after = wait_until(scale, rests_at(Grams{5'020}));
    CHECK(after.readings > before.readings);
    CHECK(after.changes > before.changes);
}

TEST_CASE("a scale that speaks when it is asked is asked") {
    auto options = simulated(format_of(Profile::sics));
    options.on_request = true;
    ScaleSimulator simulator(options);
    simulator.put(Grams{2'500});
    auto wanted = following(simulator.port(), format_of(Profile::sics));
    wanted.poll_command = usual_poll_command(Profile::sics);
    const Scale scale(wanted);
    wait_until(scale, rests_at(Grams{2'500}));
    simulator.put(Reading{.over = true});
    wait_until(scale, [](const ScaleNews& news) { return news.last->reading.over; });

    SUBCASE("and one that cannot weigh now says so") {
        auto patient = wanted;
        patient.poll_command = "S\r\n";
        const Scale other(patient);
        const auto news =
            wait_until(other, [](const ScaleNews& one) { return one.not_understood > 0; });
        CHECK(news.lines.back().refusal->code == "devices.scale_busy");
    }
    SUBCASE("and one that is silent is asked again") {
        simulator.silent();
        wait_until(scale, state_is(ScaleState::silent));
        simulator.put(Grams{700});
        CHECK(wait_until(scale, rests_at(Grams{700})).state == ScaleState::connected);
    }
}

TEST_CASE("a scale that says nothing any more is silent, and comes back") {
    ScaleSimulator simulator(simulated(format_of(Profile::sics)));
    simulator.put(Grams{1'000});
    const Scale scale(following(simulator.port(), format_of(Profile::sics)));
    wait_until(scale, rests_at(Grams{1'000}));
    simulator.silent();
    const auto silent = wait_until(scale, state_is(ScaleState::silent));
    CHECK(silent.last); // kept, with its moment
    CHECK(silent.since > silent.last->at);
    simulator.put(Grams{2'000});
    CHECK(wait_until(scale, rests_at(Grams{2'000})).state == ScaleState::connected);
}

TEST_CASE("a scale that hangs up is called again") {
    ScaleSimulator simulator(simulated(format_of(Profile::sics)));
    simulator.put(Grams{1'000});
    std::mutex mutex;
    std::vector<ScaleState> states;
    const Scale* followed = nullptr;
    const auto remember = [&] {
        const std::scoped_lock lock(mutex);
        if (!followed) return;
        const auto state = followed->latest().state;
        if (states.empty() || states.back() != state) states.push_back(state);
    };
    const Scale scale(following(simulator.port(), format_of(Profile::sics)), remember);
    {
        const std::scoped_lock lock(mutex);
        followed = &scale;
    }
    wait_until(scale, rests_at(Grams{1'000}));
    simulator.hang_up();
    simulator.put(Grams{3'000});
    wait_until(scale, rests_at(Grams{3'000}));
    const auto was_lost = [&](const ScaleNews&) {
        const std::scoped_lock lock(mutex);
        const auto lost = std::find(states.begin(), states.end(), ScaleState::unreachable);
        return std::find(lost, states.end(), ScaleState::connected) != states.end();
    };
    wait_until(scale, was_lost);
}

TEST_CASE("a scale that is switched off is unreachable until it is switched on") {
    auto options = simulated(format_of(Profile::kern));
    auto simulator = std::make_unique<ScaleSimulator>(options);
    options.port = simulator->port();
    const Scale scale(following(options.port, options.format));
    wait_until(scale, rests_at(Grams{0}));
    simulator.reset();
    wait_until(scale, state_is(ScaleState::unreachable));
    simulator = std::make_unique<ScaleSimulator>(options);
    simulator->put(Grams{400});
    wait_until(scale, rests_at(Grams{400}));
}

TEST_CASE("garbage is counted and shown, and the next good line is read") {
    ScaleSimulator simulator(simulated(format_of(Profile::sics)));
    const Scale scale(following(simulator.port(), format_of(Profile::sics)));
    wait_until(scale, rests_at(Grams{0}));
    simulator.garbage("hello\x01 world\r\nS S 1 lb\r\n");
    simulator.put(Grams{900});
    const auto news = wait_until(scale, rests_at(Grams{900}));
    CHECK(news.not_understood == 2);
    const auto told = std::find_if(news.lines.begin(), news.lines.end(),
                                   [](const HeardLine& line) { return line.refusal.has_value(); });
    REQUIRE(told != news.lines.end());
    CHECK(told->raw == "hello\\x01 world");
    CHECK(told->refusal->code == "devices.line_not_understood");
    CHECK((told + 1)->refusal->code == "devices.wrong_unit");
}

TEST_CASE("a flood without line ends costs no memory, and the scale is heard after it") {
    ScaleSimulator simulator(simulated(format_of(Profile::sics)));
    const Scale scale(following(simulator.port(), format_of(Profile::sics)));
    wait_until(scale, rests_at(Grams{0}));
    simulator.garbage(std::string(4 << 20, 'x') + "\r\n");
    simulator.put(Grams{600});
    const auto news = wait_until(scale, rests_at(Grams{600}));
    CHECK(news.not_understood == 1);
    CHECK(news.lines.size() <= 20);
    for (const auto& line : news.lines) {
        CHECK(line.raw.size() <= longest_line);
        if (line.refusal) CHECK(line.refusal->code == "devices.line_too_long");
    }
}

TEST_CASE("a frame that was damaged on its way is refused, the next one counts") {
    auto options = simulated(format_of(Profile::toledo));
    options.checksum = Checksum::sent;
    ScaleSimulator simulator(options);
    const Scale scale(following(simulator.port(), options.format));
    wait_until(scale, rests_at(Grams{0}));
    auto damaged = write_line(options.format, {.net = {700'000}, .stable = true}, Checksum::sent);
    damaged[6] = '9';
    simulator.garbage(damaged);
    simulator.put(Grams{1'200});
    const auto news = wait_until(scale, rests_at(Grams{1'200}));
    CHECK(news.not_understood == 1);
    CHECK(std::any_of(news.lines.begin(), news.lines.end(), [](const HeardLine& line) {
        return line.refusal && line.refusal->code == "devices.checksum";
    }));
}

TEST_CASE("a scale whose profile is wrong is connected and shows its lines") {
    ScaleSimulator simulator(simulated(format_of(Profile::kern)));
    const Scale scale(following(simulator.port(), format_of(Profile::toledo)));
    const auto news =
        wait_until(scale, [](const ScaleNews& one) { return one.not_understood >= 30; });
    CHECK(news.state == ScaleState::connected);
    CHECK_FALSE(news.last);
    CHECK(news.lines.size() == 20); // and no more, however long it goes on
    CHECK(news.lines.back().raw == "ST,GS,+   0.000 kg");
}

TEST_CASE("a name that nobody knows is unreachable; one that is known is found") {
    ScaleSimulator simulator(simulated(format_of(Profile::sics)));
    auto options = following(simulator.port(), format_of(Profile::sics));
    options.host = "localhost";
    const Scale known(options);
    wait_until(known, rests_at(Grams{0}));
    options.host = "scale.invalid"; // RFC 6761: nobody ever has this name
    options.connect_within = Milliseconds{200};
    const Scale unknown(options);
    wait_until(unknown, state_is(ScaleState::unreachable));
    options.host = std::string("bad\0name \xff", 10);
    const Scale bad(options);
    wait_until(bad, state_is(ScaleState::unreachable));
}

TEST_CASE("a scale stops at once, whatever it is at") {
    ScaleSimulator simulator(simulated(format_of(Profile::sics)));
    // 192.0.2.1 belongs to nobody (RFC 5737): connecting to it waits, or fails where there is no
    // way.
    for (const auto* host : {"127.0.0.1", "192.0.2.1", "scale.invalid", "localhost"}) {
        CAPTURE(host);
        auto options = following(simulator.port(), format_of(Profile::sics));
        options.host = host;
        options.connect_within = Milliseconds{60'000};
        options.reconnect_after = options.reconnect_at_most = Milliseconds{60'000};
        Scale scale(options);
        CHECK(scale.latest().since > Instant{0});
        scale.wait_for_change(0, Milliseconds{50});
        const auto before = Clock::now();
        scale.stop();
        scale.stop();
        CHECK(Clock::now() - before < Milliseconds{5'000});
        scale.wait_for_change(scale.latest().changes, patience); // does not wait any more
        CHECK(Clock::now() - before < Milliseconds{5'000});
    }
}

TEST_CASE("whoever listens and throws does not end the scale") {
    ScaleSimulator simulator(simulated(format_of(Profile::sics)));
    std::atomic<int> calls = 0;
    const Scale scale(following(simulator.port(), format_of(Profile::sics)), [&] {
        ++calls;
        throw std::runtime_error("of no interest");
    });
    wait_until(scale, [](const ScaleNews& news) { return news.readings >= 3; });
    CHECK(calls >= 3);
}

TEST_CASE("the demo puts goods on a simulated scale") {
    auto options = simulated(format_of(Profile::sics));
    options.line_every = Milliseconds{2};
    ScaleSimulator simulator(options);
    simulator.run_demo(7);
    const Scale scale(following(simulator.port(), options.format));
    wait_until(scale, moves);
    wait_until(scale, [](const ScaleNews& news) {
        return news.last && news.last->reading.stable && news.last->reading.net >= Grams{1'000};
    });
    wait_until(scale, rests_at(Grams{0}));
}
