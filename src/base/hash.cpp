// SPDX-License-Identifier: EUPL-1.2
#include "base/hash.hpp"

#include "base/ensure.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace kringwerk {
namespace {

/// Fetched once: looking the algorithm up costs more than hashing a movement.
const EVP_MD* algorithm() {
    static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    ensure(fetched != nullptr, "OpenSSL knows SHA-256");
    return fetched;
}

} // namespace

struct Sha256::Context {
    EVP_MD_CTX* evp = EVP_MD_CTX_new();
    Context() {
        ensure(evp != nullptr, "OpenSSL gives a context");
        start();
    }
    ~Context() { EVP_MD_CTX_free(evp); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    void start() { ensure(EVP_DigestInit_ex2(evp, algorithm(), nullptr) == 1, "a hash starts"); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::bytes(std::string_view text) {
    EVP_DigestUpdate(context_->evp, text.data(), text.size());
}

void Sha256::bytes(std::span<const std::uint8_t> data) {
    EVP_DigestUpdate(context_->evp, data.data(), data.size());
}

void Sha256::integer(std::int64_t value) {
    std::array<std::uint8_t, 8> big{};
    for (std::size_t i = 0; i < big.size(); ++i) {
        big[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
    }
    bytes(big);
}

Digest Sha256::finish() {
    Digest digest{};
    unsigned length = 0;
    EVP_DigestFinal_ex(context_->evp, digest.data(), &length);
    ensure(length == digest.size(), "SHA-256 gives 32 bytes");
    context_->start();
    return digest;
}

Digest sha256(std::string_view text) {
    Sha256 hash;
    hash.bytes(text);
    return hash.finish();
}

Digest sha256(std::span<const std::uint8_t> data) {
    Sha256 hash;
    hash.bytes(data);
    return hash.finish();
}

std::string hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 0x0F];
    }
    return text;
}

std::optional<std::uint8_t> hex_digit(char sign) {
    if (sign >= '0' && sign <= '9') return static_cast<std::uint8_t>(sign - '0');
    if (sign >= 'a' && sign <= 'f') return static_cast<std::uint8_t>(sign - 'a' + 10);
    if (sign >= 'A' && sign <= 'F') return static_cast<std::uint8_t>(sign - 'A' + 10);
    return std::nullopt;
}

std::optional<Digest> parse_digest(std::string_view text) {
    if (text.size() != 64) return std::nullopt;
    Digest digest{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto value = hex_digit(text[i]);
        if (!value) return std::nullopt;
        digest[i / 2] = static_cast<std::uint8_t>(digest[i / 2] << 4 | *value);
    }
    return digest;
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    const auto done =
        RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count));
    if (done != 1) throw Breakdown("the operating system gave no random bytes");
    return bytes;
}

bool same_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace kringwerk
