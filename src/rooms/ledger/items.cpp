// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/items.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"

namespace kringwerk::ledger {
namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::int64_t radix = static_cast<std::int64_t>(alphabet.size());
static_assert(radix == 31, "a prime number of signs, for the check character");

constexpr int number_bits = 40; // 10^12 items a centre, 8 million centres
constexpr std::int64_t number_mask = (std::int64_t{1} << number_bits) - 1;

/// At least `least` signs.
std::string in_alphabet(std::int64_t value, std::size_t least) {
    std::string text;
    while (value > 0 || text.size() < least) {
        text.insert(text.begin(), alphabet[static_cast<std::size_t>(value % radix)]);
        value /= radix;
    }
    return text;
}

std::optional<std::int64_t> from_alphabet(std::string_view text) {
    std::int64_t value = 0;
    for (const char sign : text) {
        const auto digit = alphabet.find(sign);
        if (digit == alphabet.npos || value > number_mask) return std::nullopt;
        value = value * radix + static_cast<std::int64_t>(digit);
    }
    return value;
}

/// Weights 2, 3, ... from the left; a code is shorter than 31 signs, so no weight is 0 mod 31.
char check_of(std::string_view signs) {
    std::int64_t sum = 0;
    std::int64_t weight = 2;
    for (const char sign : signs) {
        sum += weight++ * static_cast<std::int64_t>(alphabet.find(sign));
    }
    return alphabet[static_cast<std::size_t>(sum % radix)];
}

} // namespace

ItemId make_item(CentreId issuer, std::int64_t number) {
    ensure(issuer.value > 0 && issuer.value < (1 << 22), "a centre's number fits in a code");
    ensure(number > 0 && number <= number_mask, "an item's number fits in a code");
    return {issuer.value << number_bits | number};
}

CentreId issuer_of(ItemId item) { return {item.value >> number_bits}; }
std::int64_t number_of(ItemId item) { return item.value & number_mask; }

std::string code_of(ItemId item) {
    const auto prefix = in_alphabet(issuer_of(item).value, 2);
    const auto number = in_alphabet(number_of(item), 4);
    return prefix + "-" + number + "-" + check_of(prefix + number);
}

std::optional<ItemId> parse_item(std::string_view code) {
    std::string signs;
    std::size_t first_dash = code.npos;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char sign = code[i];
        if (sign == '-' || sign == ' ') {
            if (first_dash == code.npos) first_dash = signs.size();
            continue;
        }
        signs += upper(sign);
    }
    // Without a dash the prefix has its two usual signs.
    const std::size_t prefix = first_dash == code.npos ? 2 : first_dash;
    if (signs.size() < prefix + 5 || signs.size() > 20 || prefix < 2) return std::nullopt;
    const auto body = std::string_view(signs).substr(0, signs.size() - 1);
    const auto issuer = from_alphabet(body.substr(0, prefix));
    const auto number = from_alphabet(body.substr(prefix));
    if (!issuer || !number || check_of(body) != signs.back()) return std::nullopt;
    if (*issuer < 1 || *issuer >= (1 << 22) || *number < 1 || *number > number_mask) return {};
    return make_item({*issuer}, *number);
}

} // namespace kringwerk::ledger
