// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/print/sheet.hpp"

#include <string>

namespace kringwerk::print {

/// Sets a table on as many pages as it takes. Each piece is a table of its own to who hears it,
/// with the caption, marked as going on by `continued`, and the head in front.
void set_table(Sheets& sheets, const Type& type, const Table& table, const std::string& continued);

/// Widths of columns that together are `whole`, gaps aside: `wanted` when there is room, the rest
/// going to the columns that `grow`; else less, down to `least` in proportion to what each can
/// give, and when that does not do, less than that.
std::vector<double> share_width(const std::vector<double>& wanted, const std::vector<double>& least,
                                const std::vector<bool>& grow, double whole);

} // namespace kringwerk::print
