// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/intake/forms.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/people/pages.hpp"

#include <functional>

/// The desk of a centre: plain forms, complete without scripts, that book what people do by hand.
namespace kringwerk::intake {

struct Desk {
    people::Site site;
    Categories categories;
    const ledger::OnReversal* on_reversal = nullptr; ///< lives as long as the routes
    /// True for who is still setting up this centre for the first time: the desk leads back there.
    std::function<bool(Snapshot&, const people::Caller&, CentreId)> begins = {};
};

/// GET and POST /centra/{centre}/balie and /centra/{centre}/balie/{form}. A visitor without a
/// token is led to the sign-in page and back.
http::Routes routes(const Desk& desk);

} // namespace kringwerk::intake
