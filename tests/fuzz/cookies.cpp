// SPDX-License-Identifier: EUPL-1.2
// The first line is the name of a cookie, the second the header that may have it.
#include "fuzz.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/http.hpp"

#include <string>
#include <tuple>

namespace kringwerk::fuzz {

void look_at(std::string_view text) {
    const auto name = take_line(text);
    http::Request request;
    request.headers.emplace_back("cookie", std::string(text));
    const auto value = request.cookie(name);
    if (value) {
        promise(text.find(*value) != text.npos, "a value stands in its header");
        promise(value->find(';') == value->npos, "a value ends where the next cookie begins");
    }
    const auto alone = std::string(name) + "=wert; " + std::string(text);
    const bool is_name = !name.empty() && name.find_first_of("=; \t") == name.npos;
    if (is_name) promise(http::cookie_value(alone, name) == "wert", "the first of a name counts");
    std::ignore = http::language_of(request);
}

} // namespace kringwerk::fuzz
