// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kringwerk::backup {

/// How a file is called that is not whole yet.
constexpr std::string_view unfinished = ".part";

/// A file that gets its name when all of it is on the disk: what was torn is never mistaken for
/// what is whole. Only its owner reads it. Throws `Breakdown` when the disk does.
class NewFile {
  public:
    explicit NewFile(std::filesystem::path path);
    ~NewFile(); ///< without `finish`: nothing stays
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    void write(std::string_view bytes);
    /// Forces it to the disk and gives it its name.
    void finish();
    std::int64_t bytes() const { return bytes_; }

  private:
    std::filesystem::path path_;
    std::filesystem::path part_;
    int file_ = -1;
    std::int64_t bytes_ = 0;
};

/// Makes what was renamed or removed in a folder last.
void sync_folder(const std::filesystem::path& folder);
/// All of a small file. Throws `Breakdown`.
std::string read_whole(const std::filesystem::path& file);

} // namespace kringwerk::backup
