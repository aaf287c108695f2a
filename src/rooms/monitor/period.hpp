// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/data.hpp"

namespace kringwerk::monitor {

/// The months that a network page is about: a calendar year, or the twelve months up to the last
/// one with data.
struct Period {
    Month first;
    Month last;
    std::string code;  ///< in the address: "2026" or "12"
    std::string words; ///< "in 2026", "in de laatste 12 maanden"
};

/// The last month in which anything counts, or nothing.
std::optional<Month> last_month(const NetworkTotals::Ptr& totals);
/// The period that `?periode=` asks for; without it, or for an unknown one, the last year.
Period period_of(const PageOf& page, const NetworkTotals::Ptr& totals);
/// The sums of the same months a year earlier, as far as this period has come; nothing when the
/// books do not reach back that far: half a year is not compared with a whole one.
std::optional<Totals> year_before(const NetworkTotals::Ptr& totals, const Period& period);
Totals sum_of(const NetworkTotals::Ptr& totals, const Period& period);
/// Links to the other periods of the page at `path`; at most the last six years.
boost::json::array choices(const PageOf& page, const NetworkTotals::Ptr& totals,
                           const Period& chosen, std::string_view path);

} // namespace kringwerk::monitor
