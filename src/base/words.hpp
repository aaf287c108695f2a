// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Reading short plain text: what stands in a field of a form, a line of a table, an option.
namespace kringwerk {

/// One of 0 to 9, whatever the language of the machine.
constexpr bool is_digit(char sign) { return sign >= '0' && sign <= '9'; }
/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);
/// The parts of `text` between `separator`, without blanks around them.
std::vector<std::string_view> split(std::string_view text, char separator);
/// A whole number in decimal digits, perhaps with a minus sign, and nothing else; one that does not
/// fit is nothing too.
std::optional<std::int64_t> parse_whole(std::string_view text);

} // namespace kringwerk
