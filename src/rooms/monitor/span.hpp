// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/data.hpp"

namespace kringwerk::monitor {

/// What the pages of a day and of a month of a centre have in common: all sums over some days.
struct Span {
    network::CentreRow centre;
    Day first;
    Day last;
    std::vector<ledger::Flow> flows;
    Totals totals;
    std::vector<ledger::Equation> equations; ///< a line a stream, then all together
    std::vector<ledger::Movement> late;      ///< booked late in these days
    std::vector<ledger::Odd> odd;            ///< not settled, of the whole centre
};
Span read_span(Monitor& monitor, Snapshot& view, const network::CentreRow& centre, Day first,
               Day last);

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
