// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Addresses of the Internet and ranges of them, as values.
namespace kringwerk {

/// IPv6, or IPv4 as the part of IPv6 that stands for it: 127.0.0.1 and ::ffff:127.0.0.1 are one.
struct InternetAddress {
    std::array<std::uint8_t, 16> bytes{};
    friend bool operator==(const InternetAddress&, const InternetAddress&) = default;
};
/// "192.168.1.20", "fd00::7"; nothing for a name, a port or a zone behind it.
std::optional<InternetAddress> parse_internet_address(std::string_view text);

/// All addresses that begin with the same bits.
struct AddressRange {
    InternetAddress first;
    int bits = 128; ///< counted in IPv6, so 96 more than IPv4 says
    bool holds(const InternetAddress& address) const;
};
using AddressRanges = std::vector<AddressRange>;

/// "127.0.0.0/8, ::1": with commas between, an address alone is a range of one; empty is none.
/// Refuses "config.not_a_network" with the part that cannot be read as "given".
Result<AddressRanges> parse_ranges(std::string_view text);
/// Whether `address` can be read as one and stands in one of the ranges.
bool is_within(std::string_view address, std::span<const AddressRange> ranges);

} // namespace kringwerk
