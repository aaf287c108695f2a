// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "base/words.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/http.hpp"

#include <algorithm>

namespace kringwerk::http {
namespace {

/// A line break in a header would let its writer add headers of their own.
bool fits_a_header(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char sign) {
        return (static_cast<unsigned char>(sign) < 0x20 && sign != '\t') || sign == 0x7F;
    });
}

bool may_repeat(std::string_view name) { return same_letters(name, "set-cookie"); }

bool fits_a_cookie(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char sign) {
        return sign <= ' ' || sign == '"' || sign == ',' || sign == ';' || sign == '\\' ||
               sign == 0x7F;
    });
}

Response of(std::string_view content_type, std::string body, int status) {
    Response response;
    response.status = status;
    response.content_type = content_type;
    response.body = std::move(body);
    return response;
}

std::optional<std::string_view> find(const std::vector<std::pair<std::string, std::string>>& pairs,
                                     std::string_view name) {
    for (const auto& [key, value] : pairs) {
        if (key == name) return value;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string_view> Form::value(std::string_view name) const {
    for (const auto& part : parts) {
        if (part.name == name) return part.content;
    }
    return std::nullopt;
}

std::string_view Form::value_or_empty(std::string_view name) const {
    return value(name).value_or(std::string_view{});
}

std::string_view Request::header(std::string_view lower_case_name) const {
    return find(headers, lower_case_name).value_or(std::string_view{});
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key != "cookie") continue;
        if (const auto found = cookie_value(value, name)) return found;
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
    return find(query, name);
}

std::string_view Request::parameter(std::string_view name) const {
    const auto found = find(parameters, name);
    ensure(found.has_value(), "the route has a capture {" + std::string(name) + "}");
    return *found;
}

Response& Response::with(std::string_view name, std::string_view value) {
    ensure(fits_a_header(name) && fits_a_header(value), "a header is one line");
    if (!may_repeat(name)) {
        for (auto& [key, old] : headers) {
            if (!same_letters(key, name)) continue;
            old = value;
            return *this;
        }
    }
    headers.emplace_back(name, value);
    return *this;
}

Response html(std::string body, int status) {
    return of("text/html; charset=utf-8", std::move(body), status);
}

Response json_text(std::string body, int status) {
    return of("application/json", std::move(body), status);
}

Response plain(std::string body, int status) {
    return of("text/plain; charset=utf-8", std::move(body), status);
}

Response see_other(std::string_view location) {
    Response response;
    response.status = 303;
    response.content_type.clear();
    response.with("Location", location);
    return response;
}

void set_cookie(Response& response, const Request& request, std::string_view name,
                std::string_view value, std::chrono::seconds lives) {
    ensure(fits_a_cookie(name) && fits_a_cookie(value), "a cookie holds no spaces or separators");
    auto cookie = std::string(name) + "=" + std::string(value) + "; Path=/; HttpOnly; " +
                  "SameSite=Lax; Max-Age=" + std::to_string(lives.count());
    if (request.secure) cookie += "; Secure";
    response.with("Set-Cookie", cookie);
}

Handler at_once(std::function<Response(const Request&)> function) {
    // The function outlives each call: the handler stands in the route table as long as the server.
    return [function = std::move(function)](const Request& request) -> Task<Response> {
        return [](const std::function<Response(const Request&)>& answer,
                  const Request& asked) -> Task<Response> { co_return answer(asked); }(function,
                                                                                       request);
    };
}

std::string sse_event(std::string_view name, std::string_view data) {
    std::string event;
    if (!name.empty()) event += "event: " + std::string(name) + "\n";
    do {
        auto line = take_until(data, '\n');
        if (line.ends_with('\r')) line.remove_suffix(1);
        event += "data: " + std::string(line) + "\n";
    } while (!data.empty());
    return event + "\n";
}

} // namespace kringwerk::http
