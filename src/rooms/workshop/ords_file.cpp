// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/ords_file.hpp"

#include "base/words.hpp"

#include <algorithm>
#include <tuple>

namespace kringwerk::workshop {
namespace {

/// What a rejects file has besides the columns that came in.
constexpr std::array<std::string_view, 2> reject_columns{"reject_code", "reject_reason"};

std::optional<Column> column_called(std::string_view name) {
    for (std::size_t i = 0; i < column_count; ++i) {
        if (name_of(static_cast<Column>(i)) == name) return static_cast<Column>(i);
    }
    return std::nullopt;
}

/// Names of columns, for a refusal.
class NameList {
  public:
    void add(std::string_view name) { names_ += (names_.empty() ? "" : ", ") + std::string(name); }
    bool empty() const { return names_.empty(); }
    tl::unexpected<Refusal> refuse_with(std::string_view code) const {
        return refuse(code, {{"columns", names_}});
    }

  private:
    std::string names_;
};

} // namespace

std::optional<OrdsVersion> parse_ords_version(std::string_view text) {
    if (text == "0.2.1") return OrdsVersion::v02;
    if (text == "0.3") return OrdsVersion::v03;
    return std::nullopt;
}

std::vector<Column> columns_of(OrdsVersion version) {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < column_count; ++i) {
        const auto column = static_cast<Column>(i);
        const bool newer = column == Column::product_category_id || column == Column::product_age;
        if (column == Column::record_date || (newer && version == OrdsVersion::v02)) continue;
        columns.push_back(column);
    }
    return columns;
}

bool Layout::has(Column column) const {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

Result<Layout> read_header(const CsvRow& header) {
    if (header.fields.size() == 1 && header.fields[0].find(';') != std::string::npos) {
        return refuse("workshop.ords_separator");
    }
    Layout layout;
    layout.fields = header.fields.size();
    NameList unknown;
    NameList twice;
    for (const auto& field : header.fields) {
        const auto name = lower(trimmed(field));
        const auto column = column_called(name);
        const bool passed_over =
            std::find(reject_columns.begin(), reject_columns.end(), name) != reject_columns.end();
        if (!column && !passed_over) unknown.add(field.empty() ? "\"\"" : field);
        if (column && layout.has(*column)) twice.add(field);
        layout.columns.push_back(column);
    }
    if (!unknown.empty()) return unknown.refuse_with("workshop.ords_columns_unknown");
    if (!twice.empty()) return twice.refuse_with("workshop.ords_columns_double");
    const bool newer = layout.has(Column::product_category_id) || layout.has(Column::product_age);
    layout.version = newer ? OrdsVersion::v03 : OrdsVersion::v02;
    NameList missing;
    for (const auto column : columns_of(layout.version)) {
        if (!layout.has(column)) missing.add(name_of(column));
    }
    if (!missing.empty()) return missing.refuse_with("workshop.ords_columns_missing");
    return layout;
}

Judged read_row(const Layout& layout, const CsvRow& row, Day today) {
    Record record;
    for (std::size_t i = 0; i < std::min(row.fields.size(), layout.fields); ++i) {
        if (layout.columns[i]) record[*layout.columns[i]] = row.fields[i];
    }
    auto judged = judge(std::move(record), today);
    if (row.fields.size() != layout.fields) {
        // Which field is missing nobody knows, so nothing else is said about such a row.
        judged.findings = {{Rule::wrong_fields, Column::id, std::to_string(row.fields.size())}};
    }
    return judged;
}

void SeenIds::look(Judged& judged) {
    const auto& record = judged.record;
    if (judged.rejected()) return;
    Sha256 hash;
    for (const auto& value : record.values) {
        hash.integer(static_cast<std::int64_t>(value.size()));
        hash.bytes(value);
    }
    const auto content = hash.finish();
    const auto [place, added] = seen_.emplace(repair_id(record).text(), content);
    if (added) return;
    const auto rule = place->second == content ? Rule::repeated : Rule::double_id;
    judged.findings.push_back({rule, Column::id, record[Column::id]});
}

namespace {

std::vector<Column> written_columns(OrdsVersion version, bool with_date) {
    auto columns = columns_of(version);
    if (with_date) columns.insert(columns.end() - 1, Column::record_date);
    return columns;
}

} // namespace

std::string ords_header(OrdsVersion version, bool with_date) {
    std::vector<std::string_view> names;
    for (const auto column : written_columns(version, with_date)) names.push_back(name_of(column));
    std::string text;
    append_csv_row(text, names);
    return text;
}

void append_ords_row(std::string& into, const Record& record, OrdsVersion version, bool with_date,
                     ReadBy read_by) {
    std::vector<std::string> fields;
    for (const auto column : written_columns(version, with_date)) {
        const auto& value = record[column];
        fields.push_back(read_by == ReadBy::spreadsheet ? for_spreadsheet(value) : value);
    }
    append_csv_row(into, fields);
}

bool in_export_order(const Record& left, const Record& right) {
    return std::tie(left[Column::id], left[Column::data_provider]) <
           std::tie(right[Column::id], right[Column::data_provider]);
}

bool same_content(const Record& known, const Record& incoming, const Layout& layout) {
    return std::all_of(layout.columns.begin(), layout.columns.end(),
                       [&](auto column) { return !column || known[*column] == incoming[*column]; });
}

} // namespace kringwerk::workshop
