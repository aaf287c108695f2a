// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/export.hpp"

#include "rooms/workshop/queries.hpp"
#include "rooms/workshop/store.hpp"

namespace kringwerk::workshop {

std::int64_t export_ords(Snapshot& view, OrdsVersion version, std::optional<CentreId> centre,
                         const std::function<void(std::string_view)>& write, ReadBy read_by) {
    constexpr std::size_t piece = 64 * 1024;
    const bool with_date = view.number(sql::any_record_date_in_network).value_or(0) != 0;
    std::string text = ords_header(version, with_date);
    std::int64_t repairs = 0;
    const auto all = [&](Rows rows) {
        for (const auto row : rows) {
            append_ords_row(text, read_record(row), version, with_date, read_by);
            ++repairs;
            if (text.size() < piece) continue;
            write(text);
            text.clear();
        }
    };
    all(centre ? view.many_rows(sql::repairs_of_centre, *centre)
               : view.many_rows(sql::repairs_of_network));
    write(text);
    return repairs;
}

} // namespace kringwerk::workshop
