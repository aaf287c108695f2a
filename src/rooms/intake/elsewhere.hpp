// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/network/network.hpp"

#include <boost/json/array.hpp>

#include <cstdint>
#include <vector>

namespace kringwerk::intake {

/// Another centre of the network, for a visitor whose things cannot stay here.
struct Elsewhere {
    network::CentreRow centre;
    network::Registered registered;
    std::optional<std::int64_t> distance_m; ///< as the crow flies; nothing: not known
};
/// The nearest three within 60 km, else the nearest one. Three of all where no distance is known.
std::vector<Elsewhere> elsewhere(Snapshot& view, const network::CentreRow& here,
                                 const network::Registered& registered);
/// With the stretches that each is open, today and the seven days after it, as moments.
boost::json::array elsewhere_json(Snapshot& view, const network::CentreRow& here,
                                  const network::Registered& registered, Day today);

/// Along a great circle, in metres.
std::int64_t distance_m(const network::Point& from, const network::Point& to);

} // namespace kringwerk::intake
