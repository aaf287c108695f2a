// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/scale.hpp"

#include "platform/devices/line_cutter.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string_view>
#include <utility>

namespace kringwerk::devices {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Code = boost::system::error_code;
using Executor = asio::io_context::executor_type;
template <class T> using Awaitable = asio::awaitable<T, Executor>;
constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> with_code{};
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Endpoints = std::vector<tcp::endpoint>;

constexpr std::size_t lines_kept = 20;

/// A scale whose plug was pulled says no goodbye. The kernel asks after fifteen seconds of silence
/// and gives up after three questions.
void notice_lost_peer(Socket& socket) {
    const auto set = [&](int level, int name, int value) {
        setsockopt(socket.native_handle(), level, name, &value, sizeof value);
    };
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, 15);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 5);
    set(IPPROTO_TCP, TCP_KEEPCNT, 3);
    set(IPPROTO_TCP, TCP_NODELAY, 1);
}

Endpoints look_up(const std::string& host, std::uint16_t port) {
    asio::io_context io;
    tcp::resolver resolver(io);
    Code code;
    Endpoints found;
    for (const auto& entry : resolver.resolve(host, std::to_string(port), code)) {
        found.push_back(entry.endpoint());
    }
    return found;
}

/// What other threads see.
class Board {
  public:
    explicit Board(Instant start) { news_.since = start; }

    ScaleNews read() const {
        const std::scoped_lock lock(mutex_);
        return copy();
    }

    ScaleNews wait(std::uint64_t after, Milliseconds patience) const {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience, [&] { return ended_ || news_.changes > after; });
        return copy();
    }

    void end() {
        const std::scoped_lock lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }

    void say(ScaleState state, Instant at) {
        const std::scoped_lock lock(mutex_);
        if (news_.state != state) come_into(state, at);
    }

    /// A line also says that the scale is there: nobody sees a new weight of a silent scale.
    void say(std::string_view line, Result<Reading> reading, Instant at) {
        const std::scoped_lock lock(mutex_);
        if (news_.state != ScaleState::connected) come_into(ScaleState::connected, at);
        HeardLine heard{at, shown(line.substr(0, longest_line)), std::nullopt};
        if (reading) {
            ++news_.readings;
            news_.last = HeardReading{at, std::move(*reading)};
        } else {
            ++news_.not_understood;
            heard.refusal = std::move(reading.error());
        }
        lines_.push_back(std::move(heard));
        if (lines_.size() > lines_kept) lines_.pop_front();
        changed();
    }

  private:
    void come_into(ScaleState state, Instant at) {
        news_.state = state;
        news_.since = at;
        changed();
    }
    void changed() {
        ++news_.changes;
        changed_.notify_all();
    }
    ScaleNews copy() const {
        auto news = news_;
        news.lines.assign(lines_.begin(), lines_.end());
        return news;
    }

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    ScaleNews news_;
    std::deque<HeardLine> lines_;
    bool ended_ = false;
};

} // namespace

/// Everything but `board` belongs to the scale's thread. Looking up a name may hang for minutes and
/// cannot be broken off, so it runs on a thread that nobody waits for; that thread shares this
/// object, and whichever of the two is the last ends it.
struct Scale::Inside : std::enable_shared_from_this<Scale::Inside> {
    const ScaleOptions options;
    const std::function<void()> on_change;
    Board board{now()};

    asio::io_context io{1};
    Socket socket{io};
    Timer deadline{io}; ///< of the attempt to connect, then of silence
    Timer pause{io};
    Timer next_poll{io};
    Milliseconds next_pause;
    LineCutter cutter;
    std::array<char, 4096> bytes{};
    bool looking_up = false;
    bool asking = false;
    Endpoints found;

    Inside(ScaleOptions wanted, std::function<void()> call)
        : options(std::move(wanted)),
          on_change(std::move(call)),
          next_pause(options.reconnect_after),
          cutter(options.format.profile) {}

    void run();
    Awaitable<void> follow();
    Awaitable<void> one_connection();
    Awaitable<Endpoints> addresses();
    void start_look_up();
    Awaitable<bool> connect(const Endpoints& endpoints);
    Awaitable<void> listen();
    void hear(std::string_view piece);
    void expect_a_line();
    /// False as well when the deadline was moved, or the connection ended, while this was already
    /// on its way.
    bool is_over(Code code) const {
        return !code && socket.is_open() && deadline.expiry() <= std::chrono::steady_clock::now();
    }
    void ask_after(Milliseconds time);
    void ask();
    void be(ScaleState state);
    void tell();
};

void Scale::Inside::run() {
    asio::co_spawn(io, follow(), asio::detached);
    for (;;) {
        try {
            io.run();
            return;
        } catch (const std::exception&) {
            // Memory was short in one handler; the next one may do better.
        }
    }
}

Awaitable<void> Scale::Inside::follow() {
    for (;;) {
        try {
            co_await one_connection();
        } catch (const std::exception&) {
            // No memory or no thread at this moment: that is a scale that cannot be reached.
        }
        Code ignored;
        socket.close(ignored);
        deadline.cancel();
        next_poll.cancel();
        be(ScaleState::unreachable);
        pause.expires_after(next_pause);
        next_pause = std::min(next_pause * 2, options.reconnect_at_most);
        co_await pause.async_wait(with_code);
    }
}

Awaitable<void> Scale::Inside::one_connection() {
    const auto endpoints = co_await addresses();
    if (endpoints.empty()) co_return;
    const bool reached = co_await connect(endpoints);
    if (!reached) co_return;
    notice_lost_peer(socket);
    cutter = LineCutter(options.format.profile);
    be(ScaleState::connected);
    expect_a_line();
    asking = false;
    ask_after(Milliseconds{0});
    co_await listen();
}

Awaitable<Endpoints> Scale::Inside::addresses() {
    Code no_number;
    const auto address = asio::ip::make_address(options.host, no_number);
    if (!no_number) co_return Endpoints{{address, options.port}};
    // When the answer comes too late for one attempt, the next one has it.
    if (found.empty()) {
        start_look_up();
        deadline.expires_after(options.connect_within);
        co_await deadline.async_wait(with_code);
    }
    co_return std::exchange(found, {});
}

void Scale::Inside::start_look_up() {
    if (looking_up) return;
    std::thread([self = shared_from_this()] {
        Endpoints answer;
        try {
            answer = look_up(self->options.host, self->options.port);
        } catch (const std::exception&) {
            // No answer, like a name that nobody knows.
        }
        asio::post(self->io, [inside = self.get(), answer = std::move(answer)]() mutable {
            inside->looking_up = false;
            inside->found = std::move(answer);
            inside->deadline.cancel();
        });
    }).detach();
    looking_up = true;
}

/// The deadline closes the socket, and with that ends the attempt.
Awaitable<bool> Scale::Inside::connect(const Endpoints& endpoints) {
    deadline.expires_after(options.connect_within);
    deadline.async_wait([this](Code code) {
        Code ignored;
        if (is_over(code)) socket.close(ignored);
    });
    const auto [code, reached] = co_await asio::async_connect(socket, endpoints, with_code);
    co_return !code && socket.is_open();
}

Awaitable<void> Scale::Inside::listen() {
    for (;;) {
        const auto [code, size] = co_await socket.async_read_some(asio::buffer(bytes), with_code);
        if (code) co_return;
        hear({bytes.data(), size});
    }
}

void Scale::Inside::hear(std::string_view piece) {
    bool heard = false;
    cutter.feed(piece, [&](std::string_view line) {
        board.say(line, parse_line(options.format, line), now());
        heard = true;
    });
    if (!heard) return;
    next_pause = options.reconnect_after;
    expect_a_line();
    ask_after(options.poll_every);
    tell();
}

void Scale::Inside::expect_a_line() {
    deadline.expires_after(options.silence_after);
    deadline.async_wait([this](Code code) {
        if (is_over(code)) be(ScaleState::silent);
    });
}

void Scale::Inside::ask_after(Milliseconds time) {
    if (options.poll_command.empty()) return;
    next_poll.expires_after(time);
    next_poll.async_wait([this](Code code) {
        if (!code) ask();
    });
}

/// Asks again when no answer comes; a line that comes earlier moves that question.
void Scale::Inside::ask() {
    ask_after(options.silence_after / 2);
    if (asking) return; // the scale has not even taken the last question
    asking = true;
    asio::async_write(socket, asio::buffer(options.poll_command),
                      [this](Code, std::size_t) { asking = false; });
}

void Scale::Inside::be(ScaleState state) {
    board.say(state, now());
    tell();
}

void Scale::Inside::tell() {
    if (!on_change) return;
    try {
        on_change();
    } catch (...) {
        // Whoever listens must not end the scale.
    }
}

Scale::Scale(ScaleOptions options, std::function<void()> on_change)
    : inside_(std::make_shared<Inside>(std::move(options), std::move(on_change))),
      thread_([inside = inside_.get()] { inside->run(); }) {}

Scale::~Scale() { stop(); }

ScaleNews Scale::latest() const { return inside_->board.read(); }

ScaleNews Scale::wait_for_change(std::uint64_t after, Milliseconds patience) const {
    return inside_->board.wait(after, patience);
}

void Scale::stop() {
    inside_->io.stop();
    if (thread_.joinable()) thread_.join();
    inside_->board.end();
}

} // namespace kringwerk::devices
