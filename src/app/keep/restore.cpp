// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/books.hpp"
#include "app/keep/keep.hpp"
#include "app/replay.hpp"
#include "platform/store/migrations.hpp"
#include "platform/store/postgres_dump.hpp"

#include <algorithm>

namespace kringwerk::app::keep {
namespace {

namespace fs = std::filesystem;

bool is_postgres(const Restoring& restoring) { return restoring.manifest.engine == "postgres"; }

/// Everything that can be said before the first byte is written.
Result<void> check(const Restoring& restoring) {
    const auto known = newest_of(known_migrations("sqlite"));
    if (auto fits = check_not_newer(restoring.manifest.schema, known); !fits) return fits;
    if (fs::exists(restoring.to) && !fs::is_empty(restoring.to)) {
        return refuse("backup.target_in_use", {{"folder", restoring.to.string()}});
    }
    if (!is_postgres(restoring)) return {};
    if (restoring.database == "sqlite") return refuse("backup.needs_database");
    return postgres::check_empty(restoring.database);
}

/// Files beside the target until all is whole: whoever looks sees all of it or nothing.
fs::path beside(const fs::path& to) {
    auto path = fs::absolute(to).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    path += ".restoring";
    return path;
}

Result<void> put_books_back(const Restoring& restoring, const fs::path& folder) {
    if (is_postgres(restoring)) {
        const auto filled = postgres::fill(restoring.database, folder / postgres_books);
        if (!filled) return filled;
        fs::remove(folder / postgres_books);
    }
    const auto found = is_postgres(restoring) ? heads_of_postgres(restoring.database)
                                              : heads_of_sqlite(folder / sqlite_books);
    for (const auto* const ending : {"-wal", "-shm"}) { // of having looked
        fs::remove(folder / (std::string(sqlite_books) + ending));
    }
    if (found != restoring.manifest.heads)
        return refuse("backup.other_heads", {{"id", restoring.manifest.id}});
    return {};
}

} // namespace

Result<std::vector<Refusal>> rehearse(const Restoring& restoring) {
    if (const auto fits = check(restoring); !fits) return refuse(fits.error());
    return backup::put_back(restoring.place, restoring.manifest, {});
}

Result<std::vector<Refusal>> restore(const Restoring& restoring) {
    if (const auto fits = check(restoring); !fits) return refuse(fits.error());
    const auto folder = beside(restoring.to);
    fs::remove_all(folder); // of one that broke off
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    auto damaged = backup::put_back(restoring.place, restoring.manifest, folder);
    const auto books = damaged ? put_books_back(restoring, folder) : Result<void>();
    if (!damaged || !books) {
        fs::remove_all(folder);
        return refuse(damaged ? books.error() : damaged.error());
    }
    fs::rename(folder, restoring.to);
    backup::sync_folder(fs::absolute(restoring.to).lexically_normal().parent_path());
    return damaged;
}

Result<Proof> prove(Restoring restoring, Language language) {
    Proof proof;
    if (is_postgres(restoring) && restoring.database == "sqlite") {
        const auto read = backup::put_back(restoring.place, restoring.manifest, {});
        if (!read) return refuse(read.error());
        if (!read->empty()) return refuse(read->front());
        proof.replayed = false;
        return proof;
    }
    const auto damaged = restore(restoring);
    if (!damaged) return refuse(damaged.error());
    if (!damaged->empty()) return refuse(damaged->front());
    StoreOptions options;
    options.throw_away = true;
    // Opened to write, so that books of an older version are brought up to date first.
    const auto opened = is_postgres(restoring) ? open_postgres(restoring.database, options)
                                               : open_sqlite(restoring.to / sqlite_books, options);
    if (!opened) return refuse(opened.error());
    auto [replayed, wrong] = replay(**opened, language);
    proof.centres = replayed.centres;
    proof.movements = replayed.movements;
    proof.wrong = std::move(wrong);
    return proof;
}

} // namespace kringwerk::app::keep
