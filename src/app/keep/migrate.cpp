// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/migrate.hpp"

#include "app/commands.hpp"
#include "app/keep/keep.hpp"
#include "platform/store/postgres.hpp"
#include "platform/store/sqlite.hpp"

#include <iostream>

namespace kringwerk::app {
namespace keep {
namespace {

bool is_sqlite(const Directory& directory) { return directory.books == "sqlite"; }

int version_of_books(const Directory& directory) {
    if (is_sqlite(directory)) {
        if (!std::filesystem::exists(directory.database())) return 0;
        sqlite::SqliteConnection connection(directory.database(), sqlite::Access::read, false);
        return static_cast<int>(connection.number("PRAGMA user_version").value_or(0));
    }
    postgres::PostgresConnection connection(directory.books, postgres::Access::read);
    if (!connection.text("SELECT to_regclass('schema_version')")) return 0;
    return std::stoi(
        connection.text("SELECT COALESCE(MAX(number), 0) FROM schema_version").value_or("0"));
}

} // namespace

Result<Migrating> migrating(const Directory& directory) {
    auto known = known_migrations(is_sqlite(directory) ? "sqlite" : "postgres");
    Migrating plan{version_of_books(directory), {}};
    if (const auto fits = check_not_newer(plan.version, newest_of(known)); !fits) {
        return refuse(fits.error());
    }
    for (auto& step : known) {
        if (step.number > plan.version) plan.steps.push_back(std::move(step));
    }
    return plan;
}

Result<std::optional<std::string>> back_up_before(const Migrating& plan, const Directory& directory,
                                                  const cli::Settings& settings) {
    const bool needed = plan.changes_books() && !is_sqlite(directory);
    if (!needed || settings.text("backup_folder").empty()) return std::optional<std::string>{};
    const auto place = plan_of(directory, settings, {});
    if (!place) return refuse(place.error());
    const auto kept = make_backup(*place, false, now());
    if (!kept) return refuse(kept.error());
    return std::optional(kept->made.id);
}

} // namespace keep

int migrate_books(const Call& call) {
    const auto plan = keep::migrating(call.directory);
    if (!plan) return call.refused(plan.error());
    if (plan->steps.empty()) {
        std::cout << call.say("migrate.nothing", {{"version", std::to_string(plan->version)}})
                  << '\n';
        return 0;
    }
    for (const auto& step : plan->steps) {
        std::cout << "  "
                  << call.say("migrate.step",
                              {{"number", std::to_string(step.number)}, {"name", step.name}})
                  << '\n';
    }
    const bool copies = call.directory.books == "sqlite";
    const bool no_folder = call.settings.text("backup_folder").empty();
    if (plan->changes_books()) {
        std::cout << call.say(copies      ? "migrate.copy"
                              : no_folder ? "migrate.no_copy"
                                          : "migrate.backup",
                              {{"folder", (call.directory.path / "snapshots").string()}})
                  << '\n';
    }
    if (call.words.switches.contains("plan")) {
        std::cout << call.say("migrate.planned") << '\n';
        return 0;
    }
    const auto kept = keep::back_up_before(*plan, call.directory, call.settings);
    if (!kept) return call.refused(kept.error());
    const auto owned = own(call.directory);
    if (!owned) return call.refused(owned.error());
    std::cout << call.say("migrate.done", {{"version", std::to_string(plan->steps.back().number)}})
              << '\n';
    return 0;
}

} // namespace kringwerk::app
