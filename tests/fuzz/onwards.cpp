// SPDX-License-Identifier: EUPL-1.2
// Where somebody is led after signing in: only inward.
#include "fuzz.hpp"
#include "platform/page/page.hpp"
#include "rooms/people/pages.hpp"

namespace kringwerk::fuzz {

void look_at(std::string_view text) {
    const auto path = people::local_path(text, "/centra");
    promise(path.starts_with('/'), "it begins at the root of this site");
    promise(!path.starts_with("//"), "it names no other site");
    promise(path.find('\\') == path.npos, "no browser reads a slash into it");
    for (const char sign : path)
        promise(static_cast<unsigned char>(sign) > ' ', "it has no blanks");
    const auto other = page::in_language(path, Language::en);
    promise(other.starts_with('/') && !other.starts_with("//"), "nor does its other language");
    const auto safe = page::escaped(text);
    promise(safe.find_first_of("<>\"'") == safe.npos, "what is escaped has no tags and no quotes");
}

} // namespace kringwerk::fuzz
