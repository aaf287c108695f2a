// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kringwerk::authority {

enum class Readers { owner, everybody };

/// The whole file. Nothing when there is none; throws `Breakdown` when it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& path);

/// Writes beside the file, down to the disk, then renames: readers see the old file or the new
/// one. Until it is whole only the owner may read it. Throws `Breakdown`.
void write_file(const std::filesystem::path& path, std::string_view text, Readers readers);

/// Takes from others what they may do with a secret, as a backup that was put back may have left
/// it.
void keep_to_owner(const std::filesystem::path& path);

} // namespace kringwerk::authority
