// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/types.hpp"

#include <algorithm>

namespace kringwerk::people {

bool Caller::works_for(CentreId at) const {
    return std::any_of(grants.begin(), grants.end(),
                       [at](const Grant& grant) { return grant.holds_at(at); });
}

bool Caller::may(Right right, CentreId at) const {
    const auto number = static_cast<std::size_t>(right);
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return grant.holds_at(at) && grant.rights.test(number);
    });
}

bool Caller::may_in_network(Right right) const {
    const auto number = static_cast<std::size_t>(right);
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return !grant.centre && grant.rights.test(number);
    });
}

bool Caller::may_post(std::uint8_t kind, CentreId at) const {
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return grant.holds_at(at) && grant.kinds.test(kind);
    });
}

Role Caller::role_at(CentreId at) const {
    const Grant* widest = nullptr;
    for (const auto& grant : grants) {
        if (!grant.holds_at(at)) continue;
        if (!widest || grant.kinds.count() > widest->kinds.count()) widest = &grant;
    }
    return widest ? widest->role : Role::volunteer;
}

std::int64_t Caller::actor_at(CentreId at) const {
    Sha256 hash;
    hash.bytes(secret);
    hash.integer(at.value);
    const auto digest = hash.finish();
    std::int64_t number = 0;
    for (std::size_t i = 0; i < 7; ++i) number = number << 8 | digest[i];
    return number; // 56 bits: positive, and exact in every language that reads it
}

} // namespace kringwerk::people
