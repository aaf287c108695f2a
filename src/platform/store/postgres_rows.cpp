// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres_rows.hpp"

#include "base/ensure.hpp"

#include <algorithm>

namespace kringwerk::postgres {

void AppendedRows::append(const RowTable& table, std::span<const Parameter> row, bool is_new) {
    ensure(row.size() == table.columns.size(), "a row has a value for each column");
    auto known = std::find_if(tables_.begin(), tables_.end(),
                              [&](const Table& one) { return one.table == &table; });
    if (known == tables_.end()) {
        known = tables_.insert(known, Table{&table, {}});
        for (const char letter : table.columns) known->columns.emplace_back(letter);
    }
    for (std::size_t i = 0; i < row.size(); ++i) known->columns[i].add(row[i]);
    known->all_new |= is_new;
}

void AppendedRows::keep() {
    for (auto& table : tables_) {
        // What has been written needs to be kept no longer than it can be undone.
        if (table.sent == table.rows()) {
            for (auto& column : table.columns) column.truncate(0);
            table.sent = 0;
        }
        table.kept = table.rows();
        table.kept_sent = table.sent;
    }
}

void AppendedRows::drop() {
    for (auto& table : tables_) {
        for (auto& column : table.columns) column.truncate(table.kept);
        table.sent = table.kept_sent;
    }
}

void AppendedRows::clear() {
    for (auto& table : tables_) {
        for (auto& column : table.columns) column.truncate(0);
        table.sent = table.kept = table.kept_sent = 0;
    }
}

bool AppendedRows::named_in(std::string_view sql) const {
    return std::any_of(tables_.begin(), tables_.end(), [&](const Table& table) {
        return table.sent < table.rows() && sql.find(table.table->name) != sql.npos;
    });
}

void AppendedRows::flush(const Write& write) {
    for (auto& table : tables_) {
        if (table.sent == table.rows()) continue;
        write(table);
        table.sent = table.rows();
    }
}

} // namespace kringwerk::postgres
