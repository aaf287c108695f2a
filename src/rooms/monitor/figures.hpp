// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

/// What a network collected, repaired and sold: sums over the flows of the ledger, never typed in.
namespace kringwerk::monitor {

/// A mass with how it is known. Reversals and returns are deducted, so a part may be below zero
/// where a period sets an earlier one right.
struct Mass {
    Grams measured;
    Grams standard;
    Grams estimated;
    Pieces pieces;
    std::int64_t transfers = 0;

    Grams total() const { return measured + standard + estimated; }
    Mass& operator+=(const Mass& other);
    friend bool operator==(const Mass&, const Mass&) = default;
};

/// Repairs by outcome. The share of the unknown ones is always shown beside a success rate.
struct Repairs {
    std::int64_t fixed = 0;
    std::int64_t not_yet = 0;
    std::int64_t end_of_life = 0;
    std::int64_t unknown = 0;

    std::int64_t total() const { return fixed + not_yet + end_of_life + unknown; }
    Repairs& operator+=(const Repairs& other);
    friend bool operator==(const Repairs&, const Repairs&) = default;
};

/// The sums of one centre, or of a network, over one period.
struct Totals {
    Mass collected; ///< from donors, homes, the yard, shops and sellers, to be looked at for reuse
    Mass sold;
    Mass given;
    Grams recycled, energy, disposed, exported;
    Grams sent, received; ///< between centres: in a network only what is on its way
    Grams unexplained;    ///< missing at counts, less what was found
    Grams stock_growth;
    Cents turnover; ///< without VAT
    Cents vat;
    Minutes minutes;
    Repairs repairs;

    Totals& operator+=(const Totals& other);
    /// Sold and given of what was collected, in tenths of a percent; nothing without collection.
    std::optional<std::int64_t> new_owner_permille() const;
    bool empty() const;
    friend bool operator==(const Totals&, const Totals&) = default;
};

/// Adds one flow to the sums that it belongs to. With a stream only the side that has it counts:
/// what is sorted from mixed to furniture leaves the stock of the one and enters the other's.
void add(Totals& totals, const ledger::Flow& flow, std::optional<ledger::Key> stream = {});
Totals totals_of(std::span<const ledger::Flow> flows, std::optional<ledger::Key> stream = {});

/// Repair outcomes of a centre, from the room that keeps them. `app` connects it.
using RepairsByMonth =
    std::function<std::map<Month, Repairs>(Snapshot&, CentreId, Month first, Month last)>;
using RepairsByDay =
    std::function<std::map<Day, Repairs>(Snapshot&, CentreId, Day first, Day last)>;

/// The sums of one centre by month.
struct CentreTotals {
    network::CentreRow centre;
    std::int64_t sequence = 0; ///< of the chain when they were read
    std::optional<Day> last_day;
    std::map<Month, Totals> months;
    std::map<Month, std::array<Totals, 12>> streams; ///< by number of the stream

    Totals over(Month first, Month last) const;
};

/// Sums of all centres by month, kept in memory; a centre is read again when its chain has grown.
/// Safe from any thread.
class NetworkTotals {
  public:
    NetworkTotals(Store& store, RepairsByMonth repairs);
    using Ptr = std::shared_ptr<const std::vector<std::shared_ptr<const CentreTotals>>>;
    Ptr now();

  private:
    Ptr read(Snapshot& view, const Ptr& before) const;

    Store& store_;
    RepairsByMonth repairs_;
    std::mutex mutex_;
    std::uint64_t version_ = 0;
    Ptr totals_;
};

} // namespace kringwerk::monitor
