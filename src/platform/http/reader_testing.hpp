// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>

/// Requests that are read as a socket might give them, for tests and for made-up texts.
namespace kringwerk::http::testing {

inline constexpr std::size_t allowed = 1000;

struct Reading {
    Request request;
    int status = 0; ///< of the failure; 0: none
    bool complete = false;
    std::size_t left = 0; ///< bytes after the request
};

/// Feeds `bytes` in steps of at most `step`, as a socket might give them.
inline Reading read(std::string_view bytes, std::size_t step = SIZE_MAX) {
    Reading reading;
    RequestReader reader;
    reader.start(reading.request);
    std::string buffer;
    bool body_allowed = false;
    while (!reader.complete() && !reader.failure()) {
        if (reader.head_complete() && !body_allowed) {
            reader.allow_body(allowed);
            body_allowed = true;
            if (reader.failure()) break;
        }
        const auto used = buffer.empty() ? 0 : reader.feed(buffer);
        buffer.erase(0, used);
        if (used > 0) continue;
        if (bytes.empty() || reader.failure()) break;
        const auto taken = std::min({step, bytes.size(), head_limit - buffer.size()});
        buffer += bytes.substr(0, taken);
        bytes.remove_prefix(taken);
    }
    reading.complete = reader.complete() && !reader.failure();
    if (reader.failure()) reading.status = reader.failure()->status;
    reading.left = buffer.size() + bytes.size();
    return reading;
}

} // namespace kringwerk::http::testing
