// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace kringwerk::bench {

/// Gives the next request to send, or nothing when there are no more. What it points to lives until
/// `drive` ends.
using NextRequest = std::function<const std::string*()>;

/// Keeps `connections` busy, each with one request at a time, until all is answered; counts the
/// answers. Throws `Breakdown` at an answer other than 200 and 201.
std::int64_t drive(std::uint16_t port, int connections, const NextRequest& next);

} // namespace kringwerk::bench
