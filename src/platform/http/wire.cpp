// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/wire.hpp"

#include "base/ensure.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace kringwerk::http {
namespace {

Breakdown cannot(const std::string& what) {
    return Breakdown("cannot " + what + ": " + std::strerror(errno));
}

bool was_interrupted() { return errno == EINTR; }

int connected_unix(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) throw Breakdown("too long for a socket: " + path);
    std::memcpy(address.sun_path, path.data(), path.size());
    const int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) throw cannot("make a socket");
    if (connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return made;
    const auto broke = cannot("reach " + path);
    close(made);
    throw broke;
}

int connected_tcp(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const auto service = std::to_string(port);
    const int failed = getaddrinfo(host.c_str(), service.c_str(), &hints, &found);
    if (failed) throw Breakdown("cannot find " + host + ": " + gai_strerror(failed));
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, freeaddrinfo);
    for (const auto* entry = found; entry; entry = entry->ai_next) {
        const int made = socket(entry->ai_family, SOCK_STREAM | SOCK_CLOEXEC, entry->ai_protocol);
        if (made < 0) continue;
        if (connect(made, entry->ai_addr, entry->ai_addrlen) == 0) {
            const int on = 1;
            setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return made;
        }
        const int why = errno;
        close(made);
        errno = why;
    }
    throw cannot("reach " + host + " port " + service);
}

void limit_waiting(int socket, std::chrono::milliseconds patience) {
    timeval time{};
    time.tv_sec = patience.count() / 1000;
    time.tv_usec = patience.count() % 1000 * 1000;
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

} // namespace

Wire::Wire(const Endpoint& endpoint, std::chrono::milliseconds patience)
    : socket_(endpoint.unix_socket.empty() ? connected_tcp(endpoint.host, endpoint.port)
                                           : connected_unix(endpoint.unix_socket)) {
    limit_waiting(socket_, patience);
}

Wire::~Wire() {
    if (socket_ >= 0) close(socket_);
}

Wire::Wire(Wire&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Wire& Wire::operator=(Wire&& other) noexcept {
    std::swap(socket_, other.socket_);
    return *this;
}

bool Wire::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EPIPE || errno == ECONNRESET) {
            return false;
        } else if (!was_interrupted()) {
            throw cannot("send");
        }
    }
    return true;
}

std::string Wire::read() {
    std::string bytes(64 * 1024, '\0');
    for (;;) {
        const auto got = recv(socket_, bytes.data(), bytes.size(), 0);
        if (got >= 0) {
            bytes.resize(static_cast<std::size_t>(got));
            return bytes;
        }
        if (errno == ECONNRESET) return "";
        if (!was_interrupted()) throw cannot("hear an answer");
    }
}

std::string Wire::read_all() {
    std::string all;
    for (auto piece = read(); !piece.empty(); piece = read()) all += piece;
    return all;
}

void Wire::end_writing() { shutdown(socket_, SHUT_WR); }

} // namespace kringwerk::http
