// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/people/pages.hpp"

namespace kringwerk::network {

/// GET and POST /centra/nieuw: adds a centre, for a caller who works for the whole network and
/// may close months. Leads on to the desk of the new centre.
http::Routes page_routes(const people::Site& site);

} // namespace kringwerk::network
