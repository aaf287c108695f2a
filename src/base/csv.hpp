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
    /// The row that the end of the text completes, if any. Refuses "csv.open_quote" with the line
    /// of the row in which a quote is never closed.
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

} // namespace kringwerk
