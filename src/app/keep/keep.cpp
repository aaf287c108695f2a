// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/keep.hpp"

#include "app/keep/books.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::app::keep {
namespace {

namespace fs = std::filesystem;

/// A folder in the data directory for the copy of the books; one process at a time has it.
constexpr std::string_view work_folder = "backup-work";

std::string option_or(const cli::Words& options, std::string_view name, std::string otherwise) {
    const auto found = options.find(name);
    return found == options.end() ? std::move(otherwise) : found->second;
}

fs::path whole(const fs::path& path) { return fs::weakly_canonical(fs::absolute(path)); }

bool lies_in(const fs::path& path, const fs::path& folder) {
    const auto inner = whole(path);
    const auto outer = whole(folder);
    return std::ranges::mismatch(outer, inner).in1 == outer.end();
}

/// The database is kept as a copy; locks and what is left of earlier work belong to this machine.
bool is_left_out(const std::string& path) {
    constexpr std::array<std::string_view, 3> folders{"snapshots/", "backup-work/", "verify-work/"};
    return path.starts_with(sqlite_books) || path == "kringwerk.lock" ||
           std::ranges::any_of(folders, [&](auto folder) { return path.starts_with(folder); });
}

std::vector<std::string> other_files(const Plan& plan) {
    std::vector<std::string> files;
    const auto& root = plan.directory.path;
    for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
        if (entry->is_directory() && lies_in(entry->path(), plan.place.folder)) {
            entry.disable_recursion_pending();
            continue;
        }
        const auto path = entry->path().lexically_relative(root).generic_string();
        if (entry->is_regular_file() && !is_left_out(path)) files.push_back(path);
    }
    std::ranges::sort(files);
    return files;
}

std::string file_named_in(const Refusal& refusal) {
    for (const auto& [name, value] : refusal.arguments) {
        if (name == "file") return value;
    }
    return refusal.code;
}

/// Empty, and gone afterwards.
class WorkFolder {
  public:
    static Result<WorkFolder> take(const fs::path& data) {
        auto lock = backup::FolderLock::take(data / work_folder);
        if (!lock) return refuse(lock.error());
        WorkFolder made(data / work_folder, std::move(*lock));
        fs::remove_all(made.books());
        fs::create_directory(made.books());
        fs::permissions(made.books(), fs::perms::owner_all); // nobody else looks in
        return made;
    }
    WorkFolder(WorkFolder&& other) noexcept
        : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}
    WorkFolder& operator=(WorkFolder&&) = delete;
    ~WorkFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    fs::path books() const { return path_ / "books"; }

  private:
    WorkFolder(fs::path path, backup::FolderLock lock)
        : path_(std::move(path)), lock_(std::move(lock)) {}
    fs::path path_;
    backup::FolderLock lock_;
};

} // namespace

Result<backup::Place> place_of(const cli::Settings& settings, const cli::Words& options,
                               const std::string& folder) {
    if (folder.empty()) return refuse("backup.no_place");
    backup::Place place{folder, {}};
    const auto key = option_or(options, "key", settings.text("backup_key"));
    if (key.empty()) return place;
    if (lies_in(key, folder)) return refuse("backup.key_inside", {{"file", key}});
    const auto read = backup::read_key(key);
    if (!read) return refuse(read.error());
    place.key = *read;
    return place;
}

Result<Plan> plan_of(const Directory& directory, const cli::Settings& settings,
                     const cli::Words& options) {
    const auto folder = option_or(options, "to", settings.text("backup_folder"));
    const auto place = place_of(settings, options, folder);
    if (!place) return refuse(place.error());
    if (lies_in(directory.path, folder))
        return refuse("backup.place_is_data", {{"folder", folder}});
    return Plan{
        directory,
        *place,
        {settings.whole_number("backup_keep_last"), settings.whole_number("backup_keep_days"),
         settings.whole_number("backup_keep_weeks"), settings.whole_number("backup_keep_months")}};
}

Result<Kept> make_backup(const Plan& plan, bool full, Instant now) {
    const bool in_folder = plan.directory.books == "sqlite";
    if (in_folder && !fs::exists(plan.directory.database())) {
        return refuse("store.absent", {{"file", plan.directory.database().string()}});
    }
    const auto lock = backup::FolderLock::take(plan.place.folder);
    if (!lock) return refuse(lock.error());
    const auto work = WorkFolder::take(plan.directory.path);
    if (!work) return refuse(work.error());
    auto taking = backup::Taking::begin(plan.place, now, full);
    if (!taking) return refuse(taking.error());
    auto books = copy_books(plan.directory, work->books());
    if (!books) return refuse(books.error());
    taking->keep(work->books() / books->name, books->name);
    for (const auto& path : other_files(plan)) taking->keep(plan.directory.path / path, path);
    backup::Manifest about;
    about.program = KRINGWERK_VERSION;
    about.engine = books->engine;
    about.schema = books->schema;
    about.heads = std::move(books->heads);
    Kept kept{taking->finish(std::move(about)), {}, taking->damaged()};
    auto cleared = backup::clear(plan.place, plan.rules);
    if (!cleared) {
        return refuse("backup.not_cleared",
                      {{"id", kept.made.id}, {"file", file_named_in(cleared.error())}});
    }
    kept.cleared = *std::move(cleared);
    return kept;
}

Result<backup::Manifest> choose(const backup::Place& place, const std::optional<std::string>& id) {
    const auto ids = backup::ids(place.folder);
    if (ids.empty()) return refuse("backup.none_there", {{"folder", place.folder.string()}});
    if (id && std::ranges::find(ids, *id) == ids.end()) {
        return refuse("backup.no_such", {{"given", *id}, {"newest", ids.back()}});
    }
    return backup::read_manifest(place, id.value_or(ids.back()));
}

} // namespace kringwerk::app::keep
