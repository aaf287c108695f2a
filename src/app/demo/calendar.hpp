// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.hpp"

#include <cstdint>

namespace kringwerk::demo {

/// Easter Sunday of a year after 1582.
Day easter(int year);
/// Days on which shops are shut: New Year, Easter, King's Day, Liberation Day in every fifth year,
/// Ascension, Whitsun and Christmas.
bool is_holiday(Day day);
/// True on the days before New Year and Saint Nicholas on which shops shut at four.
bool shuts_early(Day day);

/// How busy a day is compared with an ordinary one, in thousandths: people tidy up in spring, buy
/// in December and come on Saturdays.
std::int64_t gate_busyness(Day day);
std::int64_t shop_busyness(Day day);

} // namespace kringwerk::demo
