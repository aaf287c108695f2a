// SPDX-License-Identifier: EUPL-1.2
#include "app/commands.hpp"
#include "app/demo/scale.hpp"
#include "app/keep/clockwork.hpp"
#include "app/keep/migrate.hpp"
#include "app/replica.hpp"
#include "app/rooms.hpp"
#include "app/secure.hpp"
#include "app/watch/watchdog.hpp"
#include "platform/cli/log.hpp"
#include "platform/http/router.hpp"
#include "rooms/people/accounts.hpp"
#include "rooms/people/links.hpp"

#include <csignal>
#include <iostream>

namespace kringwerk::app {
namespace {

/// Waits for Ctrl C or a stop by the service manager. Blocked before any thread starts, so that
/// every thread leaves them to this one.
struct StopSignals {
    sigset_t set{};
    StopSignals() {
        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
    }
    void wait() const {
        int signal = 0;
        sigwait(&set, &signal);
    }
};

http::ServerOptions options_of(const Call& call, cli::Log& log, Rooms& rooms) {
    const auto& settings = call.settings;
    http::ServerOptions options;
    options.address = settings.text("address");
    options.port = static_cast<std::uint16_t>(settings.whole_number("port"));
    options.unix_socket = settings.text("unix_socket");
    options.trusted_proxies = settings.networks("trusted_proxies");
    options.admin_socket = call.directory.admin_socket().string();
    options.threads = static_cast<int>(settings.whole_number("threads"));
    options.log = [&log, &rooms](const http::Request& request, const http::Response& response,
                                 std::chrono::microseconds took) {
        rooms.watch.count(request, response, took);
        if (watch::is_routine(request, response)) return;
        log.request({request.number, http::name_of(request.method), request.pattern,
                     response.status, took, response.body.size() + response.fixed_body.size()});
    };
    options.broke = [&log, &rooms](const http::Request& request, const std::exception& broke) {
        log.write(cli::LogLevel::error, broke.what(), {{"request", request.number}});
        return monitor::broken_page(*rooms.monitor, request);
    };
    options.not_here = [&rooms](const http::Request& request, int status) {
        return monitor::not_here_page(*rooms.monitor, request, status);
    };
    options.stamp = stamp_of(rooms);
    return options;
}

service::ServiceManager manager_of_process() {
    const auto environment = cli::environment_of_process();
    const auto said = [&](std::string_view name) {
        const auto found = environment.find(name);
        return found == environment.end() ? std::string() : found->second;
    };
    return service::ServiceManager(
        {said("NOTIFY_SOCKET"), said("WATCHDOG_USEC"), said("WATCHDOG_PID")});
}

void begin_watch(const Call& call, Rooms& rooms, const cli::Log& log) {
    const bool on_disk = call.directory.books == "sqlite";
    rooms.watch.metrics_networks = call.settings.networks("metrics_networks");
    rooms.watch.books = on_disk ? "sqlite" : "postgresql";
    watch::ReadinessOptions options;
    if (on_disk) options.disk = call.directory.path;
    options.on_change = [&log](const std::optional<Refusal>& trouble, const std::string& why) {
        if (!trouble) return log.write(cli::LogLevel::info, "the books can be used again");
        log.write(cli::LogLevel::error, "the books cannot be used",
                  {{"code", trouble->code}, {"why", why}});
    };
    rooms.watch.begin(std::move(options));
}

/// As long as nobody has an account, each start gives a link for the first administrator; the one
/// before it no longer counts.
void greet_first_time(const Call& call, Store& store, const std::string& address) {
    const bool first = store.read([](Snapshot& view) { return !people::anybody(view); });
    if (!first) return;
    people::Link link;
    link.purpose = people::LinkPurpose::first;
    const auto make = [&](Transaction& tx) { return people::make_link(tx, link, now()); };
    const auto code = store.write(make).get();
    std::cout << call.say("serve.first_link", {{"url", address + "/welkom?code=" + code}})
              << "\n\n";
}

/// How this program was started, by a name that a shell finds again.
std::string own_program() {
    std::error_code unknown;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", unknown);
    const bool is_installed = path.parent_path() == "/usr/bin";
    return unknown || is_installed ? "kringwerk" : path.string();
}

/// Nothing when it cannot be there: a demo without it is still a demo.
std::unique_ptr<devices::ScaleSimulator> start_demo_scale(const Call& call, Store& store,
                                                          cli::Log& log) {
    try {
        const auto port = call.settings.whole_number("demo_scale_port");
        return demo::start_scale(store, static_cast<std::uint16_t>(port), now());
    } catch (const Breakdown& broke) {
        log.write(cli::LogLevel::warning, "no demo scale", {{"why", broke.what()}});
        return nullptr;
    }
}

/// Books in PostgreSQL get their backup before they get new tables, or a line that says so.
Result<void> prepare_books(const Call& call) {
    const auto plan = keep::migrating(call.directory);
    if (!plan) return refuse(plan.error());
    const auto kept = keep::back_up_before(*plan, call.directory, call.settings);
    if (!kept) return refuse(kept.error());
    const bool copied_by_store = call.directory.books == "sqlite";
    if (*kept) {
        std::cout << call.say("migrate.kept", {{"id", **kept}}) << std::endl;
    } else if (plan->changes_books() && !copied_by_store) {
        std::cout << call.say("migrate.went_on") << std::endl;
    }
    return {};
}

} // namespace

int serve(const Call& call) {
    const StopSignals signals;
    const auto schedule = keep::schedule_of(call.settings);
    if (!schedule) return call.refused(schedule.error());
    if (const auto prepared = prepare_books(call); !prepared) return call.refused(prepared.error());
    auto owned = own(call.directory);
    if (!owned) return call.refused(owned.error());
    const auto level = cli::parse_log_level(call.settings.text("log_level"));
    cli::Log log(level.value_or(cli::LogLevel::info));
    const auto replica_url = call.settings.text("replica");
    std::optional<Replica> replica;
    if (!replica_url.empty()) replica.emplace(*owned->store, replica_url);
    Rooms rooms(*owned->store, call.settings.text("network_name"),
                call.settings.yes_no("demo_open"), replica ? &*replica : nullptr);
    rooms.premises.program = own_program();
    rooms.premises.folder =
        std::filesystem::absolute(call.directory.path).lexically_normal().string();
    rooms.backups.follow(*schedule);
    rooms.watch.last_backup = [&rooms] { return rooms.backups.standing(now()).last_good; };
    begin_watch(call, rooms, log);
    const auto scale = rooms.demo ? start_demo_scale(call, *owned->store, log) : nullptr;
    const auto options = options_of(call, log, rooms);
    const auto routes = all_routes(rooms);
    const auto secure = listen_securely(call, rooms, log, options, routes);
    http::Server server(options, with_tablet_page(rooms, secure.tablet, routes));
    const auto address = base_address(call.settings, server.port());
    if (!rooms.demo) greet_first_time(call, *owned->store, address);
    std::cout << call.say("serve.ready", {{"url", address}}) << std::endl;
    if (!secure.words.empty()) std::cout << secure.words << std::endl;
    auto clockwork =
        keep::start_clockwork(call, *owned->store, rooms.backups, rooms.network_name, log);
    rooms.watch.add_server("http", [&server] { return server.connections(); });
    if (secure.server) {
        rooms.watch.add_server("https", [&secure] { return secure.server->connections(); });
    }
    const auto manager = manager_of_process();
    manager.tell("READY=1\nSTATUS=" + address);
    auto watchdog = watch::feed_watchdog(manager, {.unix_socket = options.admin_socket});
    signals.wait();
    std::cout << call.say("serve.stopping") << std::endl;
    watchdog.reset();
    manager.tell("STOPPING=1");
    rooms.watch.remove_servers();
    if (secure.server) secure.server->stop();
    server.stop();
    clockwork = {}; // a backup at hand is finished first
    return 0;
}

} // namespace kringwerk::app
