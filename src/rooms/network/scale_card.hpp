// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scales.hpp"
#include "rooms/network/live_scales.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

/// One scale as pages show it: what it sends, how that is read, and what the register says of it.
namespace kringwerk::network {

using ScaleNewsByNumber = std::map<int, devices::ScaleNews>;

/// Those that are not retired, by number.
std::vector<Scale> scales_in_use(Store& store, CentreId centre);

/// What each of these says now. One that nobody listened to until now gets a moment to begin.
Task<ScaleNewsByNumber> latest_news(std::shared_ptr<LiveScales> live, CentreId centre,
                                    const std::vector<Scale>& scales);

/// As pages/scales.mustache shows it; the island "scale" makes it live.
boost::json::object scale_card(const people::Site& site, const http::Request& request,
                               const CentreRow& centre, const Scale& scale,
                               const ScaleNewsByNumber& news);

/// As exact as a scale shows it: "18,2", "18,26", "0,005".
std::string exact_kilograms(Language language, Grams mass);

} // namespace kringwerk::network
