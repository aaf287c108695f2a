// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <string_view>

/// What the fuzz targets share. libFuzzer makes up texts, keeps those that reach new code, and ends
/// with the text at hand when something throws, touches memory that is not its own, or breaks a
/// promise.
namespace kringwerk::fuzz {

/// Written by each target: reads `text` with its parser and checks what must hold of it.
void look_at(std::string_view text);

/// A promise about any text at all.
inline void promise(bool holds, std::string_view what) {
    if (holds) return;
    std::cerr << "BROKEN PROMISE: " << what << '\n';
    std::abort();
}

/// Takes one byte off the front, to choose something with it: below `choices`.
inline std::size_t take_choice(std::string_view& text, std::size_t choices) {
    if (text.empty()) return 0;
    const auto choice = static_cast<unsigned char>(text.front()) % choices;
    text.remove_prefix(1);
    return choice;
}

/// Takes the first line off the front, without its line end.
inline std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

} // namespace kringwerk::fuzz
