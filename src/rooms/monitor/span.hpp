// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/behind.hpp"

namespace kringwerk::monitor {

/// What the pages of a day and of a month of a centre have in common: all sums over some days.
struct Span {
    network::CentreRow centre;
    Day first;
    Day last;
    std::vector<ledger::Flow> flows;
    std::map<Day, Repairs> repairs;
    Totals totals;
    std::vector<ledger::Equation> equations;        ///< a line a stream, then all together
    std::vector<std::pair<Day, std::int64_t>> late; ///< what came late to these days
    std::vector<ledger::Odd> odd; ///< the newest that nobody settled, of the whole centre

    Days days() const { return {first, last}; }
};
/// Since when stock is counted: before any books.
inline const Day beginning_of_time = first_day(Month{1990 * 12});
Span read_span(Monitor& monitor, Snapshot& view, const network::CentreRow& centre, Day first,
               Day last);

/// A line of the table of streams; without a stream the line of all together.
boost::json::object stream_row(const PageOf& page, const network::CentreRow& centre,
                               const Days& days, std::optional<ledger::Key> stream,
                               const Totals& totals, Grams stock);
/// Cards, flow with its equation, streams, money and what needs a look, into the page's data.
void put_span(const PageOf& page, boost::json::object& data, const Span& span);
/// The figure cards alone: in, sold, repaired, time.
boost::json::array span_cards(const PageOf& page, const Span& span);
/// Where goods went: the Sankey, its list for phones and the equation.
boost::json::object flow_of(const PageOf& page, const Span& span);

/// The centre of the address, or nothing.
std::optional<network::CentreRow> centre_of(Monitor& monitor, const http::Request& request);
/// Not signed in for this centre: 403 with the way on.
http::Response closed_page(Monitor& monitor, const http::Request& request);

} // namespace kringwerk::monitor
