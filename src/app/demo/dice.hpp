// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <span>
#include <string_view>

namespace kringwerk::demo {

/// Chance that falls the same way on every machine. The distributions of the standard library
/// differ between its makers, so the few that are needed stand here, in whole numbers.
class Dice {
  public:
    /// The same seed and purpose give the same numbers; other purposes give others.
    Dice(std::uint64_t seed, std::string_view purpose);

    /// A number from 0 to `end` - 1; `end` is above 0.
    std::int64_t below(std::int64_t end);
    /// A number from `low` to `high`, both included.
    std::int64_t between(std::int64_t low, std::int64_t high);
    /// True in `permille` of a thousand cases.
    bool happens(std::int64_t permille);
    /// Near `mean`, mostly close to it, never further than `spread` thousandths of it.
    std::int64_t around(std::int64_t mean, std::int64_t spread);
    /// How often something happens that happens `mean_milli` thousandths of a time on average.
    std::int64_t times(std::int64_t mean_milli);
    /// An index, each as likely as its weight. Weights are not below 0; not all are 0.
    std::size_t pick(std::span<const std::int64_t> weights);
    std::array<std::uint8_t, 10> ten_bytes();

  private:
    std::mt19937_64 engine_;
};

} // namespace kringwerk::demo
