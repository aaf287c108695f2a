// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/openapi.hpp"
#include "platform/store/store.hpp"

#include <vector>

namespace kringwerk::network {

/// GET /api/v1/centres and /api/v1/centres/{centre}, for everybody. `store` outlives the routes.
http::Routes api_routes(Store& store);
/// What their bodies look like, for the OpenAPI description.
std::vector<http::SchemaDoc> schemas();

} // namespace kringwerk::network
