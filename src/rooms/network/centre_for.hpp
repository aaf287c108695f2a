// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages.hpp"

#include <initializer_list>
#include <optional>
#include <string_view>
#include <variant>

namespace kringwerk::network {

/// The centre that the parameter {centre} names, for a caller who has one of these rights there; or
/// the answer that says why not: 404, the way to sign in, or 403 with the text `not_allowed`.
std::variant<CentreRow, http::Response> centre_for(const people::Site& site,
                                                   const http::Request& request,
                                                   std::initializer_list<people::Right> any_of,
                                                   std::string_view not_allowed);

/// Nothing for a caller who manages the network; else the answer that says why not: the way to sign
/// in, or 403 with the text `not_allowed`, or with "error.other_site" for a form of another site.
std::optional<http::Response> stop_others(const people::Site& site, const http::Request& request,
                                          std::string_view not_allowed);

} // namespace kringwerk::network
