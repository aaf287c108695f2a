// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/commands.hpp"
#include "app/rooms.hpp"
#include "app/tablet.hpp"
#include "platform/cli/log.hpp"

#include <memory>
#include <string>

namespace kringwerk::app {

/// The second listener, which speaks HTTPS.
struct Secure {
    std::unique_ptr<http::Server> server = {}; ///< nothing: it is off, or could not listen
    TabletAccess tablet = {};
    std::string words = {}; ///< where it listens, or why it does not
};

/// Listens as the settings secure_address and secure_port say, with the certificate of the settings
/// or one of the server's own authority in the data folder, and answers `routes` and the page for
/// tablets. Where nobody asked for it (a port of the default that is taken) it says so and goes on
/// without; else it throws `Breakdown`.
Secure listen_securely(const Call& call, Rooms& rooms, const cli::Log& log,
                       http::ServerOptions options, const http::Routes& routes);

/// `routes` and the page for tablets.
http::Routes with_tablet_page(const Rooms& rooms, const TabletAccess& tablet, http::Routes routes);

} // namespace kringwerk::app
