// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/scale_simulator.hpp"

#include "base/ensure.hpp"
#include "platform/devices/line_cutter.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <deque>
#include <optional>
#include <set>
#include <utility>

namespace kringwerk::devices {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Code = boost::system::error_code;

/// A caller that does not read misses lines, as with a real scale.
constexpr std::size_t most_waiting = 16;

/// One connection. Whatever waits for the network holds it by a shared pointer.
class Caller : public std::enable_shared_from_this<Caller> {
  public:
    using OnCommand = std::function<void(Caller&, std::string_view)>;

    Caller(tcp::socket socket, OnCommand on_command)
        : socket_(std::move(socket)), on_command_(std::move(on_command)) {}

    bool is_open() const { return socket_.is_open(); }
    void close() {
        Code ignored;
        socket_.close(ignored);
    }

    void listen() {
        socket_.async_read_some(asio::buffer(bytes_),
                                [self = shared_from_this()](Code code, std::size_t size) {
                                    if (code) return self->close();
                                    self->hear({self->bytes_.data(), size});
                                    self->listen();
                                });
    }

    void say(std::string text) {
        if (text.empty() || waiting_.size() == most_waiting) return;
        waiting_.push_back(std::move(text));
        if (waiting_.size() == 1) write_first();
    }

  private:
    void hear(std::string_view piece) {
        cutter_.feed(piece, [&](std::string_view command) { on_command_(*this, command); });
    }

    void write_first() {
        asio::async_write(socket_, asio::buffer(waiting_.front()),
                          [self = shared_from_this()](Code code, std::size_t) {
                              if (code) return self->close();
                              self->waiting_.pop_front();
                              if (!self->waiting_.empty()) self->write_first();
                          });
    }

    tcp::socket socket_;
    OnCommand on_command_;
    LineCutter cutter_{Profile::sics}; // commands are lines of text in every profile
    std::array<char, 256> bytes_{};
    std::deque<std::string> waiting_;
};

} // namespace

/// All of it belongs to the simulator's thread.
struct ScaleSimulator::Inside {
    const SimulatorOptions options;
    std::set<std::shared_ptr<Caller>> callers;
    asio::io_context io{1};
    tcp::acceptor acceptor{io};
    asio::steady_timer next_line{io};

    Reading weight{.stable = true};
    std::int64_t wobbles = 0;
    bool is_silent = false;
    bool accepting = false;
    std::optional<DemoLoad> demo;

    explicit Inside(SimulatorOptions wanted) : options(std::move(wanted)) {}

    std::uint16_t start();
    void accept();
    void tick();
    void answer(Caller& caller, std::string_view command);
    Reading now_on_it() const;
    void put(Reading what);
    void say(const std::string& text);
};

std::uint16_t ScaleSimulator::Inside::start() {
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), options.port);
    Code code;
    acceptor.open(endpoint.protocol(), code);
    if (!code) acceptor.set_option(tcp::acceptor::reuse_address(true), code);
    if (!code) acceptor.bind(endpoint, code);
    if (!code) acceptor.listen(16, code);
    if (code) throw Breakdown("the simulated scale cannot listen: " + code.message());
    tick();
    return acceptor.local_endpoint().port();
}

void ScaleSimulator::Inside::accept() {
    accepting = true;
    acceptor.async_accept([this](Code code, tcp::socket socket) {
        // Out of file descriptors, for example: the next tick tries again.
        accepting = false;
        if (!code) {
            auto caller = std::make_shared<Caller>(
                std::move(socket),
                [this](Caller& from, std::string_view command) { answer(from, command); });
            caller->listen();
            callers.insert(std::move(caller));
            accept();
        }
    });
}

void ScaleSimulator::Inside::tick() {
    if (!accepting) accept();
    if (demo) weight = demo->next();
    if (wobbles > 0) ++wobbles;
    if (!options.on_request && !is_silent) {
        say(write_line(options.format, now_on_it(), options.checksum));
    }
    next_line.expires_after(options.line_every);
    next_line.async_wait([this](Code code) {
        if (!code) tick();
    });
}

/// SICS: S waits for rest and says so when there is none; SI does not wait.
void ScaleSimulator::Inside::answer(Caller& caller, std::string_view command) {
    if (!options.on_request || is_silent) return;
    const auto there = now_on_it();
    if (command == "SI" || (command == "S" && there.stable)) {
        caller.say(write_line(options.format, there, options.checksum));
    } else {
        caller.say(command == "S" ? "S I\r\n" : "ES\r\n");
    }
}

/// The wobble goes two steps down and two up, around what lies on it.
Reading ScaleSimulator::Inside::now_on_it() const {
    auto shown = weight;
    if (wobbles > 0) {
        shown.net += Grams{(wobbles % 5 - 2) * 20};
        shown.stable = false;
    }
    return shown;
}

void ScaleSimulator::Inside::put(Reading what) {
    demo.reset();
    wobbles = 0;
    is_silent = false;
    weight = std::move(what);
}

void ScaleSimulator::Inside::say(const std::string& text) {
    std::erase_if(callers, [](const auto& caller) { return !caller->is_open(); });
    for (const auto& caller : callers) caller->say(text);
}

ScaleSimulator::ScaleSimulator(SimulatorOptions options)
    : inside_(std::make_unique<Inside>(std::move(options))),
      port_(inside_->start()),
      thread_([inside = inside_.get()] { inside->io.run(); }) {}

ScaleSimulator::~ScaleSimulator() {
    inside_->io.stop();
    thread_.join();
    inside_->callers.clear();
}

void ScaleSimulator::put(Grams net) { put(Reading{.net = net, .stable = true}); }

void ScaleSimulator::put(Reading weight) {
    asio::post(inside_->io, [inside = inside_.get(), weight = std::move(weight)]() mutable {
        inside->put(std::move(weight));
    });
}

void ScaleSimulator::unstable() {
    asio::post(inside_->io, [inside = inside_.get()] {
        inside->put(std::move(inside->weight));
        inside->wobbles = 1;
    });
}

void ScaleSimulator::silent() {
    asio::post(inside_->io, [inside = inside_.get()] {
        inside->put(std::move(inside->weight));
        inside->is_silent = true;
    });
}

void ScaleSimulator::hang_up() {
    asio::post(inside_->io, [inside = inside_.get()] {
        for (const auto& caller : inside->callers) caller->close();
        inside->callers.clear();
    });
}

void ScaleSimulator::garbage(std::string text) {
    asio::post(inside_->io,
               [inside = inside_.get(), text = std::move(text)] { inside->say(text); });
}

void ScaleSimulator::run_demo(std::uint64_t seed) {
    asio::post(inside_->io, [inside = inside_.get(), seed] {
        inside->put({.stable = true});
        inside->demo.emplace(seed);
    });
}

} // namespace kringwerk::devices
