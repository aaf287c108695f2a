// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/client.hpp"
#include "platform/http/http.hpp"
#include "platform/http/wire.hpp"

#include <functional>
#include <string>
#include <utility>

/// What the tests of this folder share.
namespace kringwerk::http::testing {

/// Any free port, and deadlines that a test can wait for.
inline ServerOptions quick() {
    ServerOptions options;
    options.port = 0;
    options.head_time = std::chrono::seconds(1);
    options.idle_time = std::chrono::seconds(2);
    options.write_time = std::chrono::seconds(2);
    options.shutdown_time = std::chrono::seconds(2);
    return options;
}

inline Endpoint at(const Server& server) { return {.port = server.port()}; }

inline Route get(std::string pattern, std::function<Response(const Request&)> function) {
    return {Method::get, std::move(pattern), at_once(std::move(function))};
}
inline Route post(std::string pattern, std::function<Response(const Request&)> function,
                  Limits limits = {}) {
    return {Method::post, std::move(pattern), at_once(std::move(function)), limits};
}

/// Says exactly these bytes and returns all that comes back until the server ends the connection.
inline std::string say(const Endpoint& endpoint, std::string_view bytes) {
    Wire wire(endpoint, std::chrono::seconds(10));
    wire.write(bytes);
    return wire.read_all();
}

} // namespace kringwerk::http::testing
