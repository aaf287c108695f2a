// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/secrets.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <algorithm>
#include <span>

namespace kringwerk::people {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 19 * 1024 * 1024;

/// The commonest long ones in published lists of leaked passwords, and ours.
constexpr std::array<std::string_view, 16> common{
    "1234567890",   "0123456789", "12345678910",  "qwertyuiop",   "wachtwoord1", "wachtwoord123",
    "welkom12345",  "welkom2026", "password123",  "password1234", "iloveyou12",  "kringwerk1",
    "kringwerk123", "kringloop1", "kringloop123", "aaaaaaaaaa"};

/// Letters as people count them: every byte that does not continue one in UTF-8.
std::ptrdiff_t letters_in(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char sign) {
        return (static_cast<unsigned char>(sign) & 0xC0) != 0x80;
    });
}

Digest stretch(std::string_view pin, std::span<const std::uint8_t> salt) {
    Digest made{};
    const int done = PKCS5_PBKDF2_HMAC(pin.data(), static_cast<int>(pin.size()), salt.data(),
                                       static_cast<int>(salt.size()), PinCheck::rounds,
                                       EVP_sha256(), static_cast<int>(made.size()), made.data());
    if (done != 1) throw Breakdown("OpenSSL does not make a key from a PIN");
    return made;
}

bool is_row(std::string_view pin, int step) {
    for (std::size_t i = 1; i < pin.size(); ++i) {
        if (pin[i] - pin[i - 1] != step) return false;
    }
    return true;
}

} // namespace

Result<void> check_password(std::string_view password) {
    constexpr std::ptrdiff_t shortest = 10;
    constexpr std::size_t longest = 200;
    if (letters_in(password) < shortest) return refuse("people.password_short");
    if (password.size() > longest) return refuse("people.password_long");
    const auto plain = lower(password);
    const bool one_sign = plain.find_first_not_of(plain[0]) == plain.npos;
    if (one_sign || std::find(common.begin(), common.end(), plain) != common.end()) {
        return refuse("people.password_common");
    }
    return {};
}

std::string hash_password(std::string_view password) {
    ensure(sodium_init() >= 0, "libsodium starts");
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int failed = crypto_pwhash_str_alg(text.data(), password.data(), password.size(), passes,
                                             memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) throw Breakdown("there is no memory to hash a password");
    return text.data();
}

bool password_is(std::string_view password, const std::string& hash) {
    ensure(sodium_init() >= 0, "libsodium starts");
    return !hash.empty() &&
           crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

Result<void> check_pin(std::string_view pin) {
    const bool digits = std::all_of(pin.begin(), pin.end(), is_digit);
    if (!digits || pin.size() != 4) return refuse("people.pin_shape");
    if (is_row(pin, 0) || is_row(pin, 1) || is_row(pin, -1)) return refuse("people.pin_easy");
    return {};
}

PinCheck make_pin(std::string_view pin) {
    PinCheck made;
    const auto random = random_bytes(made.salt.size());
    std::copy(random.begin(), random.end(), made.salt.begin());
    made.hash = stretch(pin, made.salt);
    return made;
}

bool pin_is(std::string_view pin, const PinCheck& check) {
    const auto made = stretch(pin, check.salt);
    return CRYPTO_memcmp(made.data(), check.hash.data(), made.size()) == 0;
}

std::string new_totp_secret() { return random_bytes(20); }

std::string base32(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    unsigned held = 0;
    int bits = 0;
    for (const char byte : bytes) {
        held = held << 8 | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 5; bits -= 5) text += alphabet[held >> (bits - 5) & 31];
    }
    if (bits > 0) text += alphabet[held << (5 - bits) & 31];
    return text;
}

int totp_code(std::string_view secret, std::int64_t step) {
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < 8; ++i)
        counter[i] = static_cast<std::uint8_t>(step >> (56 - 8 * i));
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> made{};
    unsigned length = 0;
    const auto key = bytes_of(secret);
    const auto* const done = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
                                  counter.data(), counter.size(), made.data(), &length);
    if (done == nullptr || length != 20) throw Breakdown("OpenSSL does not make an HMAC");
    const auto at = static_cast<std::size_t>(made[19] & 15); // RFC 4226, dynamic truncation
    std::uint32_t cut = made[at] & 0x7FU;
    for (std::size_t i = 1; i < 4; ++i) cut = cut << 8 | made[at + i];
    return static_cast<int>(cut % 1'000'000);
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Instant now,
                                      std::int64_t last_used) {
    std::string digits(code);
    std::erase(digits, ' ');
    const auto given = parse_whole(digits);
    if (digits.size() != 6 || !given || secret.empty()) return std::nullopt;
    const auto present = now.ms / 30'000;
    for (const auto step : {present, present - 1, present + 1}) {
        if (step > last_used && totp_code(secret, step) == *given) return step;
    }
    return std::nullopt;
}

std::string new_key(std::string_view prefix) {
    const auto bytes = random_bytes(20);
    return fmt::format("{}_{}", prefix, hex(bytes_of(bytes)));
}

} // namespace kringwerk::people
