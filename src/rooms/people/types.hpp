// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>

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
};

/// Kinds of movement by their number; which number means what only the ledger knows.
using Kinds = std::bitset<256>;

/// Who asks, and what they may do. Made by `people`, believed by everybody.
struct Caller {
    Role role = Role::volunteer;
    std::string name;               ///< for screens and logs; never in the ledger
    std::optional<CentreId> centre; ///< the one centre they work for; nothing: the whole network
    Kinds may_post;
    bool may_read = false;
    bool may_close = false; ///< close a month
    Digest secret{};        ///< makes the actor's number; forgotten with the person

    bool works_for(CentreId at) const { return !centre || *centre == at; }
    /// A number that stands for this person in the books of one centre, and tells nothing else:
    /// without the secret nobody can find the person behind it.
    std::int64_t actor_at(CentreId at) const;
};

} // namespace people
} // namespace kringwerk
