// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/query.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kringwerk {

/// A table of running sums: rows of whole-number keys with amounts that only ever are added to.
struct SumTable {
    std::string_view name; ///< as it stands in the SQL
    /// `$1..` the keys, then the amounts; adds to the row or makes it. PostgreSQL gets arrays, a
    /// row to an element.
    const Query* add;
    int keys;    ///< at most 8
    int amounts; ///< at most 5
};

using SumKey = std::array<std::int64_t, 8>;
using SumAmounts = std::array<std::int64_t, 5>;

/// What callers of one batch add to such tables, merged so that each touched row is written once.
/// What a caller adds counts with the batch only when its savepoint is kept.
class Sums {
  public:
    using Write = std::function<void(const SumTable&, const SumKey&, const SumAmounts&)>;

    /// Throws `Bug` when a sum does not fit in 64 bits.
    void add(const SumTable& table, const SumKey& key, const SumAmounts& amounts);
    /// The running caller's savepoint is kept, or undone.
    void keep();
    void drop();
    /// The whole batch is undone.
    void clear();

    bool pending() const { return pending_ > 0; }
    /// One bit for each table so far known with something to write that the SQL text names.
    std::uint64_t tables_named_in(std::string_view sql) const;
    std::size_t tables_known() const { return tables_.size(); }
    /// Bits of the tables with something to write.
    std::uint64_t pending_tables() const;
    /// Writes what is pending in the tables of `bits`, keys in ascending order.
    void flush(std::uint64_t bits, const Write& write);

  private:
    struct HashKey {
        std::size_t operator()(const SumKey& key) const;
    };
    using Merged = std::unordered_map<SumKey, SumAmounts, HashKey>;
    struct Pending {
        const SumTable* table;
        Merged batch;                                   ///< of callers whose savepoint was kept
        std::vector<std::pair<SumKey, SumAmounts>> own; ///< of the running caller
        Merged written; ///< of `batch`, written inside the running savepoint: undone with it
    };
    Pending& pending_of(const SumTable& table);
    static void merge(Merged& into, const SumKey& key, const SumAmounts& amounts);

    std::vector<Pending> tables_;
    std::size_t pending_ = 0; ///< additions not yet written
};

} // namespace kringwerk
