// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/print/sheet.hpp"

#include <vector>

namespace kringwerk::print {

/// Everything of a readable document on its place, but for the footers. At least one page.
std::vector<Page> lay_out(const Document& document, const Type& type);

} // namespace kringwerk::print
