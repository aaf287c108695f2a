// SPDX-License-Identifier: EUPL-1.2
// Heads and bodies of requests, whole and in pieces.
#include "fuzz.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/reader.hpp"

#include <algorithm>
#include <string>

namespace kringwerk::fuzz {
namespace {

constexpr std::size_t allowed = 1000;

struct Reading {
    http::Request request;
    int status = 0; ///< of the failure; 0: none
    bool complete = false;
};

/// Feeds `bytes` in steps of at most `step`, as a socket might give them.
Reading read(std::string_view bytes, std::size_t step) {
    Reading reading;
    http::RequestReader reader;
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
        const auto taken = std::min({step, bytes.size(), http::head_limit - buffer.size()});
        buffer += bytes.substr(0, taken);
        bytes.remove_prefix(taken);
    }
    reading.complete = reader.complete() && !reader.failure();
    if (reader.failure()) reading.status = reader.failure()->status;
    return reading;
}

void check_request(const http::Request& request) {
    promise(request.body.size() <= allowed, "a body stays within its limit");
    promise(request.path == "*" || request.path.starts_with('/'), "a path begins with a slash");
    promise(http::is_clean_text(request.path), "a path is clean text");
    promise(request.path.find("/../") == std::string::npos && !request.path.ends_with("/.."),
            "a path does not go up");
    std::size_t lengths = 0;
    for (const auto& [name, value] : request.headers) {
        if (name == "content-length" || name == "transfer-encoding") ++lengths;
        const bool one_line = value.find_first_of("\r\n") == std::string::npos;
        promise(one_line, "a value stands on one line");
        promise(name.find_first_of(" \t\r\n:") == std::string::npos, "a name is one word");
    }
    promise(lengths <= 1, "one length, or chunks, and never both");
}

} // namespace

void look_at(std::string_view text) {
    const auto step = 1 + take_choice(text, 64);
    const auto whole = read(text, SIZE_MAX);
    const auto pieces = read(text, step);
    promise(whole.complete == pieces.complete, "pieces end where the whole ends");
    if (!whole.complete) return;
    check_request(whole.request);
    promise(whole.request.target == pieces.request.target, "pieces have the same address");
    promise(whole.request.headers == pieces.request.headers, "pieces have the same headers");
    promise(whole.request.body == pieces.request.body, "pieces have the same body");
}

} // namespace kringwerk::fuzz
