// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/utf8.hpp"

#include <cstdint>

namespace kringwerk::workshop {
namespace {

/// The length of the character at the front of `text`, 0 when there is none.
std::size_t character_size(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto first = byte(0);
    if (first == 0) return 0;
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    // Written longer than needed, halves of surrogate pairs, and what lies beyond U+10FFFF.
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return size;
}

} // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto size = character_size(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::string cut_utf8(std::string_view text, std::size_t most) {
    if (!is_utf8(text)) return {};
    if (text.size() <= most) return std::string(text);
    std::size_t kept = 0;
    for (auto size = character_size(text); kept + size <= most;) {
        kept += size;
        size = character_size(text.substr(kept));
    }
    return std::string(text.substr(0, kept)) + "\u2026";
}

} // namespace kringwerk::workshop
