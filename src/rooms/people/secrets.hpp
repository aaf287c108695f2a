// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Passwords, PINs and second steps: what proves that somebody is who they say.
namespace kringwerk::people {

/// Long and unlike the commonest; no rules about signs, as NIST SP 800-63B advises. Refuses
/// "people.password_short" (under 10 letters), "people.password_long" (over 200),
/// "people.password_common".
Result<void> check_password(std::string_view password);

/// Argon2id with 19 MiB and two passes (OWASP 2024), by libsodium. Costs a thread some 20 ms.
std::string hash_password(std::string_view password);
bool password_is(std::string_view password, const std::string& hash);

/// A PIN as a device keeps it, to check it without network: PBKDF2 with SHA-256.
struct PinCheck {
    static constexpr int rounds = 210'000;
    std::array<std::uint8_t, 16> salt{};
    Digest hash{};
};
/// Refuses "people.pin_shape" unless it has four digits, "people.pin_easy" for 1234 and the
/// like.
Result<void> check_pin(std::string_view pin);
PinCheck make_pin(std::string_view pin);
bool pin_is(std::string_view pin, const PinCheck& check);

/// Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, six digits, as every app has them.
std::string new_totp_secret(); ///< twenty bytes
std::string base32(std::string_view bytes);
int totp_code(std::string_view secret, std::int64_t step);
/// The step that a code belongs to, now or one step to either side, when it is later than
/// `last_used`; nothing when the code is wrong or was used.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Instant now,
                                      std::int64_t last_used);

/// A text that nobody guesses, "<prefix>_<40 hexadecimal digits>".
std::string new_key(std::string_view prefix);

} // namespace kringwerk::people
