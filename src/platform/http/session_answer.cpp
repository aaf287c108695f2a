// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/answer.hpp"
#include "platform/http/exchange.hpp"
#include "platform/http/session.hpp"

#include <fmt/format.h>

#include <algorithm>

/// The second half of a session: everything that is written.
namespace kringwerk::http {
namespace {

constexpr std::size_t write_step = 256 * 1024;
constexpr std::chrono::seconds linger_time{2};
constexpr std::chrono::seconds heartbeat{15};
constexpr std::string_view heartbeat_comment = ":\n\n";
constexpr std::string_view last_chunk = "0\r\n\r\n";

} // namespace

Awaitable<Session::Outcome> Session::answer(std::shared_ptr<Exchange> exchange) {
    auto& response = exchange->response;
    const auto& request = exchange->request;
    try {
        if (common_->options.stamp) common_->options.stamp(request, response);
        finish(request, response);
    } catch (...) {
        response = answer_to(common_->options, request, std::current_exception());
    }
    const bool read_well = reader_.complete() && !reader_.failure();
    bool keeps_alive = read_well && reader_.keeps_alive() && !common_->closing;
    // HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
    if (response.stream && reader_.is_old()) keeps_alive = false;
    const auto outcome = co_await write_answer(exchange, keeps_alive);
    if (common_->options.log) {
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange->began);
        common_->options.log(request, response, took);
    }
    if (outcome == Outcome::end || keeps_alive) co_return outcome;
    co_await linger();
    co_return Outcome::end;
}

Awaitable<Session::Outcome> Session::write_answer(std::shared_ptr<Exchange> exchange,
                                                  bool keeps_alive) {
    const auto& response = exchange->response;
    const auto& request = exchange->request;
    const bool chunked = !reader_.is_old();
    auto framing = Framing::length;
    if (response.stream) framing = chunked ? Framing::chunks : Framing::until_close;
    const auto head = head_of(request, response, framing, keeps_alive);
    const bool only_head = request.method == Method::head;
    const auto body = only_head || response.stream ? std::string_view{} : body_of(response);
    const auto outcome = co_await write(head, body);
    if (outcome == Outcome::end || only_head || !response.stream) co_return outcome;
    co_return co_await write_stream(exchange, chunked);
}

Awaitable<Session::Outcome> Session::write_stream(std::shared_ptr<Exchange> exchange,
                                                  bool chunked) {
    const bool events = exchange->response.content_type.starts_with("text/event-stream");
    for (;;) {
        const auto piece = begin_piece(exchange);
        while (!piece->there && !(events && common_->closing)) {
            const bool woken = co_await wait_for_piece();
            if (woken || !events) continue;
            const auto outcome = co_await write_piece(heartbeat_comment, chunked);
            if (outcome == Outcome::end) co_return Outcome::end;
        }
        // Without its last chunk the client sees that the answer is not whole.
        if (piece->there && piece->broke) co_return Outcome::end;
        if (!piece->there || !piece->text) break;
        const auto outcome = co_await write_piece(*piece->text, chunked);
        if (outcome == Outcome::end) co_return Outcome::end;
    }
    if (!chunked) co_return Outcome::go_on;
    co_return co_await write(last_chunk, {});
}

/// Starts the next step of a stream. When it is there, it wakes the session up.
std::shared_ptr<Piece> Session::begin_piece(std::shared_ptr<Exchange> exchange) {
    const auto piece = std::make_shared<Piece>();
    piece->exchange = exchange;
    const auto ended = [piece,
                        self = shared_from_this()](std::optional<std::optional<std::string>> text,
                                                   std::exception_ptr broke) {
        if (text) piece->text = *std::move(text);
        piece->broke = broke;
        piece->there = true;
        self->wake_up_.cancel();
    };
    try {
        start<std::optional<std::string>>(exchange->response.stream(), exchange->scheduler, ended);
    } catch (...) {
        ended(std::nullopt, std::current_exception());
    }
    return piece;
}

/// True when something woke it up, false when it is time for a sign of life.
Awaitable<bool> Session::wait_for_piece() {
    enter(Phase::handling, {});
    wake_up_.expires_after(heartbeat);
    const auto [code] = co_await wake_up_.async_wait(asio::as_tuple(in_coroutine));
    co_return static_cast<bool>(code);
}

Awaitable<Session::Outcome> Session::write_piece(std::string_view text, bool chunked) {
    if (text.empty()) co_return Outcome::go_on; // an empty chunk would be the last one
    if (!chunked) co_return co_await write(text, {});
    const auto size = fmt::format("{:x}\r\n", text.size());
    const auto body = std::string(text) + "\r\n";
    co_return co_await write(size, body);
}

/// Each slice has its own time: who reads slowly gets all of it, who does not read is cut.
Awaitable<Session::Outcome> Session::write(std::string_view head, std::string_view body) {
    Code code;
    do {
        const auto slice = body.substr(0, write_step);
        body.remove_prefix(slice.size());
        enter(Phase::writing, common_->options.write_time);
        code = co_await connection_->write(head, slice);
        head = {};
    } while (!code && !body.empty());
    enter(Phase::handling, {});
    co_return code ? Outcome::end : Outcome::go_on;
}

/// Closes our half and reads on for a moment: closing at once, with bytes of the client still
/// unread, would make its kernel throw away the answer that we just sent.
Awaitable<void> Session::linger() {
    enter(Phase::writing, linger_time);
    co_await connection_->close_writing();
    for (Code code; !code;) {
        const auto got = co_await connection_->read(buffer_.data(), buffer_.size());
        code = got.code;
    }
}

} // namespace kringwerk::http
