// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/numbers.hpp"

#include "base/words.hpp"

#include <algorithm>

namespace kringwerk::intake {
namespace {

constexpr std::size_t longest = 9; ///< digits before the comma; more is refused later anyway

bool digits_only(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char sign) { return sign >= '0' && sign <= '9'; });
}

std::string_view without_unit(std::string_view text, std::string_view unit) {
    text = trimmed(text);
    if (unit.empty()) return text;
    if (text.starts_with(unit)) return trimmed(text.substr(unit.size()));
    if (text.ends_with(unit)) return trimmed(text.substr(0, text.size() - unit.size()));
    return text;
}

/// "1.250" or "12.345.678" to its digits; nothing when the groups are not of three.
std::optional<std::string> without_groups(std::string_view whole, char group) {
    std::string digits;
    std::size_t in_group = 0;
    bool grouped = false;
    for (const char sign : whole) {
        if (sign == group) {
            if (grouped ? in_group != 3 : in_group == 0 || in_group > 3) return std::nullopt;
            grouped = true;
            in_group = 0;
            continue;
        }
        digits += sign;
        ++in_group;
    }
    if (grouped && in_group != 3) return std::nullopt;
    return digits;
}

} // namespace

std::optional<Typed> parse_typed(std::string_view text, int decimals, std::string_view unit) {
    text = without_unit(text, unit);
    const auto mark = text.find_last_of(",.");
    auto whole = text.substr(0, mark);
    const auto part = mark == text.npos ? std::string_view() : text.substr(mark + 1);
    if (whole.empty() || (mark != text.npos && part.empty())) return std::nullopt;
    const char group = mark != text.npos && text[mark] == ',' ? '.' : ',';
    const auto digits = without_groups(whole, group);
    if (!digits || !digits_only(*digits) || !digits_only(part)) return std::nullopt;
    if (digits->size() > longest || static_cast<int>(part.size()) > std::max(decimals, 3)) {
        return std::nullopt;
    }

    // A point with three digits behind it separates thousands for most people here.
    const bool ambiguous = mark != text.npos && text[mark] == '.' && part.size() == 3 &&
                           digits->size() <= 3 && whole != "0" && digits->size() == whole.size();
    if (static_cast<int>(part.size()) > decimals && !ambiguous) return std::nullopt;
    Typed typed{0, ambiguous};
    for (const char sign : *digits) typed.value = typed.value * 10 + (sign - '0');
    for (int i = 0; i < decimals; ++i) {
        const auto at = static_cast<std::size_t>(i);
        typed.value = typed.value * 10 + (at < part.size() ? part[at] - '0' : 0);
    }
    return typed;
}

Cents rounded_to_five(Cents total) { return {(total.value + 2) / 5 * 5}; }

Cents vat_inside(Cents price) { return {(price.value * 42 + 121) / 242}; }

} // namespace kringwerk::intake
