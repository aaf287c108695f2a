// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "base/table.hpp"
#include "rooms/ledger/types.hpp"

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::ledger {

/// A kind of movement. It belongs to one room, and only its ways are possible.
struct KindRow {
    Kind kind;
    std::string_view code; ///< "weigh-in"; text "kind.<code>"
    std::string_view room;
};

/// Which kinds there are and which `from → to` each allows: reference/kinds.csv and
/// reference/ways.csv.
class Ways {
  public:
    static const Ways& built_in();
    /// Refuses what base/table.hpp refuses, and "reference.double", "reference.unknown", each with
    /// file and line. Both texts must outlive the result.
    static Result<Ways> read(std::string_view kinds_csv, std::string_view ways_csv);

    const std::vector<KindRow>& kinds() const { return kinds_; }
    const KindRow* find(Kind kind) const;
    /// A bug when there is no such kind.
    Kind kind(std::string_view code) const;
    std::optional<Kind> parse(std::string_view code) const;
    bool allows(Kind kind, Account from, Account to) const;
    /// All pairs of places, for screens and tests.
    std::vector<std::pair<Place, Place>> of(Kind kind) const;

  private:
    using Pairs = std::bitset<128 * 128>;
    static std::size_t pair(Place from, Place to) {
        return static_cast<std::size_t>(from) * 128 + static_cast<std::size_t>(to);
    }
    Result<void> add_line(const Table& table, const Table::Line& line);

    std::vector<KindRow> kinds_;
    std::vector<Pairs> allowed_ = std::vector<Pairs>(256);
    std::vector<Pairs> changes_stream_ = std::vector<Pairs>(256);
};

/// The reasons for what needs one: reference/reasons.csv.
struct ReasonRow {
    Reason reason;
    std::string_view code; ///< text "reason.<code>"
    std::string_view use;  ///< "reverse" or "count"
};
const std::vector<ReasonRow>& all_reasons();
std::optional<Reason> parse_reason(std::string_view code);
/// Empty for no reason.
std::string_view code_of(Reason reason);

} // namespace kringwerk::ledger
