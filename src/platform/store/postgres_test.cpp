// SPDX-License-Identifier: EUPL-1.2
// What only PostgreSQL can meet: other servers, transactions broken off, connections cut.
#include "platform/store/postgres_testing.hpp"

#include <doctest/doctest.h>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>

using namespace kringwerk;
using kringwerk::testing::Cluster;

namespace {

constexpr Query make_count{"test.make_count", "",
                           "CREATE TABLE counted (kind BIGINT PRIMARY KEY, "
                           "amount BIGINT NOT NULL CHECK (amount < 100000))"};
constexpr Query make_note{"test.make_note", "", "CREATE TABLE note (number BIGINT PRIMARY KEY)"};
constexpr Query first_count{"test.first_count", "", "INSERT INTO counted VALUES (1, 0)"};
constexpr Query count_now{"test.count_now", "", "SELECT amount FROM counted WHERE kind = $1"};
constexpr Query set_count{"test.set_count", "", "UPDATE counted SET amount = $2 WHERE kind = $1"};
constexpr Query add_count{"test.add_count", "",
                          "INSERT INTO counted SELECT * FROM unnest($1::bigint[], $2::bigint[]) "
                          "ON CONFLICT (kind) DO UPDATE SET amount = counted.amount + "
                          "excluded.amount"};
constexpr Query write_note{"test.write_note", "", "INSERT INTO note VALUES ($1)"};
constexpr Query notes{"test.notes", "", "SELECT count(*), sum(number) FROM note"};
constexpr SumTable counted{"counted", &add_count, 1, 1};

/// Stands between a store and PostgreSQL, and hangs up at a commit when it is told to.
class CuttingProxy {
  public:
    enum class Cut { never, before_commit, after_commit };

    explicit CuttingProxy(std::filesystem::path real_socket) : real_(std::move(real_socket)) {
        auto name = (std::filesystem::temp_directory_path() / "kw-proxy-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        listening_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const auto at = address(folder_ / ".s.PGSQL.5432");
        REQUIRE(::bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
        REQUIRE(::listen(listening_, 16) == 0);
        acceptor_ = std::thread([this] { accept_all(); });
    }
    ~CuttingProxy() {
        ::shutdown(listening_, SHUT_RDWR);
        ::close(listening_);
        acceptor_.join();
        for (auto& one : forwarders_) one.join();
        std::filesystem::remove_all(folder_);
    }
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    std::string folder() const { return folder_.string(); }
    void cut_once(Cut when) { next_ = when; }
    int cuts() const { return cuts_; }

  private:
    static sockaddr_un address(const std::filesystem::path& path) {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        path.string().copy(at.sun_path, sizeof at.sun_path - 1);
        return at;
    }
    void accept_all() {
        for (;;) {
            const int client = ::accept(listening_, nullptr, nullptr);
            if (client < 0) return;
            forwarders_.emplace_back([this, client] { forward(client); });
        }
    }
    void forward(int client) {
        const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const auto at = address(real_);
        if (::connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) {
            while (pass_on(client, server)) {
            }
        }
        ::close(client);
        ::close(server);
    }
    /// False: the connection is over.
    bool pass_on(int client, int server) {
        std::array<pollfd, 2> ends{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        if (::poll(ends.data(), ends.size(), -1) < 0) return false;
        std::array<char, 65536> bytes{};
        if (ends[1].revents != 0) {
            const auto size = ::read(server, bytes.data(), bytes.size());
            return size > 0 &&
                   ::write(client, bytes.data(), static_cast<std::size_t>(size)) == size;
        }
        const auto size = ::read(client, bytes.data(), bytes.size());
        if (size <= 0) return false;
        const std::string_view asked(bytes.data(), static_cast<std::size_t>(size));
        const bool commits = asked.find(std::string_view("COMMIT", 7)) != asked.npos;
        const auto cut = commits ? next_.exchange(Cut::never) : Cut::never;
        if (cut != Cut::never) ++cuts_;
        if (cut == Cut::before_commit) return false;
        if (::write(server, bytes.data(), asked.size()) != size) return false;
        if (cut != Cut::after_commit) return true;
        std::ignore = ::read(server, bytes.data(), bytes.size()); // nobody hears this answer
        return false;
    }

    std::filesystem::path real_;
    std::filesystem::path folder_;
    int listening_ = -1;
    std::atomic<Cut> next_{Cut::never};
    std::atomic<int> cuts_{0};
    std::thread acceptor_;
    std::vector<std::thread> forwarders_;
};

/// Servers on one database.
struct Servers {
    std::string url = Cluster::instance().fresh_database();
    std::vector<std::unique_ptr<Store>> all;

    explicit Servers(int count) {
        for (int i = 0; i < count; ++i) all.push_back(open_postgres(url).value());
        const auto make = [](Transaction& tx) {
            tx.run(make_count);
            tx.run(make_note);
            return tx.changed(first_count);
        };
        all.front()->write(make).get();
    }
    std::int64_t amount(std::int64_t kind) {
        return all.front()->read(
            [kind](Snapshot& view) { return view.number(count_now, kind).value_or(0); });
    }
};

} // namespace

TEST_CASE("three servers that read and write the same row lose nothing, in one strand or in many") {
    Servers servers(3);
    constexpr int each = 40;
    std::vector<std::thread> callers;
    for (std::size_t server = 0; server < 3; ++server) {
        callers.emplace_back([&, server] {
            for (int i = 0; i < each; ++i) {
                const auto one_more = [](Transaction& tx) {
                    return tx.changed(set_count, 1, tx.number(count_now, 1).value() + 1);
                };
                // A strand of its own does not keep the others out: PostgreSQL breaks one off.
                const Strand strand{i % 2 == 0 ? 0 : static_cast<std::int64_t>(server) + 1};
                servers.all[server]->write_in(strand, one_more).get();
            }
        });
    }
    for (auto& caller : callers) caller.join();
    CHECK(servers.amount(1) == 3 * each);
}

TEST_CASE("what comes out at the commit is the fault of one, and the others are written") {
    Servers servers(1);
    auto& store = *servers.all.front();
    std::atomic<bool> go{false};
    auto holder = store.write_in(Strand{1}, [&](Transaction&) {
        while (!go) std::this_thread::yield();
        return 0;
    });
    const auto adding = [](std::int64_t amount) {
        return [amount](Transaction& tx) {
            tx.add(counted, {7}, {amount});
            return amount;
        };
    };
    auto first = store.write_in(Strand{1}, adding(5));
    auto too_much = store.write_in(Strand{1}, adding(1'000'000));
    auto last = store.write_in(Strand{1}, adding(7));
    go = true;
    holder.get();
    CHECK(first.get() == 5);
    CHECK_THROWS_AS(too_much.get(), Breakdown);
    CHECK(last.get() == 7);
    CHECK(servers.amount(7) == 12);
}

TEST_CASE("a connection that breaks in a commit tells in the end whether it was committed") {
    Servers servers(1);
    CuttingProxy proxy(Cluster::instance().socket());
    {
        const auto database = servers.url.substr(0, servers.url.find("host="));
        const auto store = open_postgres(database + "host=" + proxy.folder()).value();
        const auto write = [&](std::int64_t number) {
            return store
                ->write([number](Transaction& tx) { return tx.changed(write_note, number); })
                .get();
        };
        CHECK(write(1) == 1);
        proxy.cut_once(CuttingProxy::Cut::after_commit); // a second try would break on the number
        CHECK(write(2) == 1);
        proxy.cut_once(CuttingProxy::Cut::before_commit);
        CHECK(write(3) == 1);
        CHECK(proxy.cuts() == 2);
    }
    const auto count = servers.all.front()->read([](Snapshot& view) { return view.number(notes); });
    CHECK(count == 3);
}

TEST_CASE("connections that are cut at any moment lose and double nothing that was answered") {
    Servers servers(2);
    std::atomic<bool> done{false};
    std::thread cutter([&] {
        postgres::PostgresConnection hand(Cluster::instance().url("postgres"),
                                          postgres::Access::write);
        while (!done) {
            hand.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                     "WHERE datname LIKE 'fresh%'");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    });
    constexpr std::int64_t each = 60;
    std::vector<std::thread> callers;
    for (std::size_t server = 0; server < 2; ++server) {
        callers.emplace_back([&, server] {
            for (std::int64_t i = 0; i < each; ++i) {
                const auto number = static_cast<std::int64_t>(server) * 1000 + i;
                const Strand strand{number % 3};
                // A second try of what was committed would find the number taken, and break.
                const auto write = [number](Transaction& tx) {
                    tx.add(counted, {9}, {1});
                    return tx.changed(write_note, number);
                };
                servers.all[server]->write_in(strand, write).get();
            }
        });
    }
    for (auto& caller : callers) caller.join();
    done = true;
    cutter.join();
    CHECK(servers.amount(9) == 2 * each);
    const auto found = servers.all.front()->read([](Snapshot& view) {
        return view.first(notes, [](Row row) { return std::pair(row.integer(0), row.integer(1)); });
    });
    CHECK(found->first == 2 * each);
    CHECK(found->second == each * (each - 1) + 1000 * each);
}
