// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::cli {

/// One line of a settings file: `key = value`.
struct FileEntry {
    std::string key;
    std::optional<std::string> text; ///< nothing when it is a list, a table or a date
    unsigned line = 0;
};

struct FileError {
    std::string reason; ///< in English, as the reader says it
    unsigned line = 0;
};

/// Reads a TOML file to its entries, in the order of their lines.
tl::expected<std::vector<FileEntry>, FileError> read_entries(std::string_view toml);

} // namespace kringwerk::cli
