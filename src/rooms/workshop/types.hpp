// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kringwerk::workshop {

/// How a repair ended. The numbers are those of the Open Repair Data Standard.
enum class Outcome : std::uint8_t { unknown = 0, fixed = 1, repairable = 2, end_of_life = 3 };
inline constexpr int outcome_count = 4;

/// Why something could not be repaired. The numbers are those of the standard, but for `other`: a
/// reason that it does not know.
enum class Barrier : std::uint8_t {
    none = 0,
    parts_not_available = 1,
    parts_too_expensive = 2,
    no_way_to_open = 3,
    no_information = 4,
    no_equipment = 5,
    worn_out = 6,
    other = 7,
};

/// "unknown", "fixed", "repairable", "end_of_life".
std::string_view code_of(Outcome outcome);
std::string_view code_of(Barrier barrier);

/// The columns of the standard, in the order in which version 0.3 is written.
enum class Column : std::uint8_t {
    id,
    data_provider,
    country,
    partner_product_category,
    product_category,
    product_category_id,
    brand,
    year_of_manufacture,
    product_age,
    repair_status,
    repair_barrier,
    group_identifier,
    event_date,
    record_date,
    problem,
};
inline constexpr std::size_t column_count = 15;

/// The column's name in a file.
std::string_view name_of(Column column);

/// One repair as it stands in a file: text by column, in the spelling of whoever sent it. Columns
/// that the file lacks are empty.
struct Record {
    std::array<std::string, column_count> values;

    std::string& operator[](Column column) { return values[static_cast<std::size_t>(column)]; }
    const std::string& operator[](Column column) const {
        return values[static_cast<std::size_t>(column)];
    }
    friend bool operator==(const Record&, const Record&) = default;
};

using RepairId = Uuid<struct Repair>;

/// What a record means, for booking and counting.
struct Reading {
    Outcome outcome = Outcome::unknown;
    Barrier barrier = Barrier::none;
    int category = 0; ///< number in the standard; 0: unknown
    Day day;          ///< of the event
    friend bool operator==(const Reading&, const Reading&) = default;
};

/// The same provider and row id always give the same id, whichever file the row came in.
RepairId repair_id(const Record& record);

} // namespace kringwerk::workshop
