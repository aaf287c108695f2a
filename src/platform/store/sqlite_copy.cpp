// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sqlite_copy.hpp"

#include "platform/store/sqlite.hpp"

#include <sqlite3.h>

namespace kringwerk {
namespace {

sqlite::Database opened(const std::filesystem::path& file, int flags) {
    sqlite3* made = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &made, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite::Database database(made);
    if (code != SQLITE_OK) sqlite::broke(made, "opening " + file.string());
    sqlite3_busy_timeout(made, 10'000);
    return database;
}

struct FinishBackup {
    void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

} // namespace

Result<void> copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (!std::filesystem::exists(from)) return refuse("store.absent", {{"file", from.string()}});
    const auto source = opened(from, SQLITE_OPEN_READONLY);
    const auto target = opened(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    for (const char* const pragma : {"PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF"}) {
        if (sqlite3_exec(target.get(), pragma, nullptr, nullptr, nullptr) != SQLITE_OK) {
            sqlite::broke(target.get(), pragma);
        }
    }
    std::unique_ptr<sqlite3_backup, FinishBackup> backup(
        sqlite3_backup_init(target.get(), "main", source.get(), "main"));
    if (!backup) sqlite::broke(target.get(), "beginning a copy");
    // All pages in one step are one view: nobody's commit comes in between, and nobody waits for
    // it.
    const int step = sqlite3_backup_step(backup.get(), -1);
    backup.reset();
    if (step != SQLITE_DONE) sqlite::broke(target.get(), "copying to " + to.string());
    return {};
}

} // namespace kringwerk
