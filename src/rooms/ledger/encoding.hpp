// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/types.hpp"

#include <string>

namespace kringwerk::ledger {

/// The bytes that the chain hashes for a movement, version 1: a version byte, then every field in
/// the order of `types.hpp`. Whole numbers are eight bytes, most significant first; an absent
/// field is one byte 0, a present one a byte 1 and its bytes. Everything that `verify` needs is in
/// it; names and free text are not. Written over `into`, whose memory is used again.
void encode(const Movement& movement, std::string& into);

/// SHA-256 over the encoding, which ends with the hash of the entry before.
Digest hash_of(const Movement& movement, Sha256& hash, std::string& scratch);
Digest hash_of(const Movement& movement);

} // namespace kringwerk::ledger
