// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/live_reading.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace kringwerk::network {
namespace {

constexpr std::int64_t told_again_after_ms = 1'000;

WeighState state_of(const devices::Reading& reading) {
    if (reading.over) return WeighState::over;
    if (reading.under) return WeighState::under;
    return reading.stable ? WeighState::still : WeighState::moving;
}

} // namespace

LiveReading reading_of(const devices::ScaleNews& news) {
    const bool heard = news.state == devices::ScaleState::connected && !news.lines.empty() &&
                       news.lines.back().at >= news.since;
    if (!heard) return {.at = news.since};
    const auto& line = news.lines.back();
    LiveReading reading{.raw = line.raw, .at = line.at};
    if (line.refusal) {
        // A scale that cannot weigh yet was understood very well: its load still moves.
        const bool busy = line.refusal->code == "devices.scale_busy";
        reading.state = busy ? WeighState::moving : WeighState::unreadable;
        if (!busy) reading.refusal = line.refusal;
        return reading;
    }
    ensure(news.last.has_value(), "a line that was understood is a reading");
    reading.state = state_of(news.last->reading);
    const bool weighs = reading.state == WeighState::still || reading.state == WeighState::moving;
    if (weighs) reading.grams = news.last->reading.net;
    return reading;
}

bool is_news(const LiveReading& before, const LiveReading& now) {
    if (before.state != now.state || before.grams != now.grams || before.raw != now.raw)
        return true;
    return now.at.ms - before.at.ms >= told_again_after_ms;
}

std::string json_of(const LiveReading& reading) {
    boost::json::object data{{"state", code_of(reading.state)}, {"grams", nullptr}};
    if (reading.grams) data["grams"] = reading.grams->value;
    data["raw"] = reading.raw;
    data["at"] = format_instant(reading.at);
    return boost::json::serialize(data);
}

std::string_view code_of(WeighState state) {
    static constexpr std::array<std::string_view, 6> codes{"still", "moving", "over",
                                                           "under", "silent", "unreadable"};
    return codes.at(static_cast<std::size_t>(state));
}

devices::Profile profile_of(ScaleProfile profile) {
    const auto found = devices::parse_profile(code_of(profile));
    ensure(found.has_value(), "each profile of the register is one that we can read");
    return *found;
}

Result<devices::ScaleOptions> scale_options(const Scale& scale) {
    const auto profile = profile_of(scale.profile);
    auto format = devices::make_line_format(profile, scale.pattern);
    if (!format) return refuse(std::move(format.error()));
    devices::ScaleOptions options;
    options.host = scale.host;
    options.port = static_cast<std::uint16_t>(scale.port);
    options.format = std::move(*format);
    options.poll_command = devices::usual_poll_command(profile);
    return options;
}

} // namespace kringwerk::network
