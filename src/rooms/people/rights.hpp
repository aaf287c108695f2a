// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "rooms/people/types.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

/// The one table of who may do what: reference/rights.csv.
namespace kringwerk::people {

struct RightRow {
    Right right;
    std::string_view
        code; ///< "close-day"; text "right.<code>" says it, after "mag": "de dag afsluiten"
};
std::span<const RightRow> all_rights();

struct RoleRow {
    Role role;
    std::string_view code; ///< "programme-officer"; text "role.<code>"
    bool of_network = false;
};
/// Those that a person can have, as the screens list them.
std::span<const RoleRow> roles_of_people();
bool is_of_network(Role role);
/// "till", "integration": as the API and the screens name a role, any of them.
std::string_view code_of(Role role);
std::optional<Role> parse_role(std::string_view code);

/// What a role allows, wherever it holds.
struct Allowed {
    Kinds kinds;
    Rights rights;
};
using RightsTable = std::map<Role, Allowed>;

/// `rights`: the text of reference/rights.csv, `kinds` that of reference/kinds.csv. Refuses, with
/// file and line, "people.right_unknown", "people.right_twice", "people.right_mark" (neither empty
/// nor x), "people.right_absent" (no line for one of `all_rights`).
Result<RightsTable> parse_rights(std::string_view file, std::string_view rights,
                                 std::string_view kinds);
const RightsTable& built_in_rights();

/// What that role allows at one centre, or everywhere.
Grant grant_of(Role role, std::optional<CentreId> centre);

} // namespace kringwerk::people
