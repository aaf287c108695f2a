// SPDX-License-Identifier: EUPL-1.2
#include "base/internet_address.hpp"

#include "base/words.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace kringwerk {
namespace {

constexpr int bits_before_ipv4 = 96;

bool is_ipv4(std::string_view text) { return text.find(':') == text.npos; }

std::optional<AddressRange> parse_range(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_internet_address(trimmed(text.substr(0, slash)));
    if (!address) return std::nullopt;
    if (slash == text.npos) return AddressRange{*address, 128};
    const auto bits = parse_whole(trimmed(text.substr(slash + 1)));
    const bool old = is_ipv4(text);
    if (!bits || *bits < 0 || *bits > (old ? 32 : 128)) return std::nullopt;
    return AddressRange{*address, static_cast<int>(*bits) + (old ? bits_before_ipv4 : 0)};
}

} // namespace

std::optional<InternetAddress> parse_internet_address(std::string_view text) {
    const std::string asked(text);
    InternetAddress address;
    if (!is_ipv4(text)) {
        if (inet_pton(AF_INET6, asked.c_str(), address.bytes.data()) != 1) return std::nullopt;
        return address;
    }
    if (inet_pton(AF_INET, asked.c_str(), address.bytes.data() + 12) != 1) return std::nullopt;
    address.bytes[10] = address.bytes[11] = 0xff;
    return address;
}

bool AddressRange::holds(const InternetAddress& address) const {
    for (int bit = 0; bit < bits; bit += 8) {
        const auto place = static_cast<std::size_t>(bit / 8);
        const int differs = first.bytes[place] ^ address.bytes[place];
        const int left = std::min(8, bits - bit);
        if ((differs >> (8 - left)) != 0) return false;
    }
    return true;
}

Result<AddressRanges> parse_ranges(std::string_view text) {
    AddressRanges ranges;
    if (trimmed(text).empty()) return ranges;
    for (const auto part : split(text, ',')) {
        const auto range = parse_range(part);
        if (!range) return refuse("config.not_a_network", {{"given", std::string(part)}});
        ranges.push_back(*range);
    }
    return ranges;
}

bool is_within(std::string_view address, std::span<const AddressRange> ranges) {
    if (ranges.empty()) return false;
    const auto parsed = parse_internet_address(address);
    return parsed && std::any_of(ranges.begin(), ranges.end(),
                                 [&](const AddressRange& range) { return range.holds(*parsed); });
}

} // namespace kringwerk
