// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/data.hpp"

namespace kringwerk::monitor {

/// How a movement, or one of its transfers, reads in lists and stories.
std::string amount_of(const PageOf& page, const ledger::Transfer& transfer);
/// "measured" and the like for the mark; empty for money and time.
std::string mark_of(const ledger::Transfer& transfer);
/// The transfer that says most: the first of goods, else the first.
const ledger::Transfer* main_transfer(const ledger::Movement& movement);
/// What the network called a category on a day; empty for none.
std::string category_name(const PageOf& page, Snapshot& view, ledger::CategoryId category, Day day);
/// The pictogram of what a movement is.
std::string icon_of(const ledger::Movement& movement);
/// The row of a centre by its number; the books have no names.
network::CentreRow centre_named(const PageOf& page, Snapshot& view, CentreId centre);

} // namespace kringwerk::monitor
