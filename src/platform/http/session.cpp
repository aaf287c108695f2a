// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/session.hpp"

#include "platform/http/answer.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/exchange.hpp"

#include <cstring>
#include <limits>

namespace kringwerk::http {
namespace {

constexpr auto never = std::numeric_limits<Clock::rep>::max();
/// Bodies are read in larger steps than heads; the space is given back after the request.
constexpr std::size_t body_step = 64 * 1024;

/// Takes the last off a comma-separated list: what our own proxy added, not what its client
/// claimed.
std::string_view take_last(std::string_view& list) {
    const auto comma = list.rfind(',');
    const auto last = trimmed(comma == list.npos ? list : list.substr(comma + 1));
    list = comma == list.npos ? std::string_view{} : list.substr(0, comma);
    return last;
}

bool says_who_asks(const std::pair<std::string, std::string>& header) {
    return header.first.starts_with("x-forwarded-") || header.first == "forwarded";
}

} // namespace

Session::Session(std::shared_ptr<Common> common, std::unique_ptr<Connection> connection, Door door,
                 std::string peer)
    : common_(std::move(common)),
      connection_(std::move(connection)),
      door_(door),
      peer_(std::move(peer)),
      believed_(door_ == Door::proxy || is_within(peer_, common_->options.trusted_proxies)),
      strand_(connection_->socket().get_executor()),
      wake_up_(strand_),
      deadline_(never) {}

Awaitable<void> Session::run() {
    const auto self = shared_from_this();
    if (door_ == Door::tls) {
        enter(Phase::greeting, common_->options.head_time);
        const auto code = co_await connection_->handshake();
        if (code) co_return;
    }
    buffer_.resize(head_limit);
    for (auto outcome = Outcome::go_on; outcome == Outcome::go_on;) {
        outcome = co_await one_request();
    }
    Code ignored;
    connection_->socket().close(ignored);
    deadline_ = never;
}

Awaitable<Session::Outcome> Session::one_request() {
    const auto exchange = std::make_shared<Exchange>(common_, strand_);
    reader_.start(exchange->request);
    const auto head = co_await read_head(*exchange);
    if (head == Outcome::end) co_return Outcome::end;
    if (!exchange->answered) choose_route(*exchange);
    if (!exchange->answered) {
        const auto body = co_await read_body(*exchange);
        if (body == Outcome::end) co_return Outcome::end;
    }
    enter(Phase::handling, {});
    if (!exchange->answered) co_await handle(exchange);
    co_return co_await answer(exchange);
}

Awaitable<Session::Outcome> Session::read_some() {
    const auto got = co_await connection_->read(buffer_.data() + filled_, buffer_.size() - filled_);
    filled_ += got.size;
    co_return got.code && !expired_ ? Outcome::end : Outcome::go_on;
}

Awaitable<Session::Outcome> Session::read_head(Exchange& exchange) {
    if (buffer_.size() > head_limit && filled_ <= head_limit) {
        buffer_.resize(head_limit);
        buffer_.shrink_to_fit();
    }
    if (filled_ > 0) {
        enter(Phase::head, common_->options.head_time);
    } else {
        enter(Phase::idle, common_->options.idle_time);
    }
    for (;;) {
        if (filled_ > 0) {
            consume();
            if (const auto& failure = reader_.failure()) {
                refuse(exchange, failure->status, failure->code);
                co_return Outcome::go_on;
            }
            if (reader_.head_complete()) break;
        }
        if (phase_ == Phase::idle && common_->closing) co_return Outcome::end;
        const auto outcome = co_await read_some();
        if (outcome == Outcome::end || (expired_ && phase_ == Phase::idle)) co_return Outcome::end;
        if (expired_) {
            refuse(exchange, 408, "http.too_slow");
            co_return Outcome::go_on;
        }
        // Counted from the first byte: those that follow one by one do not extend it.
        if (phase_ == Phase::idle) enter(Phase::head, common_->options.head_time);
    }
    identify(exchange.request);
    exchange.began = Clock::now();
    co_return Outcome::go_on;
}

void Session::consume() {
    const auto used = reader_.feed({buffer_.data(), filled_});
    filled_ -= used;
    if (used > 0 && filled_ > 0) std::memmove(buffer_.data(), buffer_.data() + used, filled_);
}

Awaitable<Session::Outcome> Session::read_body(Exchange& exchange) {
    const auto& limits = exchange.route->limits;
    reader_.allow_body(limits.body_bytes);
    enter(Phase::body, limits.body_time);
    if (reader_.waits_for_continue() && filled_ == 0 && !reader_.failure()) {
        const auto code = co_await connection_->write("HTTP/1.1 100 Continue\r\n\r\n", {});
        if (code) co_return Outcome::end;
    }
    for (;;) {
        if (filled_ > 0 && !reader_.complete() && !reader_.failure()) consume();
        if (const auto& failure = reader_.failure()) {
            refuse(exchange, failure->status, failure->code);
            co_return Outcome::go_on;
        }
        if (reader_.complete()) co_return Outcome::go_on;
        if (!make_room(exchange)) {
            refuse(exchange, 503, "http.busy");
            exchange.response.with("Retry-After", "1");
            co_return Outcome::go_on;
        }
        const auto outcome = co_await read_some();
        if (outcome == Outcome::end) co_return Outcome::end;
        if (expired_) {
            refuse(exchange, 408, "http.too_slow");
            co_return Outcome::go_on;
        }
    }
}

/// Small bodies fit in the buffer of heads; growing it costs more than reading them. What is larger
/// takes of the room that there is for bodies, before it takes memory. False: there is none left.
bool Session::make_room(Exchange& exchange) {
    if (reader_.content_length().value_or(body_step) <= head_limit) return true;
    const auto& request = exchange.request;
    const auto filled = request.body.size() + body_step;
    // While a text grows its bytes are there twice.
    const auto copied = filled > request.body.capacity() ? request.body.size() : 0;
    const bool has_room = exchange.room.grow_to(request.peer, filled + copied + body_step);
    if (has_room) buffer_.resize(body_step);
    return has_room;
}

void Session::identify(Request& request) {
    request.number = common_->numbers.next();
    request.received = now();
    request.admin = door_ == Door::admin;
    request.secure = door_ == Door::tls;
    request.peer = peer_;
    if (believed_) return ask_proxy(request);
    // Anybody can claim these; only a proxy that we know is believed.
    request.relayed = std::erase_if(request.headers, says_who_asks) > 0;
}

/// The client is the last one of the list that is no proxy of ours; whoever stands before it is
/// what the client says of itself.
void Session::ask_proxy(Request& request) {
    auto list = request.header("x-forwarded-for");
    while (!list.empty()) {
        const auto client = take_last(list);
        if (!parse_internet_address(client)) break;
        request.peer = client;
        if (!is_within(client, common_->options.trusted_proxies)) break;
    }
    auto protocols = request.header("x-forwarded-proto");
    if (!protocols.empty()) request.secure = take_last(protocols) == "https";
}

/// Whether the address is not there for whoever asks. Another method than GET would tell of it too.
bool Session::is_hidden(const Request& request, const Router::Match& match) const {
    if (match.route) return match.route->hidden_from && match.route->hidden_from(request);
    if (!match.path_known) return false;
    auto rest = std::string_view(request.target);
    const auto page = common_->router.find(Method::get, take_until(rest, '?'));
    return page.route && page.route->hidden_from && page.route->hidden_from(request);
}

void Session::refuse(Exchange& exchange, int status, std::string_view code) {
    if (exchange.request.number.empty()) {
        identify(exchange.request);
        exchange.began = Clock::now();
    }
    exchange.response = problem(exchange.request, status, Refusal{std::string(code), {}, {}});
    exchange.answered = true;
}

void Session::choose_route(Exchange& exchange) {
    auto& request = exchange.request;
    auto rest = std::string_view(request.target);
    auto match = common_->router.find(request.method, take_until(rest, '?'));
    if (is_hidden(request, match)) match = {};
    if (match.route) {
        exchange.route = match.route;
        request.pattern = match.route->pattern;
        request.parameters = std::move(match.captures);
        if (request.admin) return;
        const auto wait = common_->limits.take(
            match.number, request.peer, match.route->limits.requests_per_minute, exchange.began);
        if (!wait) return;
        refuse(exchange, 429, "http.too_often");
        exchange.response.with("Retry-After", std::to_string(*wait));
        return;
    }
    exchange.answered = true;
    if (request.method == Method::options && (match.path_known || request.path == "*")) {
        exchange.response.status = 204;
    } else {
        const int status = match.path_known ? 405 : 404;
        const auto* code = match.path_known ? "http.wrong_method" : "http.not_here";
        try {
            exchange.response = common_->options.not_here
                                    ? common_->options.not_here(request, status)
                                    : problem(request, status, Refusal{code, {}, {}});
        } catch (...) {
            exchange.response = answer_to(common_->options, request, std::current_exception());
        }
    }
    if (match.path_known) exchange.response.with("Allow", match.allow);
}

/// Runs the handler of the route, which may wait for other threads meanwhile.
Awaitable<void> Session::handle(std::shared_ptr<Exchange> exchange) {
    try {
        start<Response>(exchange->route->handler(exchange->request), exchange->scheduler,
                        [exchange](std::optional<Response> response, std::exception_ptr broke) {
                            if (response) exchange->response = *std::move(response);
                            exchange->broke = broke;
                            exchange->answered = true;
                            const auto go_on = std::exchange(exchange->go_on, nullptr);
                            if (go_on) go_on();
                        });
    } catch (...) {
        exchange->broke = std::current_exception();
        exchange->answered = true;
    }
    if (!exchange->answered) co_await wait_to_go_on(exchange);
    if (exchange->broke) {
        exchange->response = answer_to(common_->options, exchange->request, exchange->broke);
    }
}

void Session::enter(Phase phase, std::chrono::seconds time) {
    phase_ = phase;
    expired_ = false;
    const auto moment =
        phase == Phase::handling ? never : (Clock::now() + time).time_since_epoch().count();
    deadline_.store(moment, std::memory_order_relaxed);
}

void Session::check_deadline(Clock::time_point now) {
    if (deadline_.load(std::memory_order_relaxed) > now.time_since_epoch().count()) return;
    asio::post(strand_, [self = shared_from_this(), now] { self->at_deadline(now); });
}

void Session::at_deadline(Clock::time_point now) {
    // The connection may have gone on since somebody looked at its deadline.
    if (deadline_.load(std::memory_order_relaxed) > now.time_since_epoch().count()) return;
    deadline_.store(never, std::memory_order_relaxed);
    Code ignored;
    if (phase_ == Phase::idle || phase_ == Phase::head || phase_ == Phase::body) {
        expired_ = true;
        connection_->socket().cancel(ignored);
    } else {
        connection_->socket().close(ignored);
    }
}

void Session::end_soon() {
    asio::post(strand_, [self = shared_from_this()] {
        Code ignored;
        if (self->phase_ == Phase::idle) self->connection_->socket().cancel(ignored);
        self->wake_up_.cancel();
    });
}

void Session::drop() {
    asio::post(strand_, [self = shared_from_this()] {
        Code ignored;
        self->connection_->socket().close(ignored);
        self->wake_up_.cancel();
    });
}

} // namespace kringwerk::http
