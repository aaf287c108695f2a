// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/booking_testing.hpp"
#include "app/keep/keep.hpp"
#include "platform/store/sqlite.hpp"
#include "rooms/network/network.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <fstream>

namespace kringwerk::app::keep::testing {

inline cli::Settings settings(cli::Words flags) {
    return cli::resolve(cli::server_settings(), {.flags = std::move(flags)}).value();
}

/// A data directory with books of one centre, and a folder for its backups.
struct Books {
    std::filesystem::path root = [] {
        auto name = (std::filesystem::temp_directory_path() / "kw-keep-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        return std::filesystem::path(name);
    }();
    std::filesystem::path data = root / "data";
    std::filesystem::path folder = root / "backups";
    std::string engine = "sqlite";
    mutable Instant now = local_time(*make_day(2027, 3, 12), 11 * 60 + 36);

    Books() = default;
    Books(const Books&) = delete;
    Books& operator=(const Books&) = delete;
    ~Books() { std::filesystem::remove_all(root); }

    Directory directory() const { return {data, engine}; }
    Plan plan() const { return {directory(), {folder, {}}, {}}; }
    /// Books so many movements.
    void book(int count) const {
        StoreOptions options;
        options.throw_away = true;
        const auto owned = own(directory(), options).value();
        const auto centre = the_centre(*owned.store);
        for (int i = 0; i < count; ++i) {
            now.ms += 1000;
            app::testing::book_something(*owned.store, centre, now);
        }
    }
    Kept back_up(bool full = false) const {
        now.ms += 60'000;
        return make_backup(plan(), full, now).value();
    }
    Restoring restoring(const Kept& kept, const std::string& to) const {
        return {{folder, {}}, kept.made, root / to, "sqlite"};
    }
    std::int64_t movements_in(const std::string& there) const {
        const auto store = open_sqlite_reading(root / there / "kringwerk.sqlite").value();
        return store->read([](Snapshot& view) { return ledger::heads(view).front().sequence; });
    }
    void write(const std::string& path, std::string_view bytes) const {
        std::filesystem::create_directories((data / path).parent_path());
        std::ofstream(data / path, std::ios::binary) << bytes;
    }
    void tamper(const char* sql) const {
        sqlite::SqliteConnection hand(data / "kringwerk.sqlite", sqlite::Access::write, true);
        hand.run(sql);
        REQUIRE(hand.number("SELECT changes()").value_or(0) > 0);
    }

  private:
    CentreId the_centre(Store& store) const {
        const auto known = store.read([](Snapshot& view) { return network::centres(view); });
        if (!known.empty()) return known.front().id;
        network::CentreRow row;
        row.name = "Werkplaats Noord";
        row.municipality = "Buren";
        row.place = "Maurik";
        const auto add = [&](Transaction& tx) { return network::add_centre(tx, row, now); };
        return store.write(add).get().value().id;
    }
};

} // namespace kringwerk::app::keep::testing
