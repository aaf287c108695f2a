// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/quantities.hpp"
#include "base/result.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kringwerk::workshop {

inline constexpr int category_count = 40;

/// A product category of the Open Repair Data Standard.
struct OrdsCategory {
    int number = 0;        ///< 1 to 40, as the standard numbers them
    std::string_view name; ///< as the standard spells it
    std::string_view name_nl;
    std::string_view name_en;
    std::string_view stream;    ///< code of the stream in whose account it stands
    std::optional<Grams> grams; ///< what one piece counts for; nothing: no figure can be defended
    std::string_view source;
    std::string_view year;
    std::string_view licence;
    std::string_view note;
};

/// Reads the text of such a file; `text` must outlive the answer. Refuses, with file and line:
/// what `Table` refuses, "workshop.category_order" (numbers are not 1 to 40 in order: a gap, a
/// double), "workshop.category_double" (a name stands twice), "workshop.category_stream" (not one
/// of the streams), "workshop.category_weight" (a weight that is not above nothing, or a weight
/// without source, year and licence), "workshop.category_name" (a name is empty).
Result<std::vector<OrdsCategory>> parse_ords_categories(std::string_view file,
                                                        std::string_view text);

/// reference/ords_categories.csv, in the order of the numbers.
const std::vector<OrdsCategory>& ords_categories();
/// A number that the standard lacks is a bug.
const OrdsCategory& ords_category(int number);

} // namespace kringwerk::workshop
