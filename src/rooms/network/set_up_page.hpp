// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/set_up_fields.hpp"
#include "rooms/people/pages.hpp"

#include <optional>

namespace kringwerk::network {

/// The page that sets up one centre: all of its forms, with the one that came back as it was typed.
/// 400 when that one was refused.
http::Response set_up_page(const people::Site& site, const http::Request& request,
                           const CentreRow& centre, const std::optional<Returned>& returned);

} // namespace kringwerk::network
