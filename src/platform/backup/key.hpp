// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

namespace kringwerk::backup {

/// 32 secret bytes with which a backup is encrypted. Who loses them loses the backup.
struct Key {
    std::array<std::uint8_t, 32> bytes{};
    /// Sixteen hexadecimal digits that tell keys apart, and nothing about what they lock.
    std::string id() const;
};

/// Refuses "backup.no_key" (no such file) and "backup.not_a_key".
Result<Key> read_key(const std::filesystem::path& file);
/// Makes a key in a new file that only its owner reads. Refuses "backup.key_exists": a key that was
/// replaced opens nothing any more.
Result<Key> make_key(const std::filesystem::path& file);

} // namespace kringwerk::backup
