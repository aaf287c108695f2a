// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reading short plain text: what stands in a field of a form, a line of a table, an option.
namespace kringwerk {

/// One of 0 to 9, whatever the language of the machine.
constexpr bool is_digit(char sign) { return sign >= '0' && sign <= '9'; }
/// Letters of ASCII only, whatever the language of the machine; others stay as they are.
constexpr char lower(char sign) {
    return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
}
constexpr char upper(char sign) {
    return sign >= 'a' && sign <= 'z' ? static_cast<char>(sign - 'a' + 'A') : sign;
}
std::string lower(std::string_view text);
std::string upper(std::string_view text);
/// The same but for small and capital letters of ASCII.
bool same_letters(std::string_view left, std::string_view right);
/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);
/// The parts of `text` between `separator`, without blanks around them.
std::vector<std::string_view> split(std::string_view text, char separator);
/// A whole number in decimal digits, perhaps with a minus sign, and nothing else; one that does not
/// fit is nothing too.
std::optional<std::int64_t> parse_whole(std::string_view text);

} // namespace kringwerk
