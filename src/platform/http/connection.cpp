// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/connection.hpp"

#include "base/ensure.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>

namespace kringwerk::http {
namespace {

constexpr auto with_code = asio::as_tuple(in_coroutine);

class PlainConnection final : public Connection {
  public:
    explicit PlainConnection(Socket socket) : socket_(std::move(socket)) {}

    Awaitable<Code> handshake() override { co_return Code{}; }

    Awaitable<Got> read(char* into, std::size_t most) override {
        const auto [code, size] =
            co_await socket_.async_read_some(asio::buffer(into, most), with_code);
        co_return Got{code, size};
    }

    Awaitable<Code> write(std::string_view head, std::string_view body) override {
        const std::array<asio::const_buffer, 2> pieces{asio::buffer(head), asio::buffer(body)};
        const auto [code, size] = co_await asio::async_write(socket_, pieces, with_code);
        co_return code;
    }

    Awaitable<void> close_writing() override {
        Code ignored;
        socket_.shutdown(Socket::shutdown_send, ignored);
        co_return;
    }

    Socket& socket() override { return socket_; }

  private:
    Socket socket_;
};

class TlsConnection final : public Connection {
  public:
    TlsConnection(Socket socket, asio::ssl::context& context)
        : stream_(std::move(socket), context) {}

    Awaitable<Code> handshake() override {
        const auto [code] =
            co_await stream_.async_handshake(asio::ssl::stream_base::server, with_code);
        co_return code;
    }

    Awaitable<Got> read(char* into, std::size_t most) override {
        const auto [code, size] =
            co_await stream_.async_read_some(asio::buffer(into, most), with_code);
        co_return Got{code, size};
    }

    Awaitable<Code> write(std::string_view head, std::string_view body) override {
        // Head and the beginning of the body share one TLS record, so that a small answer is one
        // packet; a record holds 16 kB.
        const auto first = body.substr(0, std::min<std::size_t>(body.size(), 14 * 1024));
        const auto record = std::string(head) + std::string(first);
        const auto rest = body.substr(first.size());
        const auto [code, size] =
            co_await asio::async_write(stream_, asio::buffer(record), with_code);
        if (code || rest.empty()) co_return code;
        const auto [later, more] =
            co_await asio::async_write(stream_, asio::buffer(rest), with_code);
        co_return later;
    }

    Awaitable<void> close_writing() override {
        std::ignore = co_await stream_.async_shutdown(with_code);
        Code ignored;
        socket().shutdown(Socket::shutdown_send, ignored);
    }

    Socket& socket() override { return stream_.next_layer(); }

  private:
    asio::ssl::stream<Socket> stream_;
};

/// HTTP/1.1 is all that is spoken here; a client that offers more learns it in the handshake.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
    static constexpr unsigned char http_1_1[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    const auto agreed =
        SSL_select_next_proto(&found, size, http_1_1, sizeof http_1_1 - 1, offered, offered_size);
    *chosen = found;
    return agreed == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

} // namespace

std::unique_ptr<Connection> plain_connection(Socket socket) {
    return std::make_unique<PlainConnection>(std::move(socket));
}

std::unique_ptr<Connection> tls_connection(Socket socket, asio::ssl::context& context) {
    return std::make_unique<TlsConnection>(std::move(socket), context);
}

std::shared_ptr<asio::ssl::context> tls_context(const std::string& certificate_file,
                                                const std::string& key_file) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1 | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_alpn_select_cb(context->native_handle(), choose_protocol, nullptr);
    Code code;
    context->use_certificate_chain_file(certificate_file, code);
    if (code) throw Breakdown("cannot read the certificate " + certificate_file);
    context->use_private_key_file(key_file, asio::ssl::context::pem, code);
    if (code) throw Breakdown("cannot read the key " + key_file + " of that certificate");
    return context;
}

} // namespace kringwerk::http
