// SPDX-License-Identifier: EUPL-1.2
#include "base/id.hpp"

#include "base/hash.hpp"

#include <algorithm>

namespace kringwerk {
namespace {

constexpr std::array<std::size_t, 4> dashes{8, 13, 18, 23};

bool is_dash(std::size_t place) {
    return std::find(dashes.begin(), dashes.end(), place) != dashes.end();
}

UuidBytes with_version(UuidBytes bytes, std::uint8_t version) {
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | (version << 4));
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    return bytes;
}

} // namespace

std::optional<UuidBytes> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    UuidBytes bytes{};
    std::size_t digit = 0;
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (is_dash(place)) {
            if (text[place] != '-') return std::nullopt;
            continue;
        }
        const auto value = hex_digit(text[place]);
        if (!value) return std::nullopt;
        bytes[digit / 2] = static_cast<std::uint8_t>(bytes[digit / 2] << 4 | *value);
        ++digit;
    }
    return bytes;
}

std::string format_uuid(const UuidBytes& bytes) {
    auto text = hex(bytes);
    for (const auto place : dashes) text.insert(place, 1, '-');
    return text;
}

UuidBytes make_uuid7(Instant now, const std::array<std::uint8_t, 10>& random) {
    UuidBytes bytes{};
    for (std::size_t i = 0; i < 6; ++i) {
        bytes[i] = static_cast<std::uint8_t>(now.ms >> (40 - 8 * static_cast<int>(i)));
    }
    std::copy(random.begin(), random.end(), bytes.begin() + 6);
    return with_version(bytes, 7);
}

UuidBytes new_uuid7(Instant now) {
    std::array<std::uint8_t, 10> random{};
    const auto bytes = random_bytes(random.size());
    std::copy(bytes.begin(), bytes.end(), random.begin());
    return make_uuid7(now, random);
}

UuidBytes derive_uuid8(std::span<const std::string_view> parts) {
    Sha256 hash;
    for (const auto part : parts) {
        hash.integer(static_cast<std::int64_t>(part.size()));
        hash.bytes(part);
    }
    const auto digest = hash.finish();
    UuidBytes bytes{};
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    return with_version(bytes, 8);
}

} // namespace kringwerk
