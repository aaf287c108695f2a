// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/quantities.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// Weights as scales write them: "18.200 kg", "-  0,02", "1200 g". What all profiles share.
namespace kringwerk::devices {

/// The units that Kringwerk counts in. Pounds, ounces and pieces have no place here: they are
/// refused, because nobody in a Dutch centre means them.
enum class Unit { gram, kilogram, tonne };

/// "g", "kg" or "t", in either case.
std::optional<Unit> parse_unit(std::string_view text);
std::string_view name_of(Unit unit);

/// A number as it was written: `digits` counts units of 10^-decimals.
struct Decimal {
    std::int64_t digits = 0;
    int decimals = 0;
};

constexpr bool is_blank(char sign) { return sign == ' ' || sign == '\t'; }
constexpr bool is_letter(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
}

/// Takes blanks off the front of `text`.
void skip_blanks(std::string_view& text);
/// Takes a number off the front of `text`: perhaps a sign, perhaps blanks, then at most twelve
/// digits with perhaps one point or comma. A second point or comma is no part of it. When
/// no number stands there, `text` stays as it was.
std::optional<Decimal> take_decimal(std::string_view& text);
/// Takes letters off the front of `text`, as many as there are.
std::string_view take_letters(std::string_view& text);

/// Refuses "devices.too_fine" what is no whole number of grams. Nothing is rounded here: a weighing
/// that a scale shows must be the weighing that is booked.
Result<Grams> to_grams(Decimal weight, Unit unit);
/// A unit by its name; refuses "devices.wrong_unit".
Result<Unit> require_unit(std::string_view name);

} // namespace kringwerk::devices
