// SPDX-License-Identifier: EUPL-1.2
#include "app/watch/watchdog.hpp"

#include "base/ensure.hpp"

namespace kringwerk::app::watch {
namespace {

bool answers(const http::Endpoint& server, std::chrono::milliseconds patience) {
    try {
        http::Client client(server, patience);
        return client.send({"GET", "/healthz"}).status == 200;
    } catch (const Breakdown&) {
        return false;
    }
}

} // namespace

std::unique_ptr<Every> feed_watchdog(const service::ServiceManager& manager,
                                     const http::Endpoint& server) {
    const auto period = manager.watchdog();
    if (!period) return nullptr;
    const auto third = *period / 3;
    const auto patience = std::chrono::duration_cast<std::chrono::milliseconds>(third);
    return std::make_unique<Every>(third, [=] {
        if (answers(server, std::max(patience, std::chrono::milliseconds(1)))) {
            manager.tell("WATCHDOG=1");
        }
    });
}

} // namespace kringwerk::app::watch
