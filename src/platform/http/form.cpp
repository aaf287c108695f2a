// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/http.hpp"

namespace kringwerk::http {
namespace {

/// More fields than any form of ours has; parsing must stay cheap whatever is sent.
constexpr std::size_t most_parts = 1000;

/// Reads the headers of one part into `part`. False when it has no name.
bool read_part_headers(std::string_view head, Part& part) {
    while (!head.empty()) {
        auto line = take_until(head, '\n');
        if (line.ends_with('\r')) line.remove_suffix(1);
        const auto name = trimmed(take_until(line, ':'));
        const auto value = trimmed(line);
        if (same_letters(name, "content-type")) part.content_type = value;
        if (!same_letters(name, "content-disposition")) continue;
        part.name = header_parameter(value, "name").value_or("");
        part.file_name = header_parameter(value, "filename").value_or("");
    }
    return !part.name.empty() && is_clean_text(part.name) && is_clean_text(part.file_name);
}

/// A body of parts between lines "--boundary" (RFC 7578). Nothing when it is not well-formed.
std::optional<Form> read_multipart(std::string_view body, const std::string& boundary) {
    if (boundary.empty() || boundary.size() > 70) return std::nullopt;
    const auto opening = "--" + boundary;
    const auto between = "\r\n" + opening;
    if (!body.starts_with(opening)) return std::nullopt;
    body.remove_prefix(opening.size());
    Form form;
    while (!body.starts_with("--")) {
        if (!body.starts_with("\r\n") || form.parts.size() == most_parts) return std::nullopt;
        body.remove_prefix(2);
        const auto head_end = body.find("\r\n\r\n");
        if (head_end == body.npos) return std::nullopt;
        auto& part = form.parts.emplace_back();
        if (!read_part_headers(body.substr(0, head_end), part)) return std::nullopt;
        body.remove_prefix(head_end + 4);
        const auto end = body.find(between);
        if (end == body.npos) return std::nullopt;
        part.content = body.substr(0, end);
        if (part.file_name.empty() && part.content_type.empty() && !is_clean_text(part.content)) {
            return std::nullopt;
        }
        body.remove_prefix(end + between.size());
    }
    return form;
}

std::optional<Form> read_urlencoded(std::string_view body) {
    auto pairs = parse_pairs(body);
    if (!pairs || pairs->size() > most_parts) return std::nullopt;
    Form form;
    for (auto& [name, value] : *pairs) {
        form.parts.push_back({std::move(name), "", "", std::move(value)});
    }
    return form;
}

} // namespace

Result<Form> Request::form() const {
    const auto type = header("content-type");
    auto rest = type;
    const auto kind = trimmed(take_until(rest, ';'));
    std::optional<Form> form;
    if (same_letters(kind, "application/x-www-form-urlencoded")) form = read_urlencoded(body);
    if (same_letters(kind, "multipart/form-data")) {
        form = read_multipart(body, header_parameter(type, "boundary").value_or(""));
    }
    if (!form) return refuse("http.not_a_form");
    return *std::move(form);
}

} // namespace kringwerk::http
