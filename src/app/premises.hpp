// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/tablet.hpp"

#include <string>

namespace kringwerk::app {

/// Where the server stands, for pages that tell what to do at the machine itself. Filled in before
/// the first request is answered.
struct Premises {
    std::string program = "kringwerk"; ///< how it is started by hand
    std::string folder = ".";          ///< its data directory, whole
    TabletAccess tablet = {};
};

} // namespace kringwerk::app
