// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/dice.hpp"

#include "base/ensure.hpp"
#include "base/hash.hpp"

#include <limits>

namespace kringwerk::demo {
namespace {

std::uint64_t seed_for(std::uint64_t seed, std::string_view purpose) {
    Sha256 hash;
    hash.integer(static_cast<std::int64_t>(seed));
    hash.bytes(purpose);
    const auto digest = hash.finish();
    std::uint64_t mixed = 0;
    for (std::size_t i = 0; i < 8; ++i) mixed = mixed << 8 | digest[i];
    return mixed;
}

} // namespace

Dice::Dice(std::uint64_t seed, std::string_view purpose) : engine_(seed_for(seed, purpose)) {}

std::int64_t Dice::below(std::int64_t end) {
    ensure(end > 0, "a die has at least one side");
    const auto sides = static_cast<std::uint64_t>(end);
    // What lies above the last whole multiple is thrown again, so that each side is as likely.
    const auto fair = std::numeric_limits<std::uint64_t>::max() / sides * sides;
    auto thrown = engine_();
    while (thrown >= fair) thrown = engine_();
    return static_cast<std::int64_t>(thrown % sides);
}

std::int64_t Dice::between(std::int64_t low, std::int64_t high) {
    return low + below(high - low + 1);
}

bool Dice::happens(std::int64_t permille) { return below(1000) < permille; }

std::int64_t Dice::around(std::int64_t mean, std::int64_t spread) {
    const auto reach = mean * spread / 1000;
    if (reach <= 0) return mean;
    // Two throws together lie near the middle more often than at the ends.
    return mean - reach + (between(0, 2 * reach) + between(0, 2 * reach)) / 2;
}

std::int64_t Dice::times(std::int64_t mean_milli) {
    if (mean_milli >= 8000) {
        const auto near = around(mean_milli, 450);
        return near / 1000 + (happens(near % 1000) ? 1 : 0);
    }
    std::int64_t count = 0;
    for (int chance = 0; chance < 8; ++chance) count += below(8000) < mean_milli ? 1 : 0;
    return count;
}

std::size_t Dice::pick(std::span<const std::int64_t> weights) {
    std::int64_t sum = 0;
    for (const auto weight : weights) sum += weight;
    auto left = below(sum);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        left -= weights[i];
        if (left < 0) return i;
    }
    throw Bug("a throw below the sum of the weights falls on one of them");
}

std::array<std::uint8_t, 10> Dice::ten_bytes() {
    std::array<std::uint8_t, 10> bytes{};
    auto drawn = engine_();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 8) drawn = engine_();
        bytes[i] = static_cast<std::uint8_t>(drawn & 0xFF);
        drawn >>= 8;
    }
    return bytes;
}

} // namespace kringwerk::demo
