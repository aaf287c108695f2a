// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/session.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace kringwerk::http {

/// Lets a coroutine of a handler go on at the strand of its connection.
class StrandScheduler final : public Scheduler {
  public:
    StrandScheduler(std::shared_ptr<Common> common, const Strand& strand)
        : common_(std::move(common)), strand_(strand) {}

    void schedule(std::coroutine_handle<> waiting) override {
        // Once posted, the coroutine may end on another thread and take this object along, and with
        // it, at the end of the program, all that it is part of.
        const auto keep = common_;
        const auto strand = strand_;
        asio::post(strand, [waiting] { waiting.resume(); });
    }

  private:
    std::shared_ptr<Common> common_;
    Strand strand_;
};

/// The room that a body takes, given back when its request is gone.
class BodyRoom {
  public:
    explicit BodyRoom(Shares& bodies) : bodies_(bodies) {}
    ~BodyRoom() { bodies_.give_back(client_, held_); }
    BodyRoom(const BodyRoom&) = delete;
    BodyRoom& operator=(const BodyRoom&) = delete;

    /// False when there is not that much.
    bool grow_to(std::string_view peer, std::size_t bytes) {
        if (bytes <= held_) return true;
        if (client_.empty()) client_ = client_of(peer);
        if (!bodies_.take(client_, bytes - held_)) return false;
        held_ = bytes;
        return true;
    }

  private:
    Shares& bodies_;
    std::string client_;
    std::size_t held_ = 0;
};

struct Exchange {
    Exchange(std::shared_ptr<Common> common, const Strand& strand)
        : scheduler(common, strand), room(common->bodies) {}

    StrandScheduler scheduler;
    BodyRoom room;
    Request request;
    Response response;
    const Route* route = nullptr;
    Clock::time_point began;
    bool answered = false; ///< `response` stands, before or after a handler saw the request
    std::exception_ptr broke;
    std::function<void()> go_on; ///< resumes the session, which waits for the handler
};

/// One step of a stream. Given up when the stream ends first; the step then ends on its own.
struct Piece {
    std::shared_ptr<Exchange> exchange; ///< the step runs inside `response.stream`
    std::optional<std::string> text;
    std::exception_ptr broke;
    bool there = false;
};

/// Suspends the session until somebody on its strand calls `go_on`.
inline Awaitable<void> wait_to_go_on(std::shared_ptr<Exchange> exchange) {
    // A name of its own: g++ 12 destroys a temporary with captures twice inside `co_await`.
    auto keep_handler = [exchange](auto handler) {
        // A std::function must be copyable, which the handler is not.
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        exchange->go_on = [shared] { std::move (*shared)(); };
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<Strand>&, void()>(
        std::move(keep_handler), in_coroutine);
}

} // namespace kringwerk::http
