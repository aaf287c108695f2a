// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/repair_record.hpp"

#include "rooms/workshop/categories.hpp"

#include <fmt/format.h>

namespace kringwerk::demo {

using workshop::Barrier;
using workshop::Column;
using workshop::Outcome;

namespace {

/// As the standard spells them.
std::string_view spelling_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::unknown:
        return "Unknown";
    case Outcome::fixed:
        return "Fixed";
    case Outcome::repairable:
        return "Repairable";
    case Outcome::end_of_life:
        return "End of life";
    }
    throw Bug("an outcome is one of four");
}

std::string_view spelling_of(Barrier barrier) {
    switch (barrier) {
    case Barrier::none:
    case Barrier::other:
        return "";
    case Barrier::parts_not_available:
        return "Spare parts not available";
    case Barrier::parts_too_expensive:
        return "Spare parts too expensive";
    case Barrier::no_way_to_open:
        return "No way to open product";
    case Barrier::no_information:
        return "Repair information not available";
    case Barrier::no_equipment:
        return "Lack of equipment";
    case Barrier::worn_out:
        return "Item too worn out";
    }
    throw Bug("a barrier is one of eight");
}

} // namespace

workshop::Record record_of(const Planned& planned, std::int64_t sequence) {
    ensure(planned.repair.has_value(), "only a repair has a record");
    const auto& repair = *planned.repair;
    const auto centre = planned.draft.centre.value;
    const auto& category = workshop::ords_category(static_cast<int>(repair.category.value));
    const auto day = format_day(local_day(planned.draft.happened_at));
    workshop::Record record;
    record[Column::id] = fmt::format("voorbeeld-{}-{}", centre, sequence);
    record[Column::data_provider] = "Kringwerk-voorbeeldnetwerk";
    record[Column::country] = "NLD";
    record[Column::partner_product_category] = category.name_nl;
    record[Column::product_category] = category.name;
    record[Column::product_category_id] = std::to_string(category.number);
    record[Column::repair_status] = spelling_of(repair.outcome);
    record[Column::repair_barrier] = spelling_of(repair.barrier);
    record[Column::group_identifier] = std::to_string(centre);
    record[Column::event_date] = day;
    record[Column::problem] = repair.problem;
    return record;
}

workshop::Reading reading_of(const Planned& planned) {
    ensure(planned.repair.has_value(), "only a repair has a reading");
    const auto& repair = *planned.repair;
    return {repair.outcome, repair.barrier, static_cast<int>(repair.category.value),
            local_day(planned.draft.happened_at)};
}

} // namespace kringwerk::demo
