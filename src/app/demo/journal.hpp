// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/demo/dice.hpp"
#include "rooms/ledger/items.hpp"
#include "rooms/ledger/types.hpp"
#include "rooms/workshop/types.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace kringwerk::demo {

/// How the repair ended that a movement books.
struct RepairEnd {
    workshop::Outcome outcome = workshop::Outcome::unknown;
    workshop::Barrier barrier = workshop::Barrier::none;
    ledger::CategoryId category;
    std::string_view problem; ///< in the words of the repairer
};

/// A movement as it will be booked, and what goes with it.
struct Planned {
    ledger::Draft draft;
    Instant booked_at;
    bool issues_item = false;          ///< its item is the next of the centre's own series
    std::optional<ledger::Item> marks; ///< set on the item after booking
    std::optional<RepairEnd> repair;
    std::string_view turned_away; ///< of a gate visit: why something else could not stay
    std::string_view device;      ///< whose envelope is kept: a device that sent late
    std::int64_t device_sequence = 0;
};

using Transfers = std::vector<ledger::Transfer>;

ledger::Transfer goods(ledger::Place from, ledger::Place to, ledger::Key stream, Grams mass,
                       ledger::Basis basis, std::int64_t pieces = 0);
/// From one stream to another, as sorting finds it.
ledger::Transfer goods(ledger::Account from, ledger::Account to, Grams mass, ledger::Basis basis);
/// One known thing. No mass: no basis.
ledger::Transfer thing(ledger::Place from, ledger::Place to, ledger::Key stream, Grams mass,
                       ledger::Basis basis, ledger::CategoryId category, ledger::ItemId item);
ledger::Transfer money(ledger::Account from, ledger::Account to, Cents amount);
ledger::Transfer hours(ledger::Place who, ledger::Place what, std::int64_t minutes);

/// The means under which an amount stands in an account of its own name: cash in cash.
ledger::Account means(ledger::Place place);

/// What one centre's counters send, in the order in which the server books it. Follows the stock,
/// so that nobody sells what is not there.
class Journal {
  public:
    Journal(CentreId centre, Dice& dice) : centre_(centre), dice_(dice) {}

    /// Plans a movement that is sent within the minute. The answer holds until the next call.
    Planned& book(std::string_view kind, Instant happened_at, Transfers transfers);
    /// Plans a movement that is a mistake: it does not count in the stock, for it is undone later.
    Planned& book_wrongly(std::string_view kind, Instant happened_at, Transfers transfers);
    /// Plans the reversal of a movement that was booked wrongly.
    void undo(const Planned& wrong, std::string_view reason, Instant at);
    void close(Month month, Instant at);

    Grams stock(ledger::Place place, ledger::Key stream) const;
    Cents balance(ledger::Place place) const;
    ledger::ItemId next_item() { return ledger::make_item(centre_, ++items_); }
    CentreId centre() const { return centre_; }

    /// Moves what the server has booked before `end` to the back of `into`.
    void release(Instant end, std::vector<Planned>& into);

  private:
    Planned& plan(std::string_view kind, Instant happened_at);
    void follow(const ledger::Transfer& transfer);

    using Amounts = std::array<std::array<std::int64_t, 12>, 128>; ///< grams by place and stream
    CentreId centre_;
    Dice& dice_;
    Amounts grams_{};
    std::array<std::int64_t, 128> cents_{};
    std::int64_t items_ = 0;
    std::vector<Planned> waiting_;
};

} // namespace kringwerk::demo
