// SPDX-License-Identifier: EUPL-1.2
// Addresses: the path, the query behind it, and lists in headers.
#include "fuzz.hpp"
#include "platform/http/encoding.hpp"

#include <string>
#include <tuple>

namespace kringwerk::fuzz {
namespace {

void check_pairs(const http::Pairs& pairs) {
    std::string written;
    for (const auto& [name, value] : pairs) {
        promise(http::is_clean_text(name) && http::is_clean_text(value), "pairs are clean text");
        written += http::percent_encoded(name) + "=" + http::percent_encoded(value) + "&";
    }
    promise(http::parse_pairs(written) == pairs, "pairs read back as they were");
}

} // namespace

void look_at(std::string_view text) {
    auto rest = text;
    if (const auto path = http::parse_path(take_line(rest))) {
        promise(path->starts_with('/'), "a path begins with a slash");
        promise(http::is_clean_text(*path), "a path is clean text");
        promise(http::parse_path(http::percent_encoded(*path)) == path,
                "a path reads back as it was");
    }
    if (const auto pairs = http::parse_pairs(rest)) check_pairs(*pairs);
    const auto decoded = http::percent_decoded(text, http::Plus::stays);
    if (decoded) promise(decoded->size() <= text.size(), "what is decoded does not grow");
    promise(http::percent_decoded(http::percent_encoded(text), http::Plus::stays) == text,
            "what is encoded reads back as it was");
    auto list = text;
    const auto wanted = take_line(list);
    const auto quality = http::quality_of(list, wanted);
    if (quality) promise(*quality >= 0 && *quality <= 1000, "a quality is within its bounds");
    auto header = text;
    const auto name = take_line(header);
    std::ignore = http::header_parameter(header, name);
}

} // namespace kringwerk::fuzz
