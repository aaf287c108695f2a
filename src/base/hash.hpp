// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kringwerk {

/// A SHA-256 digest.
using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4, by OpenSSL) over what is fed to it. One object may hash many messages in
/// turn: `finish` starts a new one. Not for two threads at once.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void bytes(std::string_view text);
    void bytes(std::span<const std::uint8_t> data);
    /// Eight bytes, most significant first.
    void integer(std::int64_t value);
    Digest finish();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

Digest sha256(std::string_view text);
Digest sha256(std::span<const std::uint8_t> data);

/// The bytes of a text, which must outlive them.
inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
/// Lower-case hexadecimal.
std::string hex(std::span<const std::uint8_t> bytes);
std::optional<std::uint8_t> hex_digit(char sign);
/// Reads exactly 64 hexadecimal digits; anything else is nothing.
std::optional<Digest> parse_digest(std::string_view text);

/// `count` bytes nobody can guess, from the operating system.
std::string random_bytes(std::size_t count);
/// Compares without telling by its duration where two secrets differ.
bool same_secret(std::string_view left, std::string_view right);

} // namespace kringwerk
