// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"
#include "rooms/people/pages.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The page that leads a tablet to this server, and what it has to fetch there.
namespace kringwerk::app {

/// What a tablet must trust before it installs the app: the server's own authority. Never a key.
struct Trust {
    std::string der;
    std::string mobileconfig;
    std::string fingerprint; ///< in four lines
};

/// Who can open the server over HTTPS.
enum class Reach : std::uint8_t { nobody, this_machine, house };

struct TabletAccess {
    Reach reach = Reach::nobody;
    std::vector<std::string> urls = {}; ///< "https://192.168.1.20:8443", the best one first
    std::optional<Trust> trust = {};    ///< nothing: every tablet trusts the certificate already
};

/// The addresses at which others reach a listener at `address`, for which a certificate for `names`
/// is good. Without `trust` names of the Internet come first, else addresses: many a network in a
/// house does not pass names on.
TabletAccess tablet_access(std::string_view address, std::uint16_t port,
                           std::span<const std::string> names, std::optional<Trust> trust);

/// How a tablet comes here, or why it cannot, as pages/tablet.mustache shows it.
void put_tablet(boost::json::object& data, const people::Site& site, const TabletAccess& access,
                Language language);

/// GET /tablet for everybody, and below it kringwerk.crt (Android, Windows) and
/// kringwerk.mobileconfig (iPad), which are 404 when there is nothing to trust.
http::Routes tablet_routes(const people::Site& site, const TabletAccess& access);

} // namespace kringwerk::app
