// SPDX-License-Identifier: EUPL-1.2
// CSV, whole and in pieces, and written again.
#include "base/csv.hpp"
#include "fuzz.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace kringwerk::fuzz {
namespace {

using Rows = std::vector<std::vector<std::string>>;

void add(Rows& rows, std::vector<CsvRow> more) {
    for (auto& row : more) rows.push_back(std::move(row.fields));
}

std::optional<Rows> read(std::string_view text, std::size_t step) {
    CsvReader reader;
    Rows rows;
    for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
        add(rows, reader.feed(text.substr(0, step)));
    }
    auto last = reader.finish();
    if (!last) return std::nullopt;
    add(rows, *std::move(last));
    return rows;
}

} // namespace

void look_at(std::string_view text) {
    const auto step = 1 + take_choice(text, 64);
    const auto rows = read(text, SIZE_MAX);
    promise(rows == read(text, step), "pieces read as the whole does");
    if (!rows) return;
    std::string written;
    for (const auto& row : *rows) append_csv_row(written, row);
    promise(read(written, SIZE_MAX) == rows, "what is written reads back as it was");
}

} // namespace kringwerk::fuzz
