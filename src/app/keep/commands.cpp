// SPDX-License-Identifier: EUPL-1.2
// The commands that keep the books and have them back.
#include "app/commands.hpp"
#include "app/keep/keep.hpp"
#include "base/words.hpp"

#include <unistd.h>

#include <iostream>

namespace kringwerk::app {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> given(const Call& call, std::string_view name) {
    const auto found = call.words.options.find(name);
    return found == call.words.options.end() ? std::nullopt : std::optional(found->second);
}

/// "12,3 MB"
std::string show_size(const Call& call, std::int64_t bytes) {
    return show_decimal(call.language, (bytes + 50'000) / 100'000, 1) + "\u00a0MB";
}

/// Where the backups are that a command reads.
Result<backup::Place> source_of(const Call& call) {
    const auto folder = given(call, "from").value_or(call.settings.text("backup_folder"));
    return keep::place_of(call.settings, call.words.options, folder);
}

void say_damaged(const Call& call, const std::vector<Refusal>& damaged) {
    for (const auto& refusal : damaged) {
        std::cerr << cli::explain(Texts::built_in(), call.language, refusal) << '\n';
    }
}

/// An empty folder for a restored copy: in the data directory, which has room for the books, else
/// where temporary files go. Gone at the end of its scope.
class Aside {
  public:
    explicit Aside(const Directory& directory) {
        const auto root = fs::exists(directory.path) ? directory.path : fs::temp_directory_path();
        fs::create_directories(root / "verify-work");
        auto name = (root / "verify-work" / "XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw Breakdown("cannot make a folder " + name);
        path_ = name;
    }
    ~Aside() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
        fs::remove(path_.parent_path(), ignored); // another one may be at work in it
    }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    fs::path books() const { return path_ / "books"; }

  private:
    fs::path path_;
};

Result<keep::Restoring> what_to_restore(const Call& call) {
    const auto place = source_of(call);
    if (!place) return refuse(place.error());
    auto manifest = keep::choose(*place, given(call, "at"));
    if (!manifest) return refuse(manifest.error());
    return keep::Restoring{*place, *std::move(manifest), given(call, "to").value_or(""),
                           call.settings.text("database")};
}

TextArguments about(const Call& call, const backup::Manifest& manifest) {
    return {{"id", manifest.id},
            {"moment", show_day(call.language, local_day(manifest.made_at)) + " " +
                           format_clock(manifest.made_at)},
            {"files", show_whole(call.language, static_cast<std::int64_t>(manifest.files.size()))},
            {"size", show_size(call, manifest.bytes())},
            {"written", show_size(call, manifest.written_bytes)},
            {"version", manifest.program}};
}

} // namespace

int back_up(const Call& call) {
    const auto plan = keep::plan_of(call.directory, call.settings, call.words.options);
    if (!plan) return call.refused(plan.error());
    const auto kept = keep::make_backup(*plan, call.words.switches.contains("full"), now());
    if (!kept) return call.refused(kept.error());
    say_damaged(call, kept->damaged);
    auto arguments = about(call, kept->made);
    arguments.emplace_back("folder", plan->place.folder.string());
    arguments.emplace_back("dropped", show_whole(call.language, static_cast<std::int64_t>(
                                                                    kept->cleared.dropped.size())));
    std::cout << call.say("backup.done", arguments) << '\n';
    return 0;
}

int list_backups(const Call& call) {
    const auto place = source_of(call);
    if (!place) return call.refused(place.error());
    const auto ids = backup::ids(place->folder);
    if (ids.empty()) {
        return call.refused({"backup.none_there", {{"folder", place->folder.string()}}, {}});
    }
    int status = 0;
    for (const auto& id : ids) {
        const auto manifest = backup::read_manifest(*place, id);
        if (!manifest)
            status = call.refused(manifest.error());
        else
            std::cout << call.say("backup.line", about(call, *manifest)) << '\n';
    }
    return status;
}

int make_backup_key(const Call& call) {
    const auto& file = call.words.positionals.at("key-file");
    const auto key = backup::make_key(file);
    if (!key) return call.refused(key.error());
    std::cout << call.say("backup.key_made", {{"file", file}, {"key", key->id()}}) << '\n';
    return 0;
}

int verify_backup(const Call& call) {
    auto restoring = what_to_restore(call);
    if (!restoring) return call.refused(restoring.error());
    const Aside aside(call.directory);
    restoring->to = aside.books();
    restoring->database = given(call, "aside").value_or("sqlite");
    const auto proof = keep::prove(*restoring, call.language);
    if (!proof) return call.refused(proof.error());
    if (proof->wrong) {
        std::cout << call.say("backup.wrong", {{"id", restoring->manifest.id}}) << '\n'
                  << *proof->wrong << '\n';
        return 1;
    }
    auto arguments = about(call, restoring->manifest);
    arguments.emplace_back("centres", show_whole(call.language, proof->centres));
    arguments.emplace_back("movements", show_whole(call.language, proof->movements));
    std::cout << call.say(proof->replayed ? "backup.right" : "backup.whole", arguments) << '\n';
    return 0;
}

int restore_backup(const Call& call) {
    const auto restoring = what_to_restore(call);
    if (!restoring) return call.refused(restoring.error());
    if (restoring->to.empty()) return call.refused({"backup.no_target", {}, {}});
    const bool dry_run = call.words.switches.contains("dry-run");
    const auto damaged = dry_run ? keep::rehearse(*restoring) : keep::restore(*restoring);
    if (!damaged) return call.refused(damaged.error());
    say_damaged(call, *damaged);
    auto arguments = about(call, restoring->manifest);
    arguments.emplace_back("folder", restoring->to.string());
    std::cout << call.say(dry_run ? "restore.dry_run" : "restore.done", arguments) << '\n';
    return 0;
}

} // namespace kringwerk::app
