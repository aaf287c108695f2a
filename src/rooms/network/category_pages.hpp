// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/people/pages.hpp"

namespace kringwerk::network {

/// GET /soorten/{category}, for everybody: what one category is called, and since when. Who may
/// change the network also gives it another name there, retires it or offers it again, and adds one
/// at /soorten/nieuw. Each form carries its task in the field `what`.
http::Routes category_routes(const people::Site& site);

} // namespace kringwerk::network
