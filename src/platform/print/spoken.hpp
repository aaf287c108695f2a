// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"

#include <string>
#include <vector>

namespace kringwerk::print {

/// Adds to a PDF of cairo what cairo 1.16 cannot say: the language to read it aloud in, that a
/// window shows its title, and what each figure shows, in order. It is an incremental update (ISO
/// 32000-1, 7.5.6): all bytes stay, changed objects follow. A PDF that is built in another way than
/// that of cairo 1.16 comes back as it is.
std::string spoken(std::string pdf, Language language, const std::vector<std::string>& figures);

} // namespace kringwerk::print
