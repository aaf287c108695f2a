// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/quantities.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace kringwerk::intake {

/// A number as a person types it.
struct Typed {
    std::int64_t value = 0;
    /// "1.250": one and a quarter, or twelve hundred and fifty. Nobody can tell.
    bool ambiguous = false;
};

/// Reads "12", "12,5", "12.5", "1.250,50", with or without `unit` before or after it, in units of
/// 10^-decimals. Nothing when nobody would write a number that way, or with more decimals.
std::optional<Typed> parse_typed(std::string_view text, int decimals, std::string_view unit);

/// What a customer pays in cash: to 5 cents, 1 and 2 down, 3 and 4 up.
Cents rounded_to_five(Cents total);

/// The VAT of 21 % inside a price, rounded half up: price × 21 / 121.
Cents vat_inside(Cents price);

} // namespace kringwerk::intake
