// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/folder.hpp"

#include "base/ensure.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

namespace kringwerk::backup {
namespace {

constexpr std::string_view snapshot_ending = ".snapshot";

constexpr std::string_view read_me =
    "Backups of Kringwerk. What is in this folder is all that is needed to put one back.\n"
    "With the program on any machine:\n\n"
    "  kringwerk backup list --from THIS-FOLDER\n"
    "  kringwerk restore --from THIS-FOLDER --to NEW-FOLDER\n\n"
    "Add --key FILE when the backups are encrypted: the key is not in this folder.\n";

std::filesystem::path snapshot_file(const std::filesystem::path& folder, std::string_view id) {
    return folder / (std::string(id) + std::string(snapshot_ending));
}

/// "20270312-023000"
std::string id_of(Instant moment) {
    const auto text = format_instant(moment);
    std::string id;
    for (const char sign : text.substr(0, 19)) {
        if (sign == 'T')
            id += '-';
        else if (sign >= '0' && sign <= '9')
            id += sign;
    }
    return id;
}

bool is_taken(const std::filesystem::path& folder, std::string_view id) {
    return std::filesystem::exists(snapshot_file(folder, id)) ||
           std::filesystem::exists(pieces_file(folder, id));
}

bool is_about_the_key(const Refusal& refusal) {
    return refusal.code == "backup.key_needed" || refusal.code == "backup.wrong_key";
}

/// What a backup left that broke off.
void sweep(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> left;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == unfinished) left.push_back(entry.path());
    }
    for (const auto& path : left) std::filesystem::remove(path);
}

} // namespace

std::vector<std::string> ids(const std::filesystem::path& folder) {
    return names_with_ending(folder, snapshot_ending);
}

std::vector<std::string> names_with_ending(const std::filesystem::path& folder,
                                           std::string_view ending) {
    std::vector<std::string> found;
    if (!std::filesystem::is_directory(folder)) return found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ending) found.push_back(entry.path().stem().string());
    }
    std::ranges::sort(found);
    return found;
}

Result<Manifest> read_manifest(const Place& place, std::string_view id) {
    const auto file = snapshot_file(place.folder, id);
    const auto text = read_all_messages(file, "snapshot", place.key);
    if (!text) return refuse(text.error());
    auto manifest = parse_manifest(*text);
    if (!manifest) return refuse("backup.unknown_format", {{"file", file.filename().string()}});
    return *std::move(manifest);
}

void remove_snapshot(const std::filesystem::path& folder, std::string_view id) {
    std::filesystem::remove(snapshot_file(folder, id));
}

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    std::error_code wrong;
    std::filesystem::create_directories(folder, wrong);
    const auto path = folder / "backup.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        const auto why = std::generic_category().message(errno);
        return refuse("backup.folder_closed", {{"folder", folder.string()}, {"why", why}});
    }
    FolderLock lock(file);
    // Some disks of the network know no locks: then only care keeps two backups apart.
    if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return refuse("backup.folder_busy", {{"folder", folder.string()}});
    }
    return lock;
}

FolderLock::~FolderLock() {
    if (file_ >= 0) ::close(file_);
}

Taking::Taking(Place place, std::string id, Instant now, bool full)
    : place_(std::move(place)), id_(std::move(id)), made_at_(now), full_(full) {}

Result<Taking> Taking::begin(const Place& place, Instant now, bool full) {
    sweep(place.folder);
    auto moment = now;
    while (is_taken(place.folder, id_of(moment))) moment.ms += 1000;
    Taking taking(place, id_of(moment), now, full);
    for (const auto& id : names_with_ending(place.folder, ".pieces")) {
        if (full) break;
        const auto rows = index_of(place.folder, id, place.key);
        if (!rows && is_about_the_key(rows.error())) return refuse(rows.error());
        if (!rows) {
            taking.damaged_.push_back(rows.error()); // what stood there is written once more
            continue;
        }
        for (const auto& row : *rows) taking.known_.insert(row.name);
    }
    const auto words = place.folder / "README.txt";
    if (!std::filesystem::exists(words)) {
        NewFile file(words);
        file.write(read_me);
        file.finish();
    }
    return taking;
}

void Taking::keep_piece(KeptFile& kept, std::string_view bytes) {
    const auto name = sha256(bytes);
    kept.pieces.push_back(name);
    kept.bytes += static_cast<std::int64_t>(bytes.size());
    if (!known_.insert(name).second) return;
    if (!writer_) writer_.emplace(place_.folder, id_, place_.key);
    writer_->add(name, bytes);
}

void Taking::keep(const std::filesystem::path& file, std::string path) {
    struct stat status {};
    std::ifstream in(file, std::ios::binary);
    if (!in || ::stat(file.c_str(), &status) != 0) throw Breakdown("cannot read " + file.string());
    KeptFile kept{std::move(path), 0, status.st_mode & 0777U, {}};
    std::string bytes(piece_bytes, '\0');
    while (in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) || in.gcount() > 0) {
        keep_piece(kept, std::string_view(bytes).substr(0, static_cast<std::size_t>(in.gcount())));
    }
    if (in.bad()) throw Breakdown("cannot read " + file.string());
    files_.push_back(std::move(kept));
}

Manifest Taking::finish(Manifest about) {
    about.id = id_;
    about.made_at = made_at_;
    about.full = full_;
    about.files = std::move(files_);
    about.written_bytes = writer_ ? writer_->finish() : 0;
    FrameWriter snapshot(snapshot_file(place_.folder, id_), "snapshot", place_.key);
    const auto text = format_manifest(about);
    for (std::string_view rest(text); !rest.empty();) {
        const auto part = rest.substr(0, std::size_t{1} << 20);
        snapshot.write(part);
        rest.remove_prefix(part.size());
    }
    snapshot.finish();
    return about;
}

} // namespace kringwerk::backup
