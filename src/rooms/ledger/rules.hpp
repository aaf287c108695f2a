// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/items.hpp"
#include "rooms/ledger/types.hpp"
#include "rooms/ledger/ways.hpp"

#include <optional>
#include <vector>

namespace kringwerk::ledger {

/// No movement of one counter is larger: what is, was typed wrongly. 1,000 tonnes, a million
/// pieces, ten million euros, a hundred thousand hours.
inline constexpr Amounts largest{{1'000'000'000}, {1'000'000}, {1'000'000'000}, {6'000'000}};
inline constexpr std::size_t most_transfers = 200;

/// Checks what needs no look at the books, in this order: the caller works for the centre
/// (ledger.other_centre), was granted the kind (ledger.kind_not_granted), the id is there
/// (ledger.no_id); a closing has a month and no transfers, a reversal has no transfers of its own
/// (ledger.reversal_has_transfers) and a reason (ledger.reason_needed); any other has 1 to 200
/// transfers (ledger.no_transfers, ledger.too_many_transfers). Then for each transfer, all wrong
/// ones at once (ledger.wrong_transfers with fields): one book, keys of that book, positive
/// amounts of that book only, none larger than `largest`, a basis exactly when there are grams, an
/// allowed way.
Result<void> check(const Draft& draft, const people::Caller& caller, const Ways& ways);

/// The transfers that undo `original`. What contradicted moved no item, so its mirror names none.
std::vector<Transfer> mirror_of(const std::vector<Transfer>& original);

struct EffectiveDay {
    Day day;
    bool late = false;
};

/// The day on which something counts: `own` day (never after the day it is booked), or, where that
/// month is closed, the first open day, late. `closed`: all months up to it are closed.
EffectiveDay effective_day(Day own, Day booked, std::optional<Month> closed);

/// Where an item is after a transfer, and what is odd about it. `item`: as the books know it, if
/// they do.
struct ItemStep {
    Oddity oddity = Oddity::none;
    bool moves = false; ///< the item is now at `transfer.to`
};
ItemStep step_of(const Transfer& transfer, const std::optional<Item>& item);

/// True when both ask for the same: the same id then answers as the first time.
bool same_request(const Draft& draft, const Movement& booked);

} // namespace kringwerk::ledger
