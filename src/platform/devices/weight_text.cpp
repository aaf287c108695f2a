// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/weight_text.hpp"

#include "base/words.hpp"

#include <cstddef>
#include <string>

namespace kringwerk::devices {
namespace {

// Twelve digits of tonnes are still far from what 64 bits of grams hold.
constexpr int most_digits = 12;

bool is_mark(char sign) { return sign == '.' || sign == ','; }

/// True when `sign` was the minus or plus that it takes off.
bool take_sign(std::string_view& text, char sign) {
    if (text.empty() || text.front() != sign) return false;
    text.remove_prefix(1);
    return true;
}

/// How many grams one unit is, as a power of ten.
int exponent_of(Unit unit) {
    if (unit == Unit::gram) return 0;
    return unit == Unit::kilogram ? 3 : 6;
}

} // namespace

std::optional<Unit> parse_unit(std::string_view text) {
    if (same_letters(text, "g")) return Unit::gram;
    if (same_letters(text, "kg")) return Unit::kilogram;
    if (same_letters(text, "t")) return Unit::tonne;
    return std::nullopt;
}

std::string_view name_of(Unit unit) {
    if (unit == Unit::gram) return "g";
    return unit == Unit::kilogram ? "kg" : "t";
}

void skip_blanks(std::string_view& text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

std::optional<Decimal> take_decimal(std::string_view& text) {
    auto rest = text;
    const bool negative = take_sign(rest, '-');
    if (!negative) take_sign(rest, '+');
    skip_blanks(rest);

    Decimal found;
    int digits = 0;
    bool after_mark = false;
    for (; !rest.empty(); rest.remove_prefix(1)) {
        if (is_mark(rest.front()) && !after_mark) {
            after_mark = true;
        } else if (is_digit(rest.front())) {
            if (++digits > most_digits) return std::nullopt;
            found.digits = found.digits * 10 + (rest.front() - '0');
            if (after_mark) ++found.decimals;
        } else {
            break;
        }
    }
    if (digits == 0) return std::nullopt;
    if (negative) found.digits = -found.digits;
    text = rest;
    return found;
}

std::string_view take_letters(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && is_letter(text[count])) ++count;
    const auto letters = text.substr(0, count);
    text.remove_prefix(count);
    return letters;
}

Result<Grams> to_grams(Decimal weight, Unit unit) {
    auto grams = weight.digits;
    int exponent = exponent_of(unit) - weight.decimals;
    for (; exponent > 0; --exponent) grams *= 10;
    for (; exponent < 0; ++exponent) {
        if (grams % 10 != 0) return refuse("devices.too_fine");
        grams /= 10;
    }
    return Grams{grams};
}

Result<Unit> require_unit(std::string_view name) {
    const auto unit = parse_unit(name);
    if (!unit) return refuse("devices.wrong_unit", {{"given", std::string(name)}});
    return *unit;
}

} // namespace kringwerk::devices
