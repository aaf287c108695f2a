// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/people/pages.hpp"

namespace kringwerk::network {

/// GET /soorten, for everybody: the categories that the network offers today, by stream, with what
/// a piece weighs and where that comes from, how they are reported, and what is dangerous about
/// them. ?q= shows those whose name fits.
http::Routes catalogue_routes(const people::Site& site);

} // namespace kringwerk::network
