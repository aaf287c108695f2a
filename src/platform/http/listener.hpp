// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/session.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace kringwerk::http {

/// Something that accepts connections: a TCP port or a unix socket.
struct Listener {
    asio::basic_socket_acceptor<asio::generic::stream_protocol, Strand> acceptor;
    Door door;
    std::string path;       ///< of a unix socket
    std::uint16_t port = 0; ///< of a TCP one
};

/// Throw `Breakdown` when they cannot listen there.
std::unique_ptr<Listener> tcp_listener(const Strand& strand, const std::string& address,
                                       std::uint16_t port, Door door);
/// The admin socket opens for its owner only, the proxy's also for its group. What a server that is
/// gone left behind is replaced; a socket that somebody listens on is not.
std::unique_ptr<Listener> unix_listener(const Strand& strand, const std::string& path, Door door);

std::uint16_t port_of(const Listener& listener);
/// Accepts nothing more and removes its unix socket.
void close(Listener& listener);

/// Settings of an accepted connection.
void prepare(Socket& socket, Door door);
/// The address of the client; "unix" and "admin" for those without one.
std::string peer_of(const Socket& socket, Door door);

} // namespace kringwerk::http
