// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/connection.hpp"
#include "platform/http/http.hpp"
#include "platform/http/limits.hpp"
#include "platform/http/number.hpp"
#include "platform/http/reader.hpp"
#include "platform/http/router.hpp"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kringwerk::http {

/// Through which door a connection came in, and with that what it may say about itself.
enum class Door { tcp, tls, proxy, admin };

/// What all sessions of a server share.
struct Common {
    ServerOptions options;
    Router router;
    RateLimits limits;
    Shares bodies; ///< bytes
    Numbers numbers;
    std::atomic<bool> closing = false;
    /// Last, so that what still waits in it is dropped first.
    asio::io_context io;

    Common(ServerOptions wanted, Routes routes)
        : options(std::move(wanted)),
          router(std::move(routes)),
          bodies(options.body_bytes, options.body_bytes / 2) {}
};

/// One request and its answer. Shared with the coroutine of its handler, which may outlive the
/// connection.
struct Exchange;
struct Piece;

/// Reads requests from one connection, has them handled and writes the answers, in order.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(std::shared_ptr<Common> common, std::unique_ptr<Connection> connection, Door door,
            std::string peer);

    /// The life of the connection. Everything below it runs on the strand.
    Awaitable<void> run();

    /// From any thread: ends what took too long.
    void check_deadline(Clock::time_point now);
    /// From any thread, once the server is closing: ends the connection when it is between
    /// requests, and its stream of events.
    void end_soon();
    /// From any thread: closes the socket, whatever happens on it.
    void drop();

  private:
    /// What the connection is doing, which decides what happens at its deadline.
    enum class Phase { greeting, idle, head, body, handling, writing };
    enum class Outcome { go_on, end };

    void enter(Phase phase, std::chrono::seconds time);
    void at_deadline(Clock::time_point now);

    Awaitable<Outcome> one_request();
    Awaitable<Outcome> read_some();
    Awaitable<Outcome> read_head(Exchange& exchange);
    Awaitable<Outcome> read_body(Exchange& exchange);
    void consume();
    bool make_room(Exchange& exchange);
    void identify(Request& request);
    void ask_proxy(Request& request);
    bool is_hidden(const Request& request, const Router::Match& match) const;
    void refuse(Exchange& exchange, int status, std::string_view code);
    void choose_route(Exchange& exchange);
    Awaitable<void> handle(std::shared_ptr<Exchange> exchange);
    Awaitable<Outcome> answer(std::shared_ptr<Exchange> exchange);
    Awaitable<Outcome> write_answer(std::shared_ptr<Exchange> exchange, bool keeps_alive);
    Awaitable<Outcome> write_stream(std::shared_ptr<Exchange> exchange, bool chunked);
    std::shared_ptr<Piece> begin_piece(std::shared_ptr<Exchange> exchange);
    Awaitable<bool> wait_for_piece();
    Awaitable<Outcome> write_piece(std::string_view text, bool chunked);
    Awaitable<Outcome> write(std::string_view head, std::string_view body);
    Awaitable<void> linger();

    std::shared_ptr<Common> common_;
    std::unique_ptr<Connection> connection_;
    const Door door_;
    const std::string peer_;
    const bool believed_; ///< what it says about who asks, because a proxy that we know says it
    const Strand strand_;
    asio::steady_timer wake_up_; ///< for a stream that waits for its next piece

    RequestReader reader_;
    std::string buffer_;
    std::size_t filled_ = 0;
    Phase phase_ = Phase::idle;
    bool expired_ = false; ///< the deadline passed while it read
    /// Moments of `Clock`; the only thing of a session that other threads look at.
    std::atomic<Clock::rep> deadline_;
};

} // namespace kringwerk::http
