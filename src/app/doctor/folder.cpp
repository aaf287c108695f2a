// SPDX-License-Identifier: EUPL-1.2
#include "app/doctor/doctor.hpp"
#include "platform/http/client.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace kringwerk::app::doctor {
namespace {

namespace fs = std::filesystem;

/// What Kringwerk itself puts into its folder. Names of the database have more behind them.
constexpr std::array own_names{"kringwerk.toml", "kringwerk.lock", "admin.sock", "snapshots",
                               "authority",      "backups",        "exports"};
constexpr std::string_view database_prefix = "kringwerk.sqlite";

bool is_own(const std::string& name) {
    return name.starts_with(database_prefix) ||
           std::find(own_names.begin(), own_names.end(), name) != own_names.end();
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string all;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        all += (i == 0 ? "" : ", ") + names[i];
    }
    return all + (names.size() > most ? ", …" : "");
}

void look_for_strangers(Visit& visit) {
    std::vector<std::string> strangers;
    const auto proxy = fs::path(visit.call.settings.text("unix_socket"));
    for (const auto& entry : fs::directory_iterator(visit.call.directory.path)) {
        const auto name = entry.path().filename().string();
        if (!is_own(name) && name != proxy.filename()) strangers.push_back(name);
    }
    std::sort(strangers.begin(), strangers.end());
    if (strangers.empty()) return visit.findings.push_back({Grade::fine, "files_known"});
    visit.findings.push_back({Grade::note,
                              "files_strange",
                              {{"files", listed(strangers)}},
                              std::to_string(strangers.size())});
}

/// A server that was cut off leaves its socket behind; the next one replaces it.
void look_for_left_socket(Visit& visit) {
    const auto path = visit.call.directory.admin_socket();
    std::error_code ignored;
    const bool left = fs::exists(path, ignored) && !http::is_listening({.unix_socket = path});
    if (!left) return;
    const auto remove = [path, folder = visit.call.directory.path] {
        // Whoever may not speak to a server takes its socket for a left one; the lock tells.
        const auto lock = DirectoryLock::take(folder);
        if (!lock) throw Breakdown("a server works in this folder");
        fs::remove(path);
    };
    visit.findings.push_back({Grade::note, "socket_left", {}, {}, remove});
}

struct File {
    fs::path path;
    struct stat stat {};
};

/// The folder itself first, then all that stands in it.
std::vector<File> files_of(const fs::path& folder) {
    std::vector<File> files;
    const auto add = [&](const fs::path& path) {
        File file{path};
        if (lstat(path.c_str(), &file.stat) == 0) files.push_back(std::move(file));
    };
    add(folder);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) add(entry.path());
    return files;
}

/// The books hold names and keys: they are for the server's own user and its group.
void look_at_rights(Visit& visit, const std::vector<File>& files) {
    constexpr mode_t others = S_IRWXO;
    // Whoever may not enter the folder, may do nothing with what is in it.
    const auto& folder = files.front();
    if ((folder.stat.st_mode & others) == 0) {
        return visit.findings.push_back({Grade::fine, "rights_right"});
    }
    const auto mode = static_cast<fs::perms>(folder.stat.st_mode & 07777 & ~others);
    visit.findings.push_back({Grade::warning,
                              "rights_wide",
                              {{"folder", folder.path.string()}},
                              {},
                              [path = folder.path, mode] { fs::permissions(path, mode); }});
}

/// True when root can give a file away without being led elsewhere by the folder's own user: it
/// stands in the folder itself, is a plain file and has no second name.
bool is_safe_to_give(const File& file, const fs::path& folder) {
    return file.path.parent_path() == folder && S_ISREG(file.stat.st_mode) &&
           file.stat.st_nlink == 1;
}

/// Somebody ran a command as another user: the server may not write what that one made.
void look_at_owners(Visit& visit, const std::vector<File>& files) {
    const auto owner = files.front().stat.st_uid;
    const auto group = files.front().stat.st_gid;
    std::vector<std::string> names;
    std::vector<fs::path> paths;
    bool safe = geteuid() == 0;
    for (const auto& file : files) {
        // The settings may stand elsewhere, with a link to them here.
        if (file.stat.st_uid == owner || S_ISLNK(file.stat.st_mode)) continue;
        names.push_back(file.path.filename().string());
        paths.push_back(file.path);
        safe = safe && is_safe_to_give(file, files.front().path);
    }
    if (paths.empty()) return visit.findings.push_back({Grade::fine, "owners_right"});
    Finding finding{
        Grade::wrong, "owners_differ", {{"files", listed(names)}}, std::to_string(names.size())};
    if (safe) {
        finding.fix = [paths, owner, group] {
            for (const auto& path : paths) {
                if (lchown(path.c_str(), owner, group) != 0)
                    throw Breakdown("cannot change " + path.string());
            }
        };
    }
    visit.findings.push_back(std::move(finding));
}

void look_at_disk(Visit& visit, const std::vector<File>& files) {
    constexpr std::int64_t megabyte = 1'000'000;
    constexpr std::int64_t full = 64 * megabyte; // as /readyz
    constexpr std::int64_t little = 1'000 * megabyte;
    struct statvfs disk {};
    if (statvfs(visit.call.directory.path.c_str(), &disk) != 0) return;
    const auto free = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
    std::int64_t books = 0;
    for (const auto& file : files) {
        const bool is_books = file.path.filename().string().starts_with(database_prefix);
        if (is_books) books += file.stat.st_size;
    }
    visit.facts["disk_free_bytes"] = std::to_string(free);
    const TextArguments room{{"free", show_whole(visit.call.language, free / megabyte)},
                             {"books", show_whole(visit.call.language, books / megabyte)}};
    // An update copies the books first, and so does a backup.
    const bool tight = free < little || free < 2 * books;
    const auto grade = free < full ? Grade::wrong : tight ? Grade::warning : Grade::fine;
    visit.findings.push_back({grade, grade == Grade::fine ? "disk_roomy" : "disk_tight", room});
    if ((disk.f_flag & ST_RDONLY) != 0) visit.findings.push_back({Grade::wrong, "disk_fixed"});
}

} // namespace

void look_at_folder(Visit& visit) {
    const auto& folder = visit.call.directory.path;
    try {
        if (!fs::is_directory(folder)) {
            return visit.findings.push_back(
                {Grade::note, "folder_absent", {{"folder", folder.string()}}});
        }
        const auto files = files_of(folder);
        look_for_strangers(visit);
        look_for_left_socket(visit);
        look_at_rights(visit, files);
        look_at_owners(visit, files);
        look_at_disk(visit, files);
    } catch (const fs::filesystem_error& broke) {
        visit.findings.push_back({Grade::wrong, "folder_unreadable", {{"why", broke.what()}}});
    }
}

} // namespace kringwerk::app::doctor
