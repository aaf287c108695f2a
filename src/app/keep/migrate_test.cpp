// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/migrate.hpp"

#include "app/keep/keep_testing.hpp"
#include "platform/store/store_testing.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

using namespace kringwerk;
using namespace kringwerk::app;
using namespace kringwerk::app::keep;

namespace {

constexpr int old_version = 10;

/// The tables as they were some versions ago.
template <class Connection, class Script>
void make_old(Connection& connection, std::string_view engine, Script script) {
    connection.run("CREATE TABLE schema_version (number BIGINT PRIMARY KEY, name TEXT NOT NULL, "
                   "applied_at BIGINT NOT NULL)");
    for (const auto& step : known_migrations(engine)) {
        if (step.number > old_version) continue;
        script(std::string(step.sql));
        connection.run(
            fmt::format("INSERT INTO schema_version VALUES ({}, '{}', 0)", step.number, step.name)
                .c_str());
    }
}

} // namespace

TEST_CASE("a plan names the steps and takes none") {
    const keep::testing::Books books;
    CHECK(migrating(books.directory())->version == 0);
    CHECK_FALSE(migrating(books.directory())->changes_books());
    CHECK_FALSE(std::filesystem::exists(books.data));
    std::filesystem::create_directories(books.data);
    {
        sqlite::SqliteConnection hand(books.data / "kringwerk.sqlite", sqlite::Access::write, true);
        make_old(hand, "sqlite", [&](const std::string& sql) { hand.run(sql.c_str()); });
        hand.run(fmt::format("PRAGMA user_version = {}", old_version).c_str());
    }
    const auto plan = migrating(books.directory()).value();
    CHECK(plan.version == old_version);
    CHECK(plan.changes_books());
    CHECK(plan.steps.front().number == old_version + 1);
    CHECK(migrating(books.directory())->version == old_version);

    REQUIRE(own(books.directory()));
    CHECK(migrating(books.directory())->steps.empty());
    // One copy of what there was before the first step, whole.
    std::vector<std::filesystem::path> copies;
    for (const auto& entry : std::filesystem::directory_iterator(books.data / "snapshots")) {
        copies.push_back(entry.path());
    }
    REQUIRE(copies.size() == 1);
    sqlite::SqliteConnection copy(copies.front(), sqlite::Access::read, false);
    CHECK(copy.number("PRAGMA user_version") == old_version);
}

TEST_CASE("books of a newer version are not touched") {
    const keep::testing::Books books;
    REQUIRE(own(books.directory()));
    {
        sqlite::SqliteConnection hand(books.data / "kringwerk.sqlite", sqlite::Access::write, true);
        hand.run("PRAGMA user_version = 9999");
    }
    CHECK(migrating(books.directory()).error().code == "store.schema_newer");
}

TEST_CASE("books in PostgreSQL get a backup first when there is a folder for it") {
    if (!kringwerk::testing::Cluster::installed()) {
        MESSAGE("skipped: PostgreSQL's server is not installed");
        return;
    }
    auto& cluster = kringwerk::testing::Cluster::instance();
    keep::testing::Books books;
    std::filesystem::create_directories(books.data);
    cluster.run("postgres", "CREATE DATABASE older");
    books.engine = cluster.url("older");
    {
        postgres::PostgresConnection hand(books.engine, postgres::Access::write);
        make_old(hand, "postgres", [&](const std::string& sql) { hand.script(sql); });
    }
    const auto plan = migrating(books.directory()).value();
    CHECK(plan.version == old_version);
    CHECK_FALSE(back_up_before(plan, books.directory(), keep::testing::settings({}))->has_value());
    const auto settings = keep::testing::settings({{"backup_folder", books.folder.string()}});
    const auto kept = back_up_before(plan, books.directory(), settings).value();
    REQUIRE(kept);
    CHECK(backup::read_manifest({books.folder, {}}, *kept)->schema == old_version);
    REQUIRE(own(books.directory()));
    CHECK(migrating(books.directory())->steps.empty());
}
