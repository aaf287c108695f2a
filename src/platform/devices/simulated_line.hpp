// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scale_line.hpp"

#include <cstdint>
#include <string>

/// What a scale made of software writes, and what stands on it in the demo. No network, no clock.
namespace kringwerk::devices {

enum class Checksum { none, sent };

/// `weight` as a scale of this format would send it, with its line end, in kilograms with three
/// decimals. A tare shows in `toledo` only, and `toledo` shows what six digits cannot as over or
/// under. Empty when the format cannot say it: a pattern without {stable} tells weights at rest.
std::string write_line(const LineFormat& format, const Reading& weight,
                       Checksum checksum = Checksum::none);

/// Goods that come and go, about every twenty seconds: a weight of 1 to 60 kg wobbles for 1.6 s,
/// rests for 8 s, long enough to be booked by hand, and is taken off, and after 8 to 13 s comes the
/// next. One step is a fifth of a second. The same seed gives the same goods on every machine.
class DemoLoad {
  public:
    explicit DemoLoad(std::uint64_t seed) : state_(seed) {}
    Reading next();

  private:
    std::uint64_t random_below(std::uint64_t bound);
    void bring_goods();

    std::uint64_t state_;
    Grams goods_;
    int step_ = 0;
    int last_step_ = 0;
};

} // namespace kringwerk::devices
