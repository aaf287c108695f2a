// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "platform/backup/folder.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>
#include <utility>

namespace kringwerk::backup {
namespace {

[[noreturn]] void cannot_write(const std::filesystem::path& path) {
    throw Breakdown(
        fmt::format("cannot write {}: {}", path.string(), std::generic_category().message(errno)));
}

/// A file being put back, piece by piece in any order.
class Target {
  public:
    Target(std::filesystem::path path, const KeptFile& kept) : path_(std::move(path)) {
        std::filesystem::create_directories(path_.parent_path());
        file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file_ < 0 || ::ftruncate(file_, kept.bytes) != 0) cannot_write(path_);
    }
    Target(Target&& other) noexcept
        : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}
    Target& operator=(Target&&) = delete;
    ~Target() {
        if (file_ >= 0) ::close(file_);
    }

    void write(std::int64_t place, std::string_view bytes) {
        while (!bytes.empty()) {
            const auto written = ::pwrite(file_, bytes.data(), bytes.size(), place);
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) cannot_write(path_);
            bytes.remove_prefix(static_cast<std::size_t>(written));
            place += written;
        }
    }
    void finish(unsigned mode) {
        if (::fchmod(file_, mode) != 0 || ::fsync(file_) != 0) cannot_write(path_);
    }

  private:
    std::filesystem::path path_;
    int file_ = -1;
};

struct Spot {
    std::size_t file = 0;
    std::int64_t place = 0;
};

/// Where each piece goes, until it is there.
std::map<Digest, std::vector<Spot>> spots_of(const Manifest& manifest) {
    std::map<Digest, std::vector<Spot>> spots;
    for (std::size_t file = 0; file < manifest.files.size(); ++file) {
        std::int64_t place = 0;
        for (const auto& name : manifest.files[file].pieces) {
            spots[name].push_back({file, place});
            place += static_cast<std::int64_t>(piece_bytes);
        }
    }
    return spots;
}

} // namespace

Result<std::vector<Refusal>> put_back(const Place& place, const Manifest& manifest,
                                      const std::optional<std::filesystem::path>& target) {
    std::vector<Target> files;
    for (const auto& kept : manifest.files) {
        if (target) files.emplace_back(*target / kept.path, kept);
    }
    auto missing = spots_of(manifest);
    std::vector<Refusal> damaged;
    for (const auto& id : names_with_ending(place.folder, ".pieces")) {
        if (missing.empty()) break;
        const auto rows = index_of(place.folder, id, place.key);
        if (rows && std::ranges::none_of(
                        *rows, [&](const IndexRow& row) { return missing.contains(row.name); })) {
            continue;
        }
        if (!rows) damaged.push_back(rows.error()); // read as far as it goes
        const auto read = read_pieces(
            place.folder, id, place.key, [&](const Digest& name) { return missing.contains(name); },
            [&](const Digest& name, std::string_view bytes) {
                if (target) {
                    for (const auto& spot : missing.at(name)) {
                        files[spot.file].write(spot.place, bytes);
                    }
                }
                missing.erase(name);
            });
        if (!read && rows) damaged.push_back(read.error());
    }
    if (!missing.empty() && !damaged.empty()) return refuse(damaged.front());
    if (!missing.empty()) {
        return refuse("backup.piece_missing", {{"count", std::to_string(missing.size())}});
    }
    for (std::size_t i = 0; i < files.size(); ++i) files[i].finish(manifest.files[i].mode);
    if (target) sync_folder(*target);
    return damaged;
}

} // namespace kringwerk::backup
