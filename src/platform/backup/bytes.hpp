// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

/// Numbers and digests inside the messages of a backup, most significant byte first.
namespace kringwerk::backup {

constexpr std::size_t number_bytes = 4;

inline void append_number(std::string& bytes, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(static_cast<unsigned char>(number >> shift));
    }
}
inline std::uint32_t number_at(std::string_view bytes, std::size_t place) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < number_bytes; ++i) {
        number = (number << 8) | static_cast<unsigned char>(bytes[place + i]);
    }
    return number;
}

inline void append_digest(std::string& bytes, const Digest& digest) {
    bytes.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}
inline Digest digest_at(std::string_view bytes, std::size_t place) {
    Digest digest{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(place), digest.size(),
                reinterpret_cast<char*>(digest.data()));
    return digest;
}

} // namespace kringwerk::backup
