// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/types.hpp"

namespace kringwerk::people {

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
