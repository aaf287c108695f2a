// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "platform/store/store.hpp"
#include "rooms/network/live_scales.hpp"

#include <functional>
#include <memory>

namespace kringwerk::network {

/// Whether whoever sent a request may hear the scales of that centre. `app` knows the answer.
using MayListen = std::function<bool(const http::Request&, CentreId)>;

/// GET /api/v1/centres/{centre}/scales/{number}/readings: server-sent events "reading", first what
/// the scale says now. The stream ends when the scale is taken out of use. `store` outlives it.
http::Routes live_scale_routes(Store& store, std::shared_ptr<LiveScales> scales,
                               MayListen may_listen);

} // namespace kringwerk::network
