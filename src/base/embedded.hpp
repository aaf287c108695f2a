// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace kringwerk {

/// A file of the source tree that the build put into the program, under its path there:
/// "reference/streams.csv", "migrations/0001_ledger/sqlite.sql", "web/dist/app.js.br".
struct EmbeddedFile {
    std::string_view path;
    std::string_view content;
};

/// All of them, sorted by path.
std::span<const EmbeddedFile> embedded_files();
std::optional<std::string_view> embedded(std::string_view path);
/// The content of a file without which the program would not have been built. A bug when absent.
std::string_view embedded_or_bug(std::string_view path);
/// Those whose path begins with `prefix`.
std::span<const EmbeddedFile> embedded_below(std::string_view prefix);

} // namespace kringwerk
