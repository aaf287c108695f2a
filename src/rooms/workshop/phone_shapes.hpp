// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace kringwerk::workshop {

/// Digits without anything between them, in a text.
struct DigitGroup {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool plus = false; ///< a plus sign stands right before it
    std::size_t size() const { return end - begin; }
};

/// What the word right before a number says it is.
enum class Label { none, phone, thing };
/// Reads back from `at`: "tel.: ", "gsm nr ", "S/N ", "art.nr. ".
Label label_before(std::string_view text, std::size_t at);

/// True when these groups, one or more, together have the shape of a phone number.
bool is_phone(std::string_view text, std::span<const DigitGroup> groups, Label label);

} // namespace kringwerk::workshop
