// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/network/catalogue.hpp" // what comes in, and what a centre has, is of the front door
#include "rooms/network/own_categories.hpp"
#include "rooms/network/register.hpp"
#include "rooms/people/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The centres of the network, as rows with a name and a place.
namespace kringwerk::network {

struct CentreRow {
    CentreId id;
    std::string name; ///< "Ambachtscentrum Zutphen"
    std::string slug; ///< in addresses of pages: "ambachtscentrum-zutphen"; never changes
    std::string municipality;
    std::string place;
    std::string country = "NLD";              ///< ISO 3166 alpha-3
    std::optional<std::string> external_name; ///< group in an imported file; not one of ours
};

std::vector<CentreRow> centres(Snapshot& view);
std::optional<CentreRow> centre(Snapshot& view, CentreId id);
std::optional<CentreRow> centre_by_slug(Snapshot& view, std::string_view slug);
std::optional<CentreRow> centre_by_external_name(Snapshot& view, std::string_view name);

/// Adds a centre; its id and slug are made here. Refuses "network.name_needed".
Result<CentreRow> add_centre(Transaction& tx, CentreRow centre, Instant now);

/// Lower-case letters and digits with dashes between words, without accents: "Café 't Hoekje" gives
/// "cafe-t-hoekje". Empty when there is none in it.
std::string plain_of(std::string_view text);
/// The same out of a name, for addresses; never empty.
std::string slug_of(std::string_view name);

} // namespace kringwerk::network
