// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/setting.hpp"

#include "rooms/network/queries.hpp"

namespace kringwerk::network {

std::optional<std::string> setting(Snapshot& view, std::string_view name) {
    return view.first(
        sql::setting_by_name, [](Row row) { return std::string(row.text(0)); }, name);
}

void set_setting(Transaction& tx, std::string_view name, std::string_view value) {
    tx.run(sql::write_setting, name, value);
}

} // namespace kringwerk::network
