// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace kringwerk::network {

/// A municipality of the Netherlands, as Statistics Netherlands numbers it.
struct Municipality {
    std::string_view code; ///< "GM0344"
    std::string_view name; ///< "Utrecht"; some carry their province: "Bergen (NH.)"
    std::string_view province;
    std::int64_t inhabitants = 0;
    int year_of_inhabitants = 0; ///< on 1 January of it
};

/// Reads the text of such a file; `text` must outlive the answer. Refuses, with file and line: what
/// `Table` refuses, "network.municipality_code" (not GM and four digits),
/// "network.municipality_name" (empty), "network.municipality_province" (not one of the twelve),
/// "network.municipality_people" (inhabitants or year that cannot be),
/// "network.municipality_double" (a code or a name stands twice).
Result<std::vector<Municipality>> parse_municipalities(std::string_view file,
                                                       std::string_view text);

/// reference/municipalities.csv, in the order of the codes.
const std::vector<Municipality>& municipalities();
/// Nothing when there is no such municipality.
const Municipality* municipality(std::string_view code);
/// The one of exactly that name or code, whatever the case and the accents; a name that carries its
/// province may go without when there is no other: "Nuenen" is none, "Hengelo" is "Hengelo (O.)".
const Municipality* municipality_called(std::string_view name_or_code);
/// Those with a word that begins with `typed`, whatever the case and the accents, by name: "hert"
/// finds "'s-Hertogenbosch". Several typed words must each begin a word. Nothing typed finds none.
std::vector<const Municipality*> search_municipalities(std::string_view typed);

} // namespace kringwerk::network
