// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/watch/every.hpp"
#include "platform/http/client.hpp"
#include "platform/service/manager.hpp"

#include <memory>

namespace kringwerk::app::watch {

/// Tells the service manager three times in each of its periods that the server is well, but only
/// when it was: it asks the server itself, through the same threads as everybody. A server that
/// hangs falls silent and is started anew. Nothing when the manager does not watch.
std::unique_ptr<Every> feed_watchdog(const service::ServiceManager& manager,
                                     const http::Endpoint& server);

} // namespace kringwerk::app::watch
