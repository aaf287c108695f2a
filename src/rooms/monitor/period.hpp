// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/data.hpp"

namespace kringwerk::monitor {

/// Some days in a row, as addresses write them: "2027-03-12", "2027-03", "2027", or the first and
/// the last with a dot between.
struct Days {
    Day first;
    Day last;
    friend bool operator==(const Days&, const Days&) = default;
};
/// Nothing for anything else: a day that does not exist, a last day before the first.
std::optional<Days> parse_days(std::string_view text);
/// The shortest spelling.
std::string write_days(const Days& days);
Days days_of(Month month);
/// "vrijdag 12 maart 2027", "maart 2027", "2027" or "12-03-2027 tot en met 14-03-2027".
std::string days_in_words(const PageOf& page, const Days& days);

/// The months that a network page is about: a calendar year, one month, or the twelve months up to
/// the last one with data.
struct Period {
    Month first;
    Month last;
    std::string code;  ///< in the address: "2026", "2026-03" or "12"
    std::string words; ///< "in 2026", "in maart 2026", "in de laatste 12 maanden"

    Days days() const { return {first_day(first), last_day(last)}; }
};

/// The last month in which anything counts, or nothing.
std::optional<Month> last_month(const NetworkTotals::Ptr& totals);
/// The period that `?periode=` asks for; without it, or for an unknown one, the last year.
Period period_of(const PageOf& page, const NetworkTotals::Ptr& totals);
/// The sums of the same months a year earlier, as far as this period has come; nothing when the
/// books do not reach back that far: half a year is not compared with a whole one.
std::optional<Totals> year_before(const NetworkTotals::Ptr& totals, const Period& period);
Totals sum_of(const NetworkTotals::Ptr& totals, const Period& period);
/// Links to the other periods of the page at `path`; at most the last six years. `more` stands at
/// the end of each address: "&soort=furniture".
boost::json::array choices(const PageOf& page, const NetworkTotals::Ptr& totals,
                           const Period& chosen, std::string_view path, std::string_view more = {});

} // namespace kringwerk::monitor
