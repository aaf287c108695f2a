// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/live_reading.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::network;

namespace {

constexpr Instant connected_at{1'000};

/// What is known of a scale that sent one line since it connected.
devices::ScaleNews heard(devices::Reading reading, Instant at = {2'000}) {
    devices::ScaleNews news;
    news.state = devices::ScaleState::connected;
    news.since = connected_at;
    news.lines.push_back({at, reading.raw, std::nullopt});
    news.last = devices::HeardReading{at, std::move(reading)};
    return news;
}

devices::ScaleNews refused(std::string_view code) {
    auto news = heard({.net = {18'400}, .stable = true, .raw = "before"});
    news.lines.push_back({{3'000}, "S I", Refusal{std::string(code), {}, {}}});
    return news;
}

} // namespace

TEST_CASE("a scale says a weight at rest or in motion, or that it is out of its range") {
    const auto state = [](const devices::Reading& reading) {
        return reading_of(heard(reading)).state;
    };
    CHECK(state({.net = {18'400}, .stable = true}) == WeighState::still);
    CHECK(state({.net = {18'400}}) == WeighState::moving);
    CHECK(state({.stable = true, .over = true}) == WeighState::over);
    CHECK(state({.stable = true, .under = true}) == WeighState::under);
    CHECK(reading_of(heard({.net = {18'400}})).grams == Grams{18'400});
    CHECK_FALSE(reading_of(heard({.stable = true, .over = true})).grams);
}

TEST_CASE("a weight from before the connection was lost is never shown as the weight now") {
    auto news = heard({.net = {18'400}, .stable = true});
    CHECK(reading_of(news).state == WeighState::still);
    for (const auto state : {devices::ScaleState::connecting, devices::ScaleState::silent,
                             devices::ScaleState::unreachable}) {
        news.state = state;
        CHECK(reading_of(news).state == WeighState::silent);
        CHECK_FALSE(reading_of(news).grams);
    }
    news.state = devices::ScaleState::connected;
    news.since = {2'001}; // connected again, and nothing said since
    CHECK(reading_of(news).state == WeighState::silent);
}

TEST_CASE("a line that was not understood hides the weight before it, and says why") {
    const auto unreadable = reading_of(refused("devices.line_not_understood"));
    CHECK(unreadable.state == WeighState::unreadable);
    CHECK_FALSE(unreadable.grams);
    REQUIRE(unreadable.refusal);
    CHECK(unreadable.refusal->code == "devices.line_not_understood");
    const auto busy = reading_of(refused("devices.scale_busy"));
    CHECK(busy.state == WeighState::moving);
    CHECK_FALSE(busy.grams);
}

TEST_CASE("a reading goes out as the API says it") {
    auto reading = reading_of(
        heard({.net = {18'400}, .stable = true, .raw = "S S      18.40 kg"}, {1'804'847'760'250}));
    CHECK(json_of(reading) == R"({"state":"still","grams":18400,"raw":"S S      18.40 kg",)"
                              R"("at":"2027-03-12T10:36:00.250Z"})");
    CHECK(json_of({.at = {1'804'847'760'250}}) ==
          R"({"state":"silent","grams":null,"raw":"","at":"2027-03-12T10:36:00.250Z"})");
}

TEST_CASE("the same weight is told again after a second, another one at once") {
    const LiveReading still{WeighState::still, Grams{18'400}, "S S 18.40 kg", {5'000}};
    auto later = still;
    later.at = {5'999};
    CHECK_FALSE(is_news(still, later));
    later.at = {6'000};
    CHECK(is_news(still, later));
    later = still;
    later.grams = Grams{18'420};
    CHECK(is_news(still, later));
    later = still;
    later.state = WeighState::moving;
    CHECK(is_news(still, later));
}

TEST_CASE("every profile of the register can be followed, and a wrong pattern cannot") {
    Scale scale;
    scale.host = "10.0.0.5";
    scale.port = 4001;
    for (const auto profile : {ScaleProfile::sics, ScaleProfile::toledo, ScaleProfile::kern}) {
        scale.profile = profile;
        const auto options = scale_options(scale);
        REQUIRE(options);
        CHECK(options->poll_command.empty() == (profile != ScaleProfile::sics));
    }
    scale.profile = ScaleProfile::pattern;
    scale.pattern = "{weight} {unit}";
    CHECK(scale_options(scale));
    scale.pattern = "{unit}";
    const auto refusal = scale_options(scale);
    REQUIRE_FALSE(refusal);
    CHECK(refusal.error().code == "devices.pattern_without_weight");
}
