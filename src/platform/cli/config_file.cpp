// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/config_file.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>

namespace kringwerk::cli {
namespace {

std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* truth = node.as_boolean()) return truth->get() ? "true" : "false";
    return std::nullopt;
}

} // namespace

tl::expected<std::vector<FileEntry>, FileError> read_entries(std::string_view toml) {
    const auto parsed = toml::parse(toml);
    if (!parsed) {
        const auto& error = parsed.error();
        return tl::unexpected(
            FileError{std::string(error.description()), error.source().begin.line});
    }
    std::vector<FileEntry> entries;
    for (const auto& [key, node] : parsed.table()) {
        entries.push_back({std::string(key.str()), text_of(node), node.source().begin.line});
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& left, const auto& right) { return left.line < right.line; });
    return entries;
}

} // namespace kringwerk::cli
