// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/gate_pages.hpp"

#include <optional>
#include <string>

namespace kringwerk::intake {

/// Who looks at the gate of which centre and when, and what came back from a form.
struct GateLook {
    network::CentreRow centre;
    people::Caller caller;
    GatePeriod period;
    std::optional<Refusal> refusal = {};
    std::string typed_note = {};
};

/// "/centra/werkplaats-noord/poort/2027-03-12"
std::string gate_url(const network::CentreRow& centre, std::string_view period);
/// 400 when a form was refused.
http::Response gate_page(const people::Site& site, const http::Request& request,
                         const GateLook& look);

} // namespace kringwerk::intake
