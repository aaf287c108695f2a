// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/flat_map.hpp"
#include "rooms/ledger/verify.hpp"

#include <array>

namespace kringwerk::ledger {

/// "goods.shop"; the bare number when there is no such place.
std::string name_of_place(std::int64_t place);
std::string name_of_key(std::int64_t key);

/// What the balances and flows of one centre must be, summed from its transfers.
class ReplayedSums {
  public:
    void add(const Movement& movement, const Transfer& transfer);
    /// The first row of the tables that differs from the sums, is missing or has nothing to it.
    std::optional<Finding> compare(Snapshot& view, CentreId centre) const;

  private:
    /// Day or month and accounts in one number, then the category, then the basis: in the order of
    /// the columns, so that sorted keys and sorted rows run side by side.
    using FlowKey = std::array<std::uint64_t, 3>;
    /// Grams, pieces, cents, minutes, transfers. Unsigned: a forged amount must not end the check.
    using Sum = std::array<std::uint64_t, 5>;
    using Flows = FlatMap<FlowKey, Sum>;

    static FlowKey key_of(std::int32_t period, const Transfer& transfer);
    static void add_to(Sum& sum, const Amounts& amounts, bool leaves);
    Flows months() const;

    FlatMap<std::uint64_t, Sum> balances_;
    Flows days_;
};

} // namespace kringwerk::ledger
