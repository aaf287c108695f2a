// SPDX-License-Identifier: EUPL-1.2
#include "app/booking_testing.hpp"
#include "app/watch/watch.hpp"
#include "app/watch/watchdog.hpp"
#include "platform/http/testing.hpp"
#include "platform/store/store_testing.hpp"
#include "rooms/network/network.hpp"

#include <doctest/doctest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <limits>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::app::watch;
using std::chrono::milliseconds;
namespace fs = std::filesystem;

namespace {

struct Scratch {
    fs::path path = fs::temp_directory_path() / ("kw-watch-" + std::to_string(getpid()));
    Scratch() { fs::create_directories(path); }
    ~Scratch() { fs::remove_all(path); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

/// Books of one engine or the other, watched in steps that a test can wait for.
struct Watched {
    Scratch folder;
    testing::ScratchBooks books{folder.path};
    std::unique_ptr<Store> store = books.open();

    ReadinessOptions options() const {
        ReadinessOptions quick;
        quick.every = milliseconds(20);
        quick.patience = milliseconds(2'000);
        return quick;
    }
};

std::string code_of(const std::optional<Refusal>& trouble) {
    return trouble ? trouble->code : "none";
}

/// What is said in the end: a look takes a moment.
std::string in_time(const Readiness& readiness, const std::string& expected) {
    for (int i = 0; i < 1'500 && code_of(readiness.trouble()) != expected; ++i) {
        std::this_thread::sleep_for(milliseconds(10));
    }
    return code_of(readiness.trouble());
}

http::Request from(std::string peer, bool relayed = false) {
    http::Request request;
    request.path = request.target = "/metrics";
    request.peer = std::move(peer);
    request.relayed = relayed;
    return request;
}

/// Hears what the service manager is told.
class Manager {
  public:
    Manager() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name_.copy(address.sun_path, sizeof(address.sun_path) - 1);
        address.sun_path[0] = '\0';
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name_.size());
        REQUIRE(::bind(file_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    }
    ~Manager() { ::close(file_); }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    service::ServiceManager told(milliseconds period) const {
        return service::ServiceManager({name_, std::to_string(period.count() * 1'000), ""});
    }
    /// How often it was fed within `time`.
    int fed_within(milliseconds time) const {
        std::this_thread::sleep_for(time);
        int times = 0;
        std::array<char, 64> bytes{};
        while (::recv(file_, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) ++times;
        return times;
    }

  private:
    std::string name_ = "@kw-watchdog-" + std::to_string(getpid());
    int file_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

} // namespace

TEST_CASE("books that can be written and read are ready from the first look on") {
    const Watched watched;
    const Readiness readiness(*watched.store, watched.options());
    CHECK(code_of(readiness.trouble()) == "none");
}

TEST_CASE("a full disk is trouble, and what is free is measured where the books are") {
    const Watched watched;
    auto options = watched.options();
    options.disk = watched.folder.path;
    CHECK(code_of(Readiness(*watched.store, options).trouble()) == "none");
    options.least_free = std::numeric_limits<std::int64_t>::max();
    CHECK(code_of(Readiness(*watched.store, options).trouble()) == "watch.disk_full");
    options.disk = watched.folder.path / "gone";
    CHECK(code_of(Readiness(*watched.store, options).trouble()) == "watch.not_read");
}

TEST_CASE("books that cannot be read are trouble until they can") {
    const Watched watched;
    std::atomic<int> changes{0};
    auto options = watched.options();
    options.on_change = [&](const std::optional<Refusal>&, const std::string&) { ++changes; };
    const Readiness readiness(*watched.store, options);
    watched.books.tamper("ALTER TABLE schema_version RENAME TO elsewhere");
    CHECK(in_time(readiness, "watch.not_read") == "watch.not_read");
    watched.books.tamper("ALTER TABLE elsewhere RENAME TO schema_version");
    CHECK(in_time(readiness, "none") == "none");
    CHECK(changes == 2);
}

TEST_CASE(
    "who asks whether the server is ready hears why it is not, and that it lives all the same") {
    const Watched watched;
    Watch watch(*watched.store);
    http::Server server(http::testing::quick(), routes(watch));
    http::Client client(http::testing::at(server));
    const auto early = client.send({"GET", "/readyz"});
    CHECK(early.status == 503); // nobody looked yet
    watch.begin(watched.options());
    CHECK(client.send({"GET", "/readyz"}).status == 200);
    watched.books.tamper("ALTER TABLE schema_version RENAME TO elsewhere");
    int status = 200;
    http::ClientResponse answer;
    for (int i = 0; i < 500 && status == 200; ++i) {
        std::this_thread::sleep_for(milliseconds(10));
        answer = client.send({"GET", "/readyz", {{"Accept-Language", "nl"}}});
        status = answer.status;
    }
    CHECK(status == 503);
    CHECK(answer.body.find("\"watch.not_read\"") != std::string::npos);
    CHECK(answer.body.find("De boeken zijn niet te lezen") != std::string::npos);
    CHECK(client.send({"GET", "/healthz"}).status == 200);
    CHECK(client.send({"GET", "/metrics"}).status == 404); // no network may read them yet
    watched.books.tamper("ALTER TABLE elsewhere RENAME TO schema_version");
}

TEST_CASE("a writer that is held up is slow first, and cannot write in the end") {
    if (testing::on_postgres()) return; // there nobody can hold up all writers from outside
    const Watched watched;
    auto options = watched.options();
    options.patience = milliseconds(200);
    const Readiness readiness(*watched.store, options);
    CHECK(in_time(readiness, "none") == "none");
    {
        sqlite::SqliteConnection other(watched.books.address(), sqlite::Access::write, true);
        other.run("BEGIN IMMEDIATE");
        CHECK(in_time(readiness, "watch.slow") == "watch.slow");
        CHECK(in_time(readiness, "watch.not_written") == "watch.not_written");
        other.run("ROLLBACK");
    }
    CHECK(in_time(readiness, "none") == "none");
}

TEST_CASE("metrics are for the networks of the setting, and for nobody who comes through another") {
    const Watched watched;
    Watch watch(*watched.store);
    CHECK_FALSE(watch.shows_metrics_to(from("127.0.0.1")));
    watch.metrics_networks = parse_ranges("127.0.0.0/8, 10.0.0.0/8").value();
    CHECK(watch.shows_metrics_to(from("127.0.0.1")));
    CHECK(watch.shows_metrics_to(from("10.9.8.7")));
    CHECK_FALSE(watch.shows_metrics_to(from("192.168.1.20")));
    CHECK_FALSE(watch.shows_metrics_to(from("127.0.0.1", true)));
    CHECK_FALSE(watch.shows_metrics_to(from("unix")));
}

TEST_CASE("metrics say what the books hold, and go on without them") {
    const Watched watched;
    const auto made = watched.store
                          ->write([](Transaction& tx) {
                              network::CentreRow row;
                              row.name = "Werkplaats Noord";
                              row.municipality = "Buren";
                              row.place = "Maurik";
                              return network::add_centre(tx, row, now());
                          })
                          .get();
    app::testing::book_something(*watched.store, made->id, now());
    Watch watch(*watched.store);
    watch.add_server("http", [] { return std::size_t{7}; });
    const auto says = [&](const std::string& line) {
        return watch.metrics_page().find('\n' + line) != std::string::npos;
    };
    CHECK(says("kringwerk_movements_total 1\n"));
    CHECK(says("kringwerk_database_bytes "));
    CHECK(says("kringwerk_connections{server=\"http\"} 7\n"));
    CHECK(says("kringwerk_commit_size_count "));
    CHECK(says("kringwerk_ready 0\n")); // nobody looks yet
    CHECK_FALSE(says("kringwerk_backup_age_seconds"));
    watch.last_backup = [] { return std::optional(Instant{now().ms - 3'600'000}); };
    CHECK(says("kringwerk_backup_age_seconds 360"));
    watch.begin(watched.options());
    CHECK(says("kringwerk_ready 1\n"));
    watched.books.tamper("ALTER TABLE ledger_head RENAME TO elsewhere");
    CHECK_FALSE(says("kringwerk_movements_total"));
    CHECK(says("kringwerk_books_unread 1\n"));
    CHECK(says("kringwerk_ready 1\n"));
    watched.books.tamper("ALTER TABLE elsewhere RENAME TO ledger_head");
}

TEST_CASE("the watchdog is fed while the server answers, and no longer when it hangs") {
    std::atomic<bool> hangs{false};
    auto options = http::testing::quick();
    options.threads = 1;
    http::Server server(options, {http::testing::get("/healthz", [&](const http::Request&) {
                            while (hangs) std::this_thread::sleep_for(milliseconds(5));
                            return http::plain("ok\n");
                        })});
    const Manager manager;
    const auto fed = feed_watchdog(manager.told(milliseconds(150)), http::testing::at(server));
    REQUIRE(fed);
    const auto fed_again = [&] {
        int times = 0;
        for (int i = 0; i < 30 && times < 3; ++i) times += manager.fed_within(milliseconds(300));
        return times >= 3;
    };
    CHECK(fed_again());
    hangs = true;
    manager.fed_within(milliseconds(600)); // what was on its way
    CHECK(manager.fed_within(milliseconds(600)) == 0);
    hangs = false;
    CHECK(fed_again());
    CHECK_FALSE(feed_watchdog(service::ServiceManager({"", "", ""}), http::testing::at(server)));
}
