// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"
#include "base/hash.hpp"
#include "platform/backup/folder.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace kringwerk::backup::testing {

constexpr Instant start{1'804'845'360'000}; // 2027-03-12, in the afternoon
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
constexpr Instant day(std::int64_t number) { return {start.ms + number * day_ms}; }

/// A folder with something to keep in it, and one for its backups.
struct Scratch {
    std::filesystem::path root;
    std::filesystem::path data;
    Place place;

    Scratch() {
        auto name = (std::filesystem::temp_directory_path() / "kw-backup-XXXXXX").string();
        ensure(::mkdtemp(name.data()) != nullptr, "a scratch folder can be made");
        root = name;
        data = root / "data";
        place.folder = root / "backups";
        std::filesystem::create_directories(data);
    }
    ~Scratch() { std::filesystem::remove_all(root); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    void write(const std::string& path, std::string_view bytes) const {
        std::filesystem::create_directories((data / path).parent_path());
        std::ofstream(data / path, std::ios::binary) << bytes;
    }
    /// Keeps all files of the folder.
    Manifest back_up(Instant now = start, bool full = false) const {
        const auto lock = FolderLock::take(place.folder).value();
        auto taking = Taking::begin(place, now, full).value();
        for (const auto& [path, bytes] : files_in(data)) taking.keep(data / path, path);
        Manifest about;
        about.program = "1.2.3";
        about.engine = "sqlite";
        about.schema = 13;
        about.heads = {{7, 42, sha256("head")}};
        return taking.finish(std::move(about));
    }
    Result<std::vector<Refusal>> restore(const Manifest& manifest, const std::string& to) const {
        return put_back(place, manifest, root / to);
    }

    static std::string read(const std::filesystem::path& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static std::map<std::string, std::string> files_in(const std::filesystem::path& folder) {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            files[std::filesystem::relative(entry.path(), folder).string()] = read(entry.path());
        }
        return files;
    }
};

/// Bytes that do not compress, the same for the same seed.
inline std::string noise(std::size_t size, std::string_view seed) {
    std::string bytes;
    for (std::int64_t i = 0; bytes.size() < size; ++i) {
        const auto digest = sha256(std::string(seed) + std::to_string(i));
        bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    }
    bytes.resize(size);
    return bytes;
}

inline void flip(const std::filesystem::path& file, std::int64_t place) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(place);
    const auto byte = static_cast<char>(stream.get() ^ 1);
    stream.seekp(place);
    stream.put(byte);
}

inline void cut(const std::filesystem::path& file, std::uintmax_t by) {
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - by);
}

} // namespace kringwerk::backup::testing
