// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk {

/// One row of a CSV file. `line` is the line of the file, from 1, on which the row begins; a field
/// in quotes may run on over several lines.
struct CsvRow {
    std::int64_t line = 0;
    std::vector<std::string> fields;
};

/// Takes CSV text apart (RFC 4180) as it comes in, in pieces of any size. A byte order mark, CRLF,
/// a last line without an end and blank lines are taken in stride; white space belongs to its
/// field. A quote inside a field that does not begin with one is an ordinary character.
class CsvReader {
  public:
    explicit CsvReader(char separator = ',');
    ~CsvReader();
    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;

    /// The rows that `piece` completes.
    std::vector<CsvRow> feed(std::string_view piece);
    /// A row of more bytes than this is no row: a quote that never closes may not fill the memory.
    static constexpr std::size_t longest_row = 1024 * 1024;
    /// True after such a row: all that follows is passed over, and `finish` refuses.
    bool is_too_long() const;
    /// The row that the end of the text completes, if any. Refuses "csv.row_too_long" and
    /// "csv.open_quote" (a quote is never closed) with the line on which that row begins.
    Result<std::vector<CsvRow>> finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// All rows of a text. Refuses what `CsvReader::finish` refuses.
Result<std::vector<CsvRow>> parse_csv(std::string_view text);

/// Adds one row, ended by a line feed. A field gets quotes only when it would read differently
/// without them.
void append_csv_row(std::string& into, std::span<const std::string_view> fields);
void append_csv_row(std::string& into, std::span<const std::string> fields);

/// A field for a file that people open in a spreadsheet: one that begins as a formula does
/// (= + - @, a tab or a line end) gets an apostrophe in front, so that it is shown and not
/// computed. Not for files that programs exchange: there every byte counts.
std::string for_spreadsheet(std::string_view field);

} // namespace kringwerk
