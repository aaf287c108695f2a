// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/monitor.hpp"

namespace kringwerk::monitor {

// One function a page; `http.cpp` says at which address.
http::Response home_page(Monitor& monitor, const http::Request& request);
http::Response figure_page(Monitor& monitor, const http::Request& request);
http::Response counting_page(Monitor& monitor, const http::Request& request);
http::Response centres_page(Monitor& monitor, const http::Request& request);
http::Response centre_page(Monitor& monitor, const http::Request& request);
http::Response day_page(Monitor& monitor, const http::Request& request);
http::Response month_page(Monitor& monitor, const http::Request& request);
http::Response movements_page(Monitor& monitor, const http::Request& request);
http::Response movement_page(Monitor& monitor, const http::Request& request);
http::Response item_page(Monitor& monitor, const http::Request& request);
http::Response search_page(Monitor& monitor, const http::Request& request);

} // namespace kringwerk::monitor
