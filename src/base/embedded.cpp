// SPDX-License-Identifier: EUPL-1.2
#include "base/embedded.hpp"

#include "base/ensure.hpp"

#include <algorithm>
#include <string>

namespace kringwerk {

std::optional<std::string_view> embedded(std::string_view path) {
    const auto files = embedded_files();
    const auto found = std::lower_bound(
        files.begin(), files.end(), path,
        [](const EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
    if (found == files.end() || found->path != path) return std::nullopt;
    return found->content;
}

std::string_view embedded_or_bug(std::string_view path) {
    const auto content = embedded(path);
    ensure(content.has_value(), "the program holds the file " + std::string(path));
    return *content;
}

std::span<const EmbeddedFile> embedded_below(std::string_view prefix) {
    const auto files = embedded_files();
    const auto before = [](const EmbeddedFile& file, std::string_view wanted) {
        return file.path.substr(0, wanted.size()) < wanted;
    };
    const auto after = [](std::string_view wanted, const EmbeddedFile& file) {
        return wanted < file.path.substr(0, wanted.size());
    };
    const auto first = std::lower_bound(files.begin(), files.end(), prefix, before);
    return {first, std::upper_bound(first, files.end(), prefix, after)};
}

} // namespace kringwerk
