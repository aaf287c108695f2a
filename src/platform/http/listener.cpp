// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/listener.hpp"

#include "base/ensure.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

namespace kringwerk::http {
namespace {

using Generic = asio::generic::stream_protocol;
constexpr int backlog = 4096;
constexpr mode_t only_owner = 0177;
constexpr mode_t owner_and_group = 0117;

/// True when somebody answers at a unix socket.
bool is_listened_on(const std::string& path) {
    asio::io_context io;
    asio::local::stream_protocol::socket socket(io);
    Code code;
    socket.connect(asio::local::stream_protocol::endpoint(path), code);
    return !code;
}

/// Makes way for a new socket at `path`. Anything but a socket stays, and binding then fails.
void remove_left_behind(const std::string& path) {
    struct stat found {};
    if (lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return;
    if (is_listened_on(path)) throw Breakdown("another server already listens on " + path);
    ::unlink(path.c_str());
}

void listen_at(Listener& listener, const Generic::endpoint& endpoint, const std::string& name) {
    Code code;
    auto& acceptor = listener.acceptor;
    acceptor.open(endpoint.protocol(), code);
    if (!code && listener.path.empty()) {
        acceptor.set_option(asio::socket_base::reuse_address(true), code);
    }
    if (!code) acceptor.bind(endpoint, code);
    if (!code) acceptor.listen(backlog, code);
    if (code) throw Breakdown("cannot listen on " + name + ": " + code.message());
}

std::unique_ptr<Listener> make_listener(const Strand& strand, Door door, const std::string& path) {
    return std::make_unique<Listener>(
        Listener{asio::basic_socket_acceptor<Generic, Strand>(strand), door, path, 0});
}

/// The file mode of a socket made while this lives.
class Mask {
  public:
    explicit Mask(mode_t mask) : before_(umask(mask)) {}
    ~Mask() { umask(before_); }
    Mask(const Mask&) = delete;
    Mask& operator=(const Mask&) = delete;

  private:
    mode_t before_;
};

asio::ip::tcp::endpoint tcp_endpoint(const Generic::endpoint& endpoint) {
    asio::ip::tcp::endpoint tcp;
    if (endpoint.size() > tcp.capacity()) return tcp;
    std::memcpy(tcp.data(), endpoint.data(), endpoint.size());
    tcp.resize(endpoint.size());
    return tcp;
}

} // namespace

std::unique_ptr<Listener> tcp_listener(const Strand& strand, const std::string& address,
                                       std::uint16_t port, Door door) {
    Code code;
    const auto parsed = asio::ip::make_address(address, code);
    if (code) throw Breakdown("no address to listen on: " + address);
    auto listener = make_listener(strand, door, "");
    const asio::ip::tcp::endpoint endpoint(parsed, port);
    listen_at(*listener, endpoint, address + " port " + std::to_string(port));
    listener->port = tcp_endpoint(listener->acceptor.local_endpoint()).port();
    return listener;
}

std::unique_ptr<Listener> unix_listener(const Strand& strand, const std::string& path, Door door) {
    asio::local::stream_protocol::endpoint endpoint;
    try {
        endpoint.path(path);
    } catch (const boost::system::system_error&) {
        throw Breakdown("the path of a unix socket is too long: " + path);
    }
    remove_left_behind(path);
    auto listener = make_listener(strand, door, path);
    const Mask mask(door == Door::admin ? only_owner : owner_and_group);
    listen_at(*listener, endpoint, path);
    return listener;
}

std::uint16_t port_of(const Listener& listener) { return listener.port; }

void close(Listener& listener) {
    Code ignored;
    if (!listener.acceptor.is_open()) return;
    listener.acceptor.close(ignored);
    if (!listener.path.empty()) ::unlink(listener.path.c_str());
}

void prepare(Socket& socket, Door door) {
    if (door != Door::tcp && door != Door::tls) return;
    Code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
}

std::string peer_of(const Socket& socket, Door door) {
    if (door == Door::admin) return "admin";
    if (door == Door::proxy) return "unix";
    Code code;
    const auto endpoint = socket.remote_endpoint(code);
    if (code) return "";
    const auto address = tcp_endpoint(endpoint).address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

} // namespace kringwerk::http
