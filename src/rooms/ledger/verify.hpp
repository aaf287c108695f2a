// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/types.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

/// Replays the books from the first movement on and compares all that is kept with what the
/// movements say. Reads only, and only through one view: a server may write meanwhile.
namespace kringwerk::ledger {

/// The first thing that is wrong.
struct Finding {
    std::string code;        ///< text "verify.<code>"
    TextArguments arguments; ///< places as "goods.shop", keys, days and bases as their codes
    CentreId centre;
    std::int64_t sequence = 0; ///< of the movement; 0 when it is about a sum or an item
};
/// In plain words: places, streams and days as people call them.
std::string say(const Texts& texts, Language language, const Finding& finding);

struct Replayed {
    std::int64_t centres = 0;
    std::int64_t movements = 0;
    std::int64_t transfers = 0;
    std::int64_t bytes = 0; ///< that the chains hash
};
struct Verified {
    Replayed replayed; ///< up to the wrong row, if there is one
    std::optional<Finding> wrong;
};
/// Told now and then how far it is.
using Progress = std::function<void(const Replayed&)>;

/// Centre by centre, in this order, until something is wrong. Along the chain, for each movement:
/// no gap before it, its columns readable, its transfers numbered 1, 2, ..., its hash; then its
/// kind and form, closings and reversals, ways, the day on which it counts and the late mark, the
/// items and the oddities. Then the head; the items; balances, sums of days and sums of months in
/// the order of their keys. A row is named by what identifies it.
Verified verify(Snapshot& view, const Progress& progress = {});
/// One centre only.
Verified verify_centre(Snapshot& view, CentreId centre, const Progress& progress = {});

} // namespace kringwerk::ledger
