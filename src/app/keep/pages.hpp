// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/keep/watch.hpp"
#include "rooms/people/desk.hpp"

namespace kringwerk::app::keep {

/// /back-ups: how the backups stand, for whoever arranges the network.
http::Routes routes(const people::Desk& desk, const Watch& watch);

/// What stands on top of every page of such a person when a backup failed or was missed.
std::optional<boost::json::object> warning(Store& store, const Watch& watch,
                                           const http::Request& request);

} // namespace kringwerk::app::keep
