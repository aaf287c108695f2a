// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "platform/http/openapi.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/ledger.hpp"

#include <functional>
#include <vector>

/// The books over HTTP: /api/v1. Posting and reading of movements, and what is summed from them.
namespace kringwerk::ledger {

struct Options {
    /// A network of invented data: everybody may read it. Posting still needs a token.
    bool open_to_read = false;
    /// Whether there is such a centre, which only the room `network` knows.
    std::function<bool(Snapshot&, CentreId)> centre_exists;
    OnReversal on_reversal;
};

/// `store` outlives the routes.
http::Routes routes(Store& store, const Options& options);
/// POST /api/v1/centres/{centre}/actions, for registered devices of that centre: up to a hundred
/// actions, each in a transaction of its own and in the order of the list. The answer says what
/// became of each: "booked", "repeated" or "refused" (ledger.unknown_action, or what the room
/// refuses). Refuses as a whole, as `people::device_of_request` does, "ledger.other_centre",
/// "ledger.not_json_type", "ledger.not_json" and what `Fields` refuses. `store` outlives the
/// routes.
http::Routes action_routes(Store& store, ActionKinds kinds);

/// What their bodies look like, for the OpenAPI description.
std::vector<http::SchemaDoc> schemas();

} // namespace kringwerk::ledger
