// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/pages.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/object.hpp>

/// What a counter needs to go on without network: people and what they may do, streams and
/// categories, tares and scales, what to say when something cannot stay.
namespace kringwerk::intake {

/// How long people may sign in at a device that had no contact.
inline constexpr std::int64_t pin_hours = 72;

/// The set of a device as JSON, GET /api/v1/counter-sets/own. It holds what checks a PIN without
/// network: who steals a registered device can try out PINs at leisure, and finds out nothing but
/// whose name stands beside a weighing. Passwords are never in it.
boost::json::object counter_set(Snapshot& view, const people::Device& device,
                                const people::Site& site, Instant now);

} // namespace kringwerk::intake
