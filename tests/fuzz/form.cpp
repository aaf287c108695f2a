// SPDX-License-Identifier: EUPL-1.2
// The first line is the type of a form, what follows its body.
#include "fuzz.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/http.hpp"

#include <string>

namespace kringwerk::fuzz {

void look_at(std::string_view text) {
    http::Request request;
    request.headers.emplace_back("content-type", std::string(take_line(text)));
    request.body = text;
    const auto form = request.form();
    if (!form) return promise(form.error().code == "http.not_a_form", "it is no form");
    promise(form->parts.size() <= 1000, "a form has no more fields than allowed");
    std::size_t bytes = 0;
    for (const auto& part : form->parts) {
        promise(http::is_clean_text(part.name), "a name is clean text");
        promise(http::is_clean_text(part.file_name), "the name of a file is clean text");
        const bool is_file = !part.file_name.empty() || !part.content_type.empty();
        promise(is_file || http::is_clean_text(part.content), "a plain field is clean text");
        bytes += part.content.size();
    }
    promise(bytes <= text.size(), "a form holds no more than was sent");
}

} // namespace kringwerk::fuzz
