// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kringwerk::cli {

/// How many letters one must add, leave out, replace, or swap with a neighbour to get from one word
/// to the other (optimal string alignment).
std::size_t edit_distance(std::string_view left, std::string_view right);

/// The known word that somebody probably meant by `word`: at most one letter in three is different.
/// Of two equally near the first.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

} // namespace kringwerk::cli
