// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/gate_report.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/people/pages.hpp"

namespace kringwerk::intake {

/// The day of the gate for whoever leads a centre:
/// GET /centra/{centre}/poort (today), /centra/{centre}/poort/{period} and the same with /autos
/// (the weighings behind a number) or /pdf at its end; GET and POST .../autos/{visit} set one car
/// right (`Right::correct`); POST /centra/{centre}/poort/{period} closes
/// a day (`Right::close_day`), settles what was not accepted (`Right::correct`) or changes how the
/// gate checks residents
/// (`Right::manage_centre`). `on_reversal` lives as long as the routes.
http::Routes gate_page_routes(const people::Site& site, const ledger::OnReversal* on_reversal);

/// All that the page and the paper say about one period.
struct GatePaper {
    network::CentreRow centre;
    GatePeriod period;
    GateReport report;
    Waiting waiting;
    std::optional<ClosedDay> closed;
    std::string closed_by; ///< name; empty: no longer known
};
GatePaper read_paper(Snapshot& view, const network::CentreRow& centre, const GatePeriod& period);
/// PDF, tagged.
std::string paper_pdf(const people::Site& site, const GatePaper& paper, Language language,
                      Instant made_at);

} // namespace kringwerk::intake
