// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/migrations.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"

#include <charconv>

namespace kringwerk {

/// "migrations/0007_workshop_ticket/sqlite.sql" gives 7 and "workshop_ticket".
std::vector<Migration> known_migrations(std::string_view engine) {
    const auto ending = "/" + std::string(engine) + ".sql";
    std::vector<Migration> known;
    for (const auto& file : embedded_below("migrations/")) {
        if (!file.path.ends_with(ending)) continue;
        auto name = file.path.substr(std::string_view("migrations/").size());
        name.remove_suffix(ending.size());
        Migration migration;
        std::from_chars(name.data(), name.data() + name.find('_'), migration.number);
        migration.name = name.substr(name.find('_') + 1);
        migration.sql = file.content;
        ensure(known.empty() || known.back().number < migration.number,
               "migrations have numbers of their own");
        known.push_back(std::move(migration));
    }
    return known;
}

int newest_of(const std::vector<Migration>& known) {
    return known.empty() ? 0 : known.back().number;
}

Result<void> check_not_newer(int version, int newest) {
    if (version <= newest) return {};
    return refuse("store.schema_newer",
                  {{"found", std::to_string(version)}, {"known", std::to_string(newest)}});
}

Result<void> check_version(int version, int newest) {
    if (version >= newest) return check_not_newer(version, newest);
    return refuse("store.schema_older",
                  {{"found", std::to_string(version)}, {"known", std::to_string(newest)}});
}

} // namespace kringwerk
