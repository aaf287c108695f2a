// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace boost::asio::ssl {
class context;
}

/// Only this folder's session, server and connection know the library underneath.
namespace kringwerk::http {

namespace asio = boost::asio;
using Code = boost::system::error_code;

/// Everything about one connection happens in turn, on its strand. The concrete type is quicker
/// than the library's default, which looks up its executor through a virtual table each time.
using Strand = asio::strand<asio::io_context::executor_type>;
template <class T> using Awaitable = asio::awaitable<T, Strand>;
inline constexpr asio::use_awaitable_t<Strand> in_coroutine{};
/// TCP and unix sockets alike.
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Strand>;

/// A stream of bytes, plain or TLS, so that the session exists once and not once per kind: that
/// divides its compile time by six.
class Connection {
  public:
    virtual ~Connection() = default;
    /// Nothing to do for a plain one.
    virtual Awaitable<Code> handshake() = 0;
    struct Got {
        Code code;
        std::size_t size = 0;
    };
    virtual Awaitable<Got> read(char* into, std::size_t most) = 0;
    virtual Awaitable<Code> write(std::string_view head, std::string_view body) = 0;
    /// Says that nothing more will be written.
    virtual Awaitable<void> close_writing() = 0;
    virtual Socket& socket() = 0;
};

std::unique_ptr<Connection> plain_connection(Socket socket);
std::unique_ptr<Connection> tls_connection(Socket socket, asio::ssl::context& context);
/// Reads a certificate chain and its key. Throws `Breakdown` when it cannot.
std::shared_ptr<asio::ssl::context> tls_context(const std::string& certificate_file,
                                                const std::string& key_file);

} // namespace kringwerk::http
