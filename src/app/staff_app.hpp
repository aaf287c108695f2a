// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"

namespace kringwerk::app {

/// The staff app, as the build of the screens made it: its shell at /app and below, its service
/// worker and its manifest. None of them when the program was built without the screens.
http::Routes staff_app_routes();

} // namespace kringwerk::app
