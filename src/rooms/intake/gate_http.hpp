// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/openapi.hpp"
#include "rooms/people/pages.hpp"

#include <vector>

/// What the counter at the gate asks over HTTP, besides delivering its actions.
namespace kringwerk::intake {

/// GET /api/v1/counter-sets/own and GET /api/v1/centres/{centre}/gate-days/{day}, for registered
/// devices, and the routes of queue.hpp.
http::Routes gate_api_routes(const people::Site& site);
std::vector<http::SchemaDoc> gate_schemas();

/// GET /bon/{centre}/{visit} and /bon/{centre}/{visit}/qr.svg, for everybody who has the address:
/// what somebody brought, and what happens with it.
http::Routes receipt_routes(const people::Site& site);

} // namespace kringwerk::intake
