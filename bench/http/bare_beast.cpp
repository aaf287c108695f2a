// SPDX-License-Identifier: EUPL-1.2
#include "bare_beast.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>

namespace kringwerk::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Stream = beast::basic_stream<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
template <class T> using Awaitable = asio::awaitable<T, Executor>;
constexpr auto with_code = asio::as_tuple(asio::use_awaitable_t<Executor>{});

Awaitable<void> session(Stream stream) {
    beast::flat_buffer buffer;
    for (;;) {
        beast::http::request<beast::http::string_body> request;
        stream.expires_after(std::chrono::seconds(30));
        const auto [failed, size] =
            co_await beast::http::async_read(stream, buffer, request, with_code);
        if (failed) co_return;
        beast::http::response<beast::http::string_body> response(beast::http::status::ok, 11);
        response.set(beast::http::field::content_type, "application/json");
        response.body() = sum_of(request.body());
        response.prepare_payload();
        const auto [broken, sent] = co_await beast::http::async_write(stream, response, with_code);
        if (broken) co_return;
    }
}

Awaitable<void> accept_all(Acceptor& acceptor) {
    for (;;) {
        auto [failed, socket] = co_await acceptor.async_accept(with_code);
        if (failed) continue;
        socket.set_option(tcp::no_delay(true));
        const auto executor = socket.get_executor();
        asio::co_spawn(executor, session(Stream(std::move(socket))), asio::detached);
    }
}

} // namespace

std::string sum_of(std::string_view body) {
    const auto parsed = boost::json::parse(boost::json::string_view(body.data(), body.size()));
    std::int64_t grams = 0;
    for (const auto& transfer : parsed.at("transfers").as_array()) {
        grams += transfer.at("grams").as_int64();
    }
    return boost::json::serialize(
        boost::json::object{{"id", parsed.at("id").as_string()}, {"grams", grams}});
}

void serve_bare(const std::function<void(std::uint16_t)>& ready) {
    asio::io_context io(1);
    Acceptor acceptor(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    asio::co_spawn(io, accept_all(acceptor), asio::detached);
    ready(acceptor.local_endpoint().port());
    io.run();
}

} // namespace kringwerk::bench
