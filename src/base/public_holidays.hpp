// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.hpp"

namespace kringwerk {

/// Easter Sunday of a year, by the Gregorian calendar.
Day easter(int year);

/// The public holidays of the Netherlands: New Year, Easter Sunday and Monday, King's Day,
/// Ascension, Whit Sunday and Monday, both days of Christmas, and 5 May in the years that end in 0
/// or 5. Good Friday is none: shops and yards are open.
bool is_public_holiday(Day day);

} // namespace kringwerk
