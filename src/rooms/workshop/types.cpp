// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/types.hpp"

#include "base/ensure.hpp"

namespace kringwerk::workshop {
namespace {

constexpr std::array<std::string_view, column_count> column_names{
    "id",
    "data_provider",
    "country",
    "partner_product_category",
    "product_category",
    "product_category_id",
    "brand",
    "year_of_manufacture",
    "product_age",
    "repair_status",
    "repair_barrier_if_end_of_life",
    "group_identifier",
    "event_date",
    "record_date",
    "problem",
};

} // namespace

std::string_view name_of(Column column) { return column_names[static_cast<std::size_t>(column)]; }

std::string_view code_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::unknown:
        return "unknown";
    case Outcome::fixed:
        return "fixed";
    case Outcome::repairable:
        return "repairable";
    case Outcome::end_of_life:
        return "end_of_life";
    }
    throw Bug("broken promise: an outcome is one of four");
}

std::string_view code_of(Barrier barrier) {
    switch (barrier) {
    case Barrier::none:
        return "none";
    case Barrier::parts_not_available:
        return "parts_not_available";
    case Barrier::parts_too_expensive:
        return "parts_too_expensive";
    case Barrier::no_way_to_open:
        return "no_way_to_open";
    case Barrier::no_information:
        return "no_information";
    case Barrier::no_equipment:
        return "no_equipment";
    case Barrier::worn_out:
        return "worn_out";
    case Barrier::other:
        return "other";
    }
    throw Bug("broken promise: a barrier is one of eight");
}

RepairId repair_id(const Record& record) {
    const std::array<std::string_view, 3> parts{"ords", record[Column::data_provider],
                                                record[Column::id]};
    return {derive_uuid8(parts)};
}

} // namespace kringwerk::workshop
