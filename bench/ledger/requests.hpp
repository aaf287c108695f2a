// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::bench {

/// What is asked of the server: `movements` in all, `in_one` of them in each request, over the
/// centres 1 to `centres` in turn.
struct Wanted {
    int movements = 0;
    int in_one = 1;
    int centres = 1;
};

/// Whole HTTP requests. Every other movement is a weighing with one or two transfers, every other a
/// sale with four, so 2.75 on average, as in a centre of middling size; ids are UUIDv7 in the order
/// of the requests.
std::vector<std::string> make_requests(const Wanted& wanted, std::string_view token);

} // namespace kringwerk::bench
