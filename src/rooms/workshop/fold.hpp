// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/workshop/types.hpp"

#include <optional>
#include <string_view>

/// Spelling differs between those who publish repair data: "No way to open the product", "Too worn
/// out", "Hair & Beauty item". For counting it is folded; a record keeps what it said.
namespace kringwerk::workshop {

/// What was meant, and whether it stood there as the standard spells it.
template <class T> struct Folded {
    T value;
    bool as_standard = false;
};

/// Nothing when no outcome of the standard is meant. Its numbers 0 to 3 are understood too.
std::optional<Folded<Outcome>> fold_outcome(std::string_view text);
/// Nothing when no barrier of the standard is meant. Empty is `Barrier::none`.
std::optional<Folded<Barrier>> fold_barrier(std::string_view text);
/// The number of the category, or nothing when none of the 40 is meant.
std::optional<Folded<int>> fold_category(std::string_view text);

} // namespace kringwerk::workshop
