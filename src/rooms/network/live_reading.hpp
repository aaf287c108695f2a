// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scale.hpp"
#include "rooms/network/register.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What a scale says now, as counters and pages are told. Values in, values out.
namespace kringwerk::network {

/// `silent`: no connection, or no line for a while. `unreadable`: its last line was not understood.
enum class WeighState : std::uint8_t { still, moving, over, under, silent, unreadable };

struct LiveReading {
    WeighState state = WeighState::silent;
    std::optional<Grams> grams = {};     ///< net, of `still` and `moving` only
    std::string raw = {};                ///< the line that it follows from; empty when silent
    Instant at = {};                     ///< when that line came, or since when it is silent
    std::optional<Refusal> refusal = {}; ///< of `unreadable`: why
};

/// An older line than the present connection says nothing: the load may be gone since.
LiveReading reading_of(const devices::ScaleNews& news);

/// True when who was told `before` must hear `now`: it says something else, or a second went by, so
/// that a weight at rest is seen to be fresh.
bool is_news(const LiveReading& before, const LiveReading& now);

/// {"state": "still", "grams": 18400, "raw": "S S      18.40 kg", "at": "2027-03-12T10:36:00.250Z"}
std::string json_of(const LiveReading& reading);

/// "still", "moving", "over", "under", "silent", "unreadable".
std::string_view code_of(WeighState state);

devices::Profile profile_of(ScaleProfile profile);
/// How to reach and read a scale of the register. Refuses what `make_line_format` refuses.
Result<devices::ScaleOptions> scale_options(const Scale& scale);

} // namespace kringwerk::network
