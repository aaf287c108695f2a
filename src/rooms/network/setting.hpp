// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kringwerk::network {

/// What holds for the network as a whole, by name. In use: "network_name", the name on top of the
/// pages; "demo", "1" when the data are an example; "demo_until", the last day of the example;
/// "first_run_...", how far the first run is.
std::optional<std::string> setting(Snapshot& view, std::string_view name);
void set_setting(Transaction& tx, std::string_view name, std::string_view value);

} // namespace kringwerk::network
