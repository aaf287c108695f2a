// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/network/live_scales.hpp"
#include "rooms/people/pages.hpp"

#include <memory>

namespace kringwerk::network {

/// GET and POST /centra/{centre}/weegschalen: what each scale of a centre sends and how it is read,
/// and a form that tries a line. For callers who manage the devices or the centre.
http::Routes scales_page_routes(const people::Site& site, std::shared_ptr<LiveScales> scales);

} // namespace kringwerk::network
