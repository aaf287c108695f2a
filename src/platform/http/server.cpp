// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "platform/http/http.hpp"
#include "platform/http/listener.hpp"
#include "platform/http/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace kringwerk::http {
namespace {

constexpr auto with_code = asio::as_tuple(in_coroutine);
/// How often deadlines are looked at: looking at all of them costs less than a timer for each.
constexpr std::chrono::milliseconds sweep_time{100};
/// Files that the rest of the program may have open beside the connections.
constexpr rlim_t files_beside = 256;

/// Many systems allow a program 1,024 files unless it asks for more.
void allow_files(std::size_t connections) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const auto wanted = static_cast<rlim_t>(connections) + files_beside;
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

struct Server::Inside {
    Inside(ServerOptions options, Routes routes);
    ~Inside() {
        stop();
        // What was finished for us after the last thread left: let it end, so that it is freed.
        common->io.restart();
        common->io.poll();
    }

    void start_threads();
    void stop();
    Awaitable<void> accept_all(Listener& listener);
    Awaitable<void> watch_deadlines();
    void admit(Socket socket, Door door);
    void forget(const Session* session, const std::string& client);
    std::size_t count();
    bool is_full();
    template <class Do> void each_session(Do action);
    bool wait_until_empty(std::chrono::seconds time);

    std::shared_ptr<Common> common;
    std::shared_ptr<asio::ssl::context> tls;
    Strand strand;           ///< of the listeners
    asio::steady_timer room; ///< cancelled when a full server has room again
    asio::steady_timer sweep;
    bool emptied = false; ///< ends the sweep; only touched on the strand
    std::vector<std::unique_ptr<Listener>> listeners;

    std::mutex mutex;
    std::condition_variable emptier;
    std::unordered_map<const Session*, std::weak_ptr<Session>> sessions;
    Shares clients; ///< connections

    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
    std::vector<std::thread> threads;
    std::mutex stopping;
    bool stopped = false;
};

Server::Inside::Inside(ServerOptions options, Routes routes)
    : common(std::make_shared<Common>(std::move(options), std::move(routes))),
      strand(asio::make_strand(common->io.get_executor())),
      room(strand),
      sweep(strand),
      clients(common->options.connections, common->options.connections_per_client) {
    const auto& wanted = common->options;
    ensure(wanted.threads > 0 && wanted.connections > 0, "a server has threads and connections");
    allow_files(wanted.connections);
    if (!wanted.certificate_file.empty())
        tls = tls_context(wanted.certificate_file, wanted.key_file);
    listeners.push_back(
        tcp_listener(strand, wanted.address, wanted.port, tls ? Door::tls : Door::tcp));
    if (!wanted.unix_socket.empty()) {
        listeners.push_back(unix_listener(strand, wanted.unix_socket, Door::proxy));
    }
    if (!wanted.admin_socket.empty()) {
        listeners.push_back(unix_listener(strand, wanted.admin_socket, Door::admin));
    }
    start_threads();
}

void Server::Inside::start_threads() {
    work.emplace(common->io.get_executor());
    for (const auto& listener : listeners) {
        asio::co_spawn(strand, accept_all(*listener), asio::detached);
    }
    asio::co_spawn(strand, watch_deadlines(), asio::detached);
    for (int i = 0; i < common->options.threads; ++i) {
        threads.emplace_back([keep = common] { keep->io.run(); });
    }
}

Awaitable<void> Server::Inside::accept_all(Listener& listener) {
    while (!common->closing) {
        if (is_full()) {
            room.expires_at(Clock::time_point::max());
            std::ignore = co_await room.async_wait(with_code);
            continue;
        }
        auto [code, socket] = co_await listener.acceptor.async_accept(
            asio::make_strand(common->io.get_executor()), with_code);
        if (!code) {
            admit(std::move(socket), listener.door);
        } else if (code != asio::error::operation_aborted && !common->closing) {
            // Most likely out of files: pause, so that this is no busy loop, and try again.
            asio::steady_timer pause(strand, sweep_time);
            std::ignore = co_await pause.async_wait(with_code);
        }
    }
}

void Server::Inside::admit(Socket socket, Door door) {
    prepare(socket, door);
    auto peer = peer_of(socket, door);
    // A unix socket brings the clients of a proxy, which counts them itself.
    const auto client = door == Door::proxy || door == Door::admin ? "" : client_of(peer);
    if (!client.empty() && !clients.take(client, 1)) return;
    const auto executor = socket.get_executor();
    auto connection = door == Door::tls ? tls_connection(std::move(socket), *tls)
                                        : plain_connection(std::move(socket));
    const auto session =
        std::make_shared<Session>(common, std::move(connection), door, std::move(peer));
    {
        const std::scoped_lock lock(mutex);
        sessions.emplace(session.get(), session);
    }
    asio::co_spawn(
        executor, session->run(),
        [this, client, key = session.get()](std::exception_ptr) { forget(key, client); });
}

void Server::Inside::forget(const Session* session, const std::string& client) {
    const std::scoped_lock lock(mutex);
    if (!client.empty()) clients.give_back(client, 1);
    const bool was_full = sessions.size() >= common->options.connections;
    sessions.erase(session);
    if (sessions.empty()) emptier.notify_all();
    if (was_full) asio::post(strand, [this] { room.cancel(); });
}

std::size_t Server::Inside::count() {
    const std::scoped_lock lock(mutex);
    return sessions.size();
}

bool Server::Inside::is_full() { return count() >= common->options.connections; }

template <class Do> void Server::Inside::each_session(Do action) {
    const std::scoped_lock lock(mutex);
    for (const auto& [key, weak] : sessions) {
        if (const auto session = weak.lock()) action(*session);
    }
}

Awaitable<void> Server::Inside::watch_deadlines() {
    // Goes on while the server closes: who drips then is not waited for.
    while (!emptied) {
        sweep.expires_after(sweep_time);
        std::ignore = co_await sweep.async_wait(with_code);
        each_session([now = Clock::now()](Session& session) { session.check_deadline(now); });
    }
}

bool Server::Inside::wait_until_empty(std::chrono::seconds time) {
    std::unique_lock lock(mutex);
    return emptier.wait_for(lock, time, [&] { return sessions.empty(); });
}

void Server::Inside::stop() {
    const std::scoped_lock lock(stopping);
    if (std::exchange(stopped, true)) return;
    common->closing = true;
    asio::post(strand, [this] {
        for (const auto& listener : listeners) close(*listener);
        room.cancel();
    });
    each_session([](Session& session) { session.end_soon(); });
    if (!wait_until_empty(common->options.shutdown_time)) {
        each_session([](Session& session) { session.drop(); });
        wait_until_empty(std::chrono::seconds(1));
    }
    asio::post(strand, [this] {
        emptied = true;
        sweep.cancel();
    });
    work.reset();
    // A handler that waits for something that never comes would keep the threads for ever.
    if (!wait_until_empty(std::chrono::seconds(0))) common->io.stop();
    for (auto& thread : threads) thread.join();
}

Server::Server(ServerOptions options, Routes routes)
    : inside_(std::make_unique<Inside>(std::move(options), std::move(routes))) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return port_of(*inside_->listeners.front()); }

std::size_t Server::connections() const { return inside_->count(); }

void Server::stop() { inside_->stop(); }

} // namespace kringwerk::http
