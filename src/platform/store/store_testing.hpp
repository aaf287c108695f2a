// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/postgres_testing.hpp"
#include "platform/store/sqlite.hpp"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <regex>
#include <string>
#include <string_view>

/// Books that a test throws away, on the engine that the run asks for.
namespace kringwerk::testing {

/// KRINGWERK_TEST_ENGINE=postgres: everything that is not about SQLite itself runs on PostgreSQL.
inline bool on_postgres() {
    const char* const engine = std::getenv("KRINGWERK_TEST_ENGINE");
    return engine != nullptr && std::string_view(engine) == "postgres";
}

/// A database with the schema in it: a file in `folder`, or a database of the test cluster.
class ScratchBooks {
  public:
    explicit ScratchBooks(const std::filesystem::path& folder)
        : address_(on_postgres() ? Cluster::instance().lend()
                                 : (folder / "kringwerk.sqlite").string()) {}
    ScratchBooks(const ScratchBooks&) = delete;
    ScratchBooks& operator=(const ScratchBooks&) = delete;
    /// Stores on it are closed by then.
    ~ScratchBooks() {
        if (on_postgres()) Cluster::instance().give_back(address_);
    }

    /// May be opened again after it was closed.
    std::unique_ptr<Store> open(StoreOptions options = {}) const {
        options.throw_away = true;
        return on_postgres() ? open_postgres(address_, options).value()
                             : open_sqlite(address_, options).value();
    }
    std::unique_ptr<Store> open_reading() const {
        return on_postgres() ? open_postgres_reading(address_).value()
                             : open_sqlite_reading(address_).value();
    }
    const std::string& address() const { return address_; }

    /// Changes what nobody may change, as somebody with the database in their hands could. `sql` as
    /// SQLite has it. Gives how many rows it changed.
    std::int64_t tamper(const std::string& sql, std::span<const char* const> kept_by = {}) const {
        if (on_postgres()) {
            postgres::PostgresConnection hand(address_, postgres::Access::write);
            hand.run("SET session_replication_role = replica"); // foreign keys look away
            const auto text = for_postgres(sql);
            return hand.execute({"test.tamper", text, text}, {});
        }
        sqlite::SqliteConnection hand(address_, sqlite::Access::write, true);
        hand.run("PRAGMA foreign_keys=OFF");
        for (const char* const trigger : kept_by) {
            hand.run(("DROP TRIGGER IF EXISTS " + std::string(trigger)).c_str());
        }
        hand.run(sql.c_str());
        return hand.number("SELECT changes()").value_or(0);
    }

  private:
    static std::string for_postgres(const std::string& sql) {
        auto text = std::regex_replace(sql, std::regex("x'([0-9a-f]*)'"), "'\\x$1'::bytea");
        return std::regex_replace(text, std::regex("zeroblob\\((\\d+)\\)"),
                                  "decode(repeat('00', $1), 'hex')");
    }
    std::string address_;
};

} // namespace kringwerk::testing
