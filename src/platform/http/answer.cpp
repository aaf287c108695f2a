// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/answer.hpp"

#include "base/words.hpp"
#include "platform/http/compress.hpp"
#include "platform/http/encoding.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace kringwerk::http {
namespace {

/// Smaller bodies fit in one packet anyway.
constexpr std::size_t least_compressed = 1024;

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> safety{{
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; "
     "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "same-origin"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
}};
/// A year: who came over TLS once is not led back to plain HTTP.
constexpr std::string_view strict_transport = "Strict-Transport-Security: max-age=31536000\r\n";

constexpr std::array<std::pair<int, std::string_view>, 34> reasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
}};

std::string_view reason_of(int status) {
    for (const auto& [code, reason] : reasons) {
        if (code == status) return reason;
    }
    return "Other";
}

const std::string* own_header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (same_letters(key, name)) return &value;
    }
    return nullptr;
}

std::string_view without_weakness(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

/// If-None-Match compares weakly (RFC 9110, 13.1.2): a compressed answer is as good.
bool client_has(const Request& request, std::string_view tag) {
    for (auto rest = request.header("if-none-match"); !rest.empty();) {
        const auto held = trimmed(take_until(rest, ','));
        if (held == "*" || without_weakness(held) == without_weakness(tag)) return true;
    }
    return false;
}

void drop_body(Response& response) {
    response.body.clear();
    response.fixed_body = {};
    response.stream = nullptr;
}

void add_vary(Response& response) {
    const auto* named = own_header(response, "Vary");
    if (named && quality_of(*named, "Accept-Encoding")) return;
    response.with("Vary", named ? *named + ", Accept-Encoding" : std::string("Accept-Encoding"));
}

void compress(const Request& request, Response& response) {
    if (response.body.size() <= least_compressed || response.stream) return;
    if (!is_worth_compressing(response.content_type)) return;
    if (own_header(response, "Content-Encoding")) return;
    add_vary(response);
    const auto coding = coding_for(request.header("accept-encoding"));
    if (coding == Coding::none) return;
    response.body = compressed(coding, response.body);
    response.with("Content-Encoding", coding == Coding::brotli ? "br" : "gzip");
    // Another spelling of the same: a strong tag would promise the same bytes.
    const auto* tag = own_header(response, "ETag");
    if (tag && !tag->starts_with("W/")) response.with("ETag", "W/" + *tag);
}

/// The Date line, made once a second on each thread.
std::string_view date_line() {
    thread_local std::int64_t second = -1;
    thread_local std::string line;
    const auto moment = now();
    if (moment.ms / 1000 != second) {
        second = moment.ms / 1000;
        line = "Date: " + http_date(moment) + "\r\n";
    }
    return line;
}

void add_line(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

bool has_no_body(int status) { return status == 204 || status == 304; }

} // namespace

void finish(const Request& request, Response& response) {
    const bool reads = request.method == Method::get || request.method == Method::head;
    const auto* tag = own_header(response, "ETag");
    if (reads && response.status == 200 && tag && client_has(request, *tag)) response.status = 304;
    if (has_no_body(response.status)) return drop_body(response);
    compress(request, response);
}

std::string head_of(const Request& request, const Response& response, Framing framing,
                    bool keeps_alive) {
    std::string head;
    head.reserve(768);
    head += "HTTP/1.1 ";
    head += std::to_string(response.status);
    head += ' ';
    head += reason_of(response.status);
    head += "\r\n";
    head += date_line();
    if (!response.content_type.empty() && !has_no_body(response.status)) {
        add_line(head, "Content-Type", response.content_type);
    }
    for (const auto& [name, value] : response.headers) add_line(head, name, value);
    for (const auto& [name, value] : safety) {
        if (!own_header(response, name)) add_line(head, name, value);
    }
    if (request.secure) head += strict_transport;
    if (framing == Framing::chunks) head += "Transfer-Encoding: chunked\r\n";
    if (framing == Framing::length && !has_no_body(response.status)) {
        add_line(head, "Content-Length", std::to_string(body_of(response).size()));
    }
    if (!keeps_alive) head += "Connection: close\r\n";
    head += "\r\n";
    return head;
}

std::string_view body_of(const Response& response) {
    return response.fixed_body.empty() ? std::string_view(response.body) : response.fixed_body;
}

std::string http_date(Instant moment) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = moment.ms / 1000;
    const Day day{static_cast<std::int32_t>(seconds / 86'400)}; // HTTP counts days in UTC
    const auto [year, month, of_month] = calendar(day);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days.at(weekday(day)), of_month,
                       months.at(month - 1), year, seconds / 3600 % 24, seconds / 60 % 60,
                       seconds % 60);
}

} // namespace kringwerk::http
