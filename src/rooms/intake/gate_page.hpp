// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/gate_pages.hpp"

#include <optional>
#include <string>
#include <variant>

namespace kringwerk::intake {

/// Who looks at the gate of which centre and when, and what came back from a form.
struct GateLook {
    network::CentreRow centre;
    people::Caller caller;
    GatePeriod period;
    std::optional<Refusal> refusal = {};
    std::string typed_note = {};
};

/// Who looks at the gate that the address names, or the answer that says why nobody does.
/// `period` empty: there is no such period.
std::variant<GateLook, http::Response> gate_look(const people::Site& site,
                                                 const http::Request& request,
                                                 const std::optional<GatePeriod>& period);

/// "/centra/werkplaats-noord/poort/2027-03-12"
std::string gate_url(const network::CentreRow& centre, std::string_view period);
/// Some of the cars of a period; nothing chosen: all.
struct CarFilter {
    std::optional<Lane> lane = {};
    std::optional<ledger::Key> stream = {};
    std::optional<int> hour = {}; ///< by the clock of Amsterdam
};
/// "/centra/werkplaats-noord/poort/2027-03-12/autos?rijbaan=reuse&soort=furniture&uur=11"
std::string cars_url(const network::CentreRow& centre, std::string_view period,
                     const CarFilter& filter);
/// What was weighed, line by line, with what the scale said; its sum is the number that led here.
http::Response cars_page(const people::Site& site, const http::Request& request,
                         const GateLook& look);

/// "/centra/werkplaats-noord/poort/2027-03-12/autos/0190…": the form that sets one car right.
std::string car_url(const network::CentreRow& centre, std::string_view period, const VisitId& id);
/// The routes of that form.
http::Routes correction_routes(const people::Site& site, const ledger::OnReversal* on_reversal);

/// What these pages begin with: title, the way back, whose gate and when.
boost::json::object gate_layout(const people::Site& site, const http::Request& request,
                                const GateLook& look, const std::string& heading);
/// 400 when a form was refused.
http::Response gate_page(const people::Site& site, const http::Request& request,
                         const GateLook& look);

} // namespace kringwerk::intake
