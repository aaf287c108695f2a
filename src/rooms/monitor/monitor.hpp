// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/http/http.hpp"
#include "platform/page/page.hpp"
#include "rooms/monitor/figures.hpp"

#include <functional>
#include <string>

/// The pages that show what the books say: figures, centres, days, movements and their stories.
/// Reads every room, writes to none.
namespace kringwerk::monitor {

struct Monitor {
    Store& store;
    const page::Pages& pages;
    std::string network_name;
    bool demo = false; ///< marked as made up on every page
    /// Whether the sender of a request may see a centre's pages and movements.
    std::function<bool(const http::Request&, CentreId)> may_see;
    RepairsByDay repairs_by_day;
    NetworkTotals totals;
};

http::Routes routes(Monitor& monitor);
/// 404 and 405, for people a page and for programs problem+json.
http::Response not_here_page(Monitor& monitor, const http::Request& request, int status);
/// 500, with the number to quote.
http::Response broken_page(Monitor& monitor, const http::Request& request);

} // namespace kringwerk::monitor
