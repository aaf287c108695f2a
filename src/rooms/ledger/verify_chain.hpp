// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/ledger.hpp"
#include "rooms/ledger/rules.hpp"
#include "rooms/ledger/verify_sums.hpp"

#include <unordered_set>

namespace kringwerk::ledger {

/// Goes along the chain of one centre and keeps what follows from it. The memory of one movement
/// serves them all.
class ChainReplay {
  public:
    ChainReplay(Snapshot& view, CentreId centre, Replayed& replayed, const Progress& progress);

    /// All of it: the chain, then what is kept beside it.
    std::optional<Finding> run();

  private:
    struct ItemState {
        std::int64_t category = 0;
        Account at;
        bool known = false;
    };

    std::optional<Finding> walk();
    std::optional<Finding> take_movement(const Row& row);
    std::optional<Finding> take_transfer(const Row& row, std::int64_t line);
    std::optional<Finding> check_hash();
    std::optional<Finding> check_form() const;
    std::optional<Finding> check_closing();
    std::optional<Finding> check_reversal();
    std::optional<Finding> check_ways() const;
    std::optional<Finding> check_day();
    std::optional<Finding> check_items();
    std::optional<Finding> check_head();
    std::optional<Finding> check_items_issued(const Head& head) const;
    std::optional<Finding> check_item_rows();
    Finding wrong(std::string_view code, TextArguments more = {}) const;
    Finding wrong_item(std::string_view code, std::int64_t item) const;

    Snapshot& view_;
    CentreId centre_;
    Replayed& replayed_;
    const Progress& progress_;
    Movement movement_;
    Digest last_hash_{};
    std::int64_t last_sequence_ = 0;
    std::optional<Month> closed_;
    Day own_day_;
    std::unordered_set<std::int64_t> reversed_; ///< sequences
    FlatMap<std::uint64_t, ItemState> items_;
    ReplayedSums sums_;
    Sha256 hash_;
    std::string scratch_;
    Kind close_month_;
    Kind reverse_;
};

} // namespace kringwerk::ledger
