// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"

#include <compare>
#include <cstdint>

namespace kringwerk {

/// A whole number of one unit. Only what makes sense is offered: adding, subtracting, comparing.
/// Grams times grams is nothing, and grams do not add to pieces. Overflow is a bug, never a wrap.
template <class Unit> struct Quantity {
    std::int64_t value = 0;

    friend constexpr auto operator<=>(Quantity, Quantity) = default;
    friend constexpr Quantity operator+(Quantity left, Quantity right) {
        std::int64_t sum = 0;
        ensure(!__builtin_add_overflow(left.value, right.value, &sum), "a sum fits in 64 bits");
        return {sum};
    }
    friend constexpr Quantity operator-(Quantity left, Quantity right) {
        std::int64_t rest = 0;
        ensure(!__builtin_sub_overflow(left.value, right.value, &rest), "a rest fits in 64 bits");
        return {rest};
    }
    friend constexpr Quantity operator-(Quantity amount) { return Quantity{} - amount; }
    constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
    constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }
};

/// A mass in whole grams. Signed: what leaves an account is negative.
using Grams = Quantity<struct GramUnit>;
/// Money in whole euro cents.
using Cents = Quantity<struct CentUnit>;
/// People's time in whole minutes.
using Minutes = Quantity<struct MinuteUnit>;
/// A number of things.
using Pieces = Quantity<struct PieceUnit>;

/// `count` things of `each` grams.
constexpr Grams mass_of(Pieces count, Grams each) {
    std::int64_t product = 0;
    ensure(!__builtin_mul_overflow(count.value, each.value, &product), "a mass fits in 64 bits");
    return {product};
}

/// `part` of `whole` in tenths of a percent, rounded half up. A whole of nothing gives nothing.
/// Each share is rounded by itself: shares shown side by side may differ from 1000 by a few tenths.
constexpr std::int64_t permille_rounded(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return 0;
    const auto wide = static_cast<long double>(part) * 1000.0L / static_cast<long double>(whole);
    return static_cast<std::int64_t>(wide < 0 ? wide - 0.5L : wide + 0.5L);
}

} // namespace kringwerk
