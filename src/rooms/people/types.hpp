// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kringwerk {

using CentreId = Id<struct Centre>;

namespace people {

/// What somebody is when they book something. The numbers stand in the chain: never change one.
enum class Role : std::uint8_t {
    volunteer = 1,
    sorter = 2,
    repairer = 3,
    till = 4,
    driver = 5,
    lead = 6,
    manager = 7,
    administrator = 8,
    integration = 9, ///< another program, by a token
    import = 10,     ///< a file
    demo = 11,       ///< the example network
    coordinator = 12,
    programme_officer = 13,
    auditor = 14,
};

/// Kinds of movement by their number; which number means what only the ledger knows.
using Kinds = std::bitset<256>;

/// What somebody may do besides booking kinds of movements: the first lines of
/// reference/rights.csv, which says which role may what.
enum class Right : std::uint8_t {
    read,
    see_people,
    see_audit,
    export_data,
    gate,
    sorting,
    bench,
    till,
    round,
    stock,
    correct,
    close_day,
    close_month,
    manage_people,
    manage_devices,
    manage_centre,
    manage_network,
    post_movements, ///< raw, over the API; access codes only, no role has it
};
using Rights = std::bitset<32>;

/// What one role, or one access code, allows at one centre or at all of them.
struct Grant {
    std::optional<CentreId> centre; ///< nothing: the whole network
    Role role = Role::volunteer;
    Kinds kinds;
    Rights rights;

    bool holds_at(CentreId at) const { return !centre || *centre == at; }
};

using PersonId = Id<struct Person>; ///< 0: no person, but an access code, a file or the program

/// Who asks, and what they may do. Made by `people`, believed by everybody.
struct Caller {
    std::string name; ///< for screens and logs; never in the ledger
    PersonId person;
    std::int64_t device = 0; ///< shared device of a centre that sent it; 0: none
    std::vector<Grant> grants;
    Digest secret{}; ///< makes the actor's number; forgotten with the person

    bool works_for(CentreId at) const;
    bool may(Right right, CentreId at) const;
    /// Holds for every centre, now and later.
    bool may_in_network(Right right) const;
    bool may_post(std::uint8_t kind, CentreId at) const;
    /// The role that the books name: of the grants that hold there the one with the most kinds.
    Role role_at(CentreId at) const;
    /// A number that stands for this person in the books of one centre, and tells nothing else:
    /// without the secret nobody can find the person behind it.
    std::int64_t actor_at(CentreId at) const;
};

} // namespace people
} // namespace kringwerk
