// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace kringwerk::http {

/// Makes the numbers of requests: eight characters that can be read over the telephone (no i, l, 1,
/// o or 0). No two are alike before 850 thousand million, and neighbours look different.
class Numbers {
  public:
    Numbers(); ///< begins anywhere
    explicit Numbers(std::uint64_t begin) : next_(begin) {}
    std::string next();

  private:
    std::atomic<std::uint64_t> next_;
};

} // namespace kringwerk::http
