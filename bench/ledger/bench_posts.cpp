// SPDX-License-Identifier: EUPL-1.2
// Durable posts over HTTP through the whole server, against SQLite alone writing the same rows with
// the same number of movements in a commit, once with merged sums and once without.
//   bench_posts [MOVEMENTS] [IN ONE REQUEST] [CONNECTIONS] [ROUNDS] [FOLDER]
#include "bare_rows.hpp"
#include "requests.hpp"

#include "support/load.hpp"
#include "support/measure.hpp"

#include "app/rooms.hpp"
#include "base/ensure.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>

using namespace kringwerk;
namespace fs = std::filesystem;

namespace {

constexpr int centres = 6;

/// A database that goes with this object.
struct File {
    fs::path folder;
    explicit File(const fs::path& where) {
        static int number = 0;
        folder = where / fmt::format("kringwerk-bench-{}-{}", getpid(), number++);
        fs::create_directories(folder);
    }
    ~File() {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    fs::path path() const { return folder / "kringwerk.sqlite"; }
};

std::unique_ptr<Store> open_books(const File& file) {
    auto store = open_sqlite(file.path());
    ensure(store.has_value(), "new books open");
    return std::move(*store);
}

std::string set_up(Store& store) {
    const auto make = [](Transaction& tx) -> Result<std::string> {
        for (int i = 1; i <= centres; ++i) {
            network::CentreRow row;
            row.name = fmt::format("Centrum {}", i);
            const auto added = network::add_centre(tx, row, Instant{0});
            if (!added) return refuse(added.error());
        }
        people::TokenRequest request;
        request.name = "bench";
        request.kinds.set();
        return people::make_token(tx, request, Instant{0});
    };
    auto token = store.write(make).get();
    ensure(token.has_value(), "a token is made");
    return *token;
}

struct Posted {
    double seconds = 0;
    double in_one_commit = 0;
    bench::BareRows rows;
};

Posted post_over_http(const fs::path& where, const bench::Wanted& wanted, int connections) {
    const File file(where);
    Posted posted;
    {
        const auto store = open_books(file);
        const auto requests = bench::make_requests(wanted, set_up(*store));
        app::Rooms rooms(*store, "bench", false);
        http::ServerOptions options;
        options.port = 0;
        options.stamp = app::stamp_of(rooms);
        http::Server server(options, app::all_routes(rooms));
        const auto commits_before = store->version();
        std::size_t next = 0;
        const auto next_request = [&] {
            return next < requests.size() ? &requests[next++] : nullptr;
        };
        posted.seconds =
            bench::seconds_of([&] { bench::drive(server.port(), connections, next_request); });
        posted.in_one_commit = static_cast<double>(wanted.movements) /
                               static_cast<double>(store->version() - commits_before);
        server.stop();
    }
    posted.rows = bench::read_rows(file.path());
    ensure(posted.rows.movements.size() == static_cast<std::size_t>(wanted.movements),
           "every movement that was posted stands in the books");
    return posted;
}

double write_bare(const fs::path& where, const Posted& posted, bench::SumsAre sums) {
    const File file(where);
    set_up(*open_books(file));
    return bench::write_rows(file.path(), posted.rows, posted.in_one_commit, sums);
}

} // namespace

int main(int count, char** values) {
    bench::Wanted wanted;
    wanted.centres = centres;
    wanted.in_one = bench::argument(count, values, 2, 1);
    wanted.movements = bench::argument(count, values, 1, 30'000) / wanted.in_one * wanted.in_one;
    const int connections = bench::argument(count, values, 3, wanted.in_one == 1 ? 64 : 4);
    const int rounds = bench::argument(count, values, 4, 5);
    const fs::path where = count > 5 ? fs::path(values[5]) : fs::temp_directory_path();
    std::vector<double> ours, merged, single, of_merged, of_single;
    for (int round = 0; round < rounds; ++round) {
        const auto posted = post_over_http(where, wanted, connections);
        const auto per_second = [&](double seconds) { return wanted.movements / seconds; };
        ours.push_back(per_second(posted.seconds));
        merged.push_back(per_second(write_bare(where, posted, bench::SumsAre::merged)));
        single.push_back(per_second(write_bare(where, posted, bench::SumsAre::single)));
        of_merged.push_back(ours.back() / merged.back());
        of_single.push_back(ours.back() / single.back());
        fmt::print("ours {:7.0f}/s ({:.0f} in a commit)   bare, sums merged {:7.0f}/s   bare, sums "
                   "one by one {:7.0f}/s   ratios {:.2f} and {:.2f}\n",
                   ours.back(), posted.in_one_commit, merged.back(), single.back(),
                   of_merged.back(), of_single.back());
        std::fflush(stdout);
    }
    fmt::print("median of {} rounds, {} movements, {} a request, {} connections: ours {:.0f}/s, "
               "bare {:.0f}/s, bare without merged sums {:.0f}/s, ratio {:.3f} (limit: at least "
               "0.600), to single sums {:.3f}{}\n",
               rounds, wanted.movements, wanted.in_one, connections, bench::median(ours),
               bench::median(merged), bench::median(single), bench::median(of_merged),
               bench::median(of_single), wanted.in_one == 1 ? "" : " (limit: at least 2.000)");
}
