// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// The yardstick: SQLite and prepared statements, and nothing of Kringwerk but its tables.
namespace kringwerk::bench {

/// A column as it goes into a statement. Bytes are empty for a number.
struct Column {
    bool null = false;
    std::int64_t number = 0;
    std::string bytes;
};
using BareRow = std::vector<Column>;

/// What books hold, in the order in which it was booked.
struct BareRows {
    std::vector<BareRow> movements;
    std::vector<std::vector<BareRow>> transfers; ///< of each movement
    std::size_t transfer_count = 0;
};

/// Reads all movements and transfers of a database.
BareRows read_rows(const std::filesystem::path& file);

enum class SumsAre { merged, single };

/// Writes the rows with their balances, sums of days and of months and heads into books that are
/// empty, `in_one_commit` movements in each commit, with the settings of the store: WAL,
/// synchronous=FULL, foreign keys. Merged: each row of sums is written once a commit; single: once
/// a transfer. Gives the seconds it took.
double write_rows(const std::filesystem::path& file, const BareRows& rows, double in_one_commit,
                  SumsAre sums);

} // namespace kringwerk::bench
