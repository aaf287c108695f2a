// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kringwerk {

/// Identity of a reference row. `Id<Centre>` and `Id<Category>` are different types and cannot be
/// swapped. What a counter makes offline (movement, ticket) has a `Uuid<T>` instead.
template <class Of> struct Id {
    std::int64_t value = 0;
    friend constexpr auto operator<=>(Id, Id) = default;
};

/// The 16 bytes of a UUID in network order (RFC 9562).
using UuidBytes = std::array<std::uint8_t, 16>;

/// Reads the 36 characters of a UUID in either case; anything else is nothing.
std::optional<UuidBytes> parse_uuid(std::string_view text);
/// The 36 characters of a UUID, lower case.
std::string format_uuid(const UuidBytes& bytes);
/// UUID version 7: 48 bits of milliseconds, then `random` with version and variant set.
UuidBytes make_uuid7(Instant now, const std::array<std::uint8_t, 10>& random);
/// UUID version 7 with random bits from the operating system.
UuidBytes new_uuid7(Instant now);
/// UUID version 8 over SHA-256 of `parts`, each with its length in front, so that the same parts
/// always give the same id and no two lists of parts read alike.
UuidBytes derive_uuid8(std::span<const std::string_view> parts);

/// Identity of what its sender made before sending.
template <class Of> struct Uuid {
    UuidBytes bytes{};

    friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;
    bool empty() const { return bytes == UuidBytes{}; }
    std::string text() const { return format_uuid(bytes); }
    static std::optional<Uuid> parse(std::string_view text) {
        const auto bytes = parse_uuid(text);
        if (!bytes) return std::nullopt;
        return Uuid{*bytes};
    }
};

} // namespace kringwerk
