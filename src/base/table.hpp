// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk {

/// A readable data file of `reference/`: lines of fields between semicolons, the first line names
/// the columns, `#` begins a remark, empty lines are passed over. No quoting: a field has no
/// semicolon in it.
class Table {
  public:
    struct Line {
        int number = 0; ///< in the file, from 1
        std::vector<std::string_view> fields;
    };

    /// Refuses "reference.columns" (the first line is not exactly `columns`) and
    /// "reference.fields" (a line with more or fewer fields); both name file and line. `text` must
    /// outlive the table.
    static Result<Table> read(std::string_view file, std::string_view text,
                              const std::vector<std::string_view>& columns);

    const std::vector<Line>& lines() const { return lines_; }
    /// A refusal about a line: its arguments name the file, the line and `what` stands there.
    Refusal wrong(std::string_view code, const Line& line, std::string_view what) const;
    /// Refuses "reference.number" when the field is no whole number.
    Result<std::int64_t> number(const Line& line, std::size_t column) const;

  private:
    std::string file_;
    std::vector<Line> lines_;
};

} // namespace kringwerk
