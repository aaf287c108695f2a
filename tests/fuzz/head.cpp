// SPDX-License-Identifier: EUPL-1.2
// Heads and bodies of requests, whole and in pieces.
#include "fuzz.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/reader_testing.hpp"

#include <string>

namespace kringwerk::fuzz {
namespace {

using http::testing::allowed;
using http::testing::read;

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
