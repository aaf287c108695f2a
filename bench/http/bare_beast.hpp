// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace kringwerk::bench {

/// What both servers do with a POST: read JSON, add up the grams, answer JSON.
std::string sum_of(std::string_view body);

/// Serves POST / with Beast's own reading and writing and nothing else, on one thread, for ever.
/// Says its port to `ready` first.
void serve_bare(const std::function<void(std::uint16_t)>& ready);

} // namespace kringwerk::bench
