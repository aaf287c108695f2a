// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/centre_for.hpp"

#include "rooms/people/people.hpp"

#include <algorithm>

namespace kringwerk::network {

std::variant<CentreRow, http::Response> centre_for(const people::Site& site,
                                                   const http::Request& request,
                                                   std::initializer_list<people::Right> any_of,
                                                   std::string_view not_allowed) {
    auto found = site.store.read(
        [&](Snapshot& view) { return centre_by_slug(view, request.parameter("centre")); });
    if (!found) return people::stopped(site, request, 404);
    const auto caller = people::caller_of_request(site.store, request);
    if (!caller) return people::lead_to_sign_in(request);
    const bool may = std::any_of(any_of.begin(), any_of.end(), [&](people::Right right) {
        return caller->may(right, found->id);
    });
    if (!may) return people::stopped(site, request, 403, not_allowed);
    return std::move(*found);
}

std::optional<http::Response> stop_others(const people::Site& site, const http::Request& request,
                                          std::string_view not_allowed) {
    const auto caller = people::caller_of_request(site.store, request);
    if (!caller) return people::lead_to_sign_in(request);
    if (!caller->may_in_network(people::Right::manage_network)) {
        return people::stopped(site, request, 403, not_allowed);
    }
    if (request.method == http::Method::post && !people::sent_from_here(request)) {
        return people::stopped(site, request, 403, "error.other_site");
    }
    return std::nullopt;
}

} // namespace kringwerk::network
