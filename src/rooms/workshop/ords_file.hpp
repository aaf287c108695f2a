// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/csv.hpp"
#include "base/hash.hpp"
#include "rooms/workshop/ords_rules.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

/// Files of the Open Repair Data Standard, as text and as records.
namespace kringwerk::workshop {

enum class OrdsVersion {
    v02, ///< 0.2.1: without product_category_id and product_age
    v03, ///< 0.3
};
/// "0.2.1" or "0.3"; anything else is nothing.
std::optional<OrdsVersion> parse_ords_version(std::string_view text);
/// The columns of a version, without the optional record_date.
std::vector<Column> columns_of(OrdsVersion version);

/// Where each column stands in a file.
struct Layout {
    OrdsVersion version = OrdsVersion::v03;
    std::size_t fields = 0;
    std::vector<std::optional<Column>> columns; ///< by place; nothing: passed over
    bool has(Column column) const;
};

/// Reads a header, with its columns in any order. A file has all columns of its version, perhaps
/// record_date, perhaps the two that a rejects file adds. Refuses, in this order:
/// "workshop.ords_separator" (semicolons), "workshop.ords_columns_unknown", "…_double" and
/// "…_missing"; each names the columns.
Result<Layout> read_header(const CsvRow& header);

/// The record of a row, or a finding when it has more or fewer fields than the header: then what
/// there is stands in it.
Judged read_row(const Layout& layout, const CsvRow& row, Day today);

/// Remembers the ids of a file, to find those that stand twice.
class SeenIds {
  public:
    /// Adds the finding `repeated` or `double_id` to a record whose id was seen before.
    void look(Judged& judged);

  private:
    std::unordered_map<std::string, Digest> seen_;
};

/// Calls `each` for the header and every row of a CSV file; `.zst` files are unpacked on the way.
/// What `each` refuses ends the reading. Refuses "workshop.file_unreadable",
/// "workshop.file_packed_wrongly" and what CsvReader refuses.
Result<void> read_csv_file(const std::filesystem::path& file,
                           const std::function<Result<void>(CsvRow)>& each);

/// Who reads an export: a program, for which every byte stays as it came in, or a person with a
/// spreadsheet, where `for_spreadsheet` keeps what strangers typed from being computed.
enum class ReadBy { program, spreadsheet };

/// Text of an export. A record in version 0.2.1 loses its category's number and age. `with_date`
/// adds record_date.
std::string ords_header(OrdsVersion version, bool with_date);
void append_ords_row(std::string& into, const Record& record, OrdsVersion version, bool with_date,
                     ReadBy read_by = ReadBy::program);
/// The order of an export: by the bytes of the id, then of the provider, so that it does not
/// depend on a language or a database. "rcint_10" stands before "rcint_2".
bool in_export_order(const Record& left, const Record& right);

/// True when `incoming`, of a file that has the columns of `layout`, says the same as `known`.
bool same_content(const Record& known, const Record& incoming, const Layout& layout);

} // namespace kringwerk::workshop
