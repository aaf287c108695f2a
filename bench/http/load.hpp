// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace kringwerk::bench {

/// Keeps `connections` busy for `time`, each with one request at a time, and counts the answers.
/// Throws `Breakdown` at an answer other than 200.
std::int64_t drive(std::uint16_t port, const std::string& request, int connections,
                   std::chrono::milliseconds time);

} // namespace kringwerk::bench
