// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"

#include <string>
#include <string_view>

namespace kringwerk::page {

/// The mustache text of a template with its partials put in place, its texts said in one language
/// and its icons drawn: what is left is mustache alone. Throws `Bug` when a part does not exist.
std::string prepared(const Texts& texts, Language language, std::string_view template_path);

/// Replaces each `[[…]]` of `source`. Apart from `prepared` so that it can be tried on any text.
std::string with_texts_and_icons(const Texts& texts, Language language, std::string_view source);

} // namespace kringwerk::page
