// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/gate_report.hpp"
#include "rooms/intake/words.hpp"
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

/// A closing with the name of who did it; empty: no longer known.
struct SignedClosing {
    ClosedDay closing;
    std::string by;
};
/// "Afgesloten door Wim op 12-03-2027 om 17:05. Weegschaal 2 was stuk."
std::string in_words(const Words& words, const SignedClosing& closing);

/// All that the page and the paper say about one period.
struct GatePaper {
    network::CentreRow centre;
    GatePeriod period;
    GateReport report;
    Waiting waiting;
    std::vector<SignedClosing> closings; ///< of a day, newest first
    std::int64_t changed_since = 0;      ///< cars booked or taken back after the newest closing
};
/// "Sindsdien zijn 2 auto's veranderd."
std::string changed_in_words(const Words& words, const GatePaper& paper);
GatePaper read_paper(Snapshot& view, const network::CentreRow& centre, const GatePeriod& period);
/// PDF, tagged.
std::string paper_pdf(const people::Site& site, const GatePaper& paper, Language language,
                      Instant made_at);

} // namespace kringwerk::intake
