// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/people/pages.hpp"

namespace kringwerk::network {

/// GET and POST /centra/{centre}/inrichten: what a centre is, when it is open, what it has and with
/// what it weighs. For callers who work for the centre and may close its months. Each form carries
/// its task in the field `what`; after it is done the page leads back to itself.
http::Routes register_routes(const people::Site& site);

} // namespace kringwerk::network
