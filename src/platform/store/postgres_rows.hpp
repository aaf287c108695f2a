// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/postgres_values.hpp"
#include "platform/store/rows.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace kringwerk::postgres {

/// Rows that the callers of one batch append, in the order in which they did, until they are
/// written as arrays. What a caller appends counts with the batch only when its savepoint is kept.
class AppendedRows {
  public:
    struct Table {
        const RowTable* table;
        std::vector<Column> columns;
        std::size_t sent = 0;      ///< rows from the first on that the transaction has
        std::size_t kept = 0;      ///< rows of callers whose savepoint was kept
        std::size_t kept_sent = 0; ///< `sent` as it was when the running caller began
        bool all_new = false;      ///< a row that is left out is a fault

        std::size_t rows() const { return columns.front().size(); }
    };
    using Write = std::function<void(const Table&)>;

    void append(const RowTable& table, std::span<const Parameter> row, bool is_new);
    /// The running caller's savepoint is kept, or undone.
    void keep();
    void drop();
    /// The whole batch is undone, or over.
    void clear();

    /// Whether something waits to be written in a table that the SQL text names.
    bool named_in(std::string_view sql) const;
    /// Hands over each table in which rows wait, `sent` being the first of them. Tables come in the
    /// order in which they were first appended to.
    void flush(const Write& write);

  private:
    std::vector<Table> tables_;
};

} // namespace kringwerk::postgres
