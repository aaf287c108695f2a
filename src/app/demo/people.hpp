// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/types.hpp"

#include <string_view>

namespace kringwerk::demo {

/// What everybody of the example types to begin at a counter; the screens say so.
inline constexpr std::string_view everybodys_pin = "2580";

/// Who works at the counters of a centre of the example: the same six everywhere, named after what
/// they do, so that nobody takes them for somebody who exists.
void add_people(Transaction& tx, CentreId centre, Instant now);

} // namespace kringwerk::demo
