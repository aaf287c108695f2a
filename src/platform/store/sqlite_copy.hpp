// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace kringwerk {

/// Copies a SQLite database into a new file, as it is at one moment, while others read and write.
/// The copy is not forced to the disk. Refuses "store.absent".
Result<void> copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace kringwerk
