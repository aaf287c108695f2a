// SPDX-License-Identifier: EUPL-1.2
// Files of repair records: read, judged, written and read again.
#include "base/csv.hpp"
#include "fuzz.hpp"
#include "rooms/workshop/ords_file.hpp"

#include <string>

namespace kringwerk::fuzz {
namespace {

using namespace workshop;

const Day today = *parse_day("2027-03-12");

void check_row(const Layout& layout, const CsvRow& row) {
    const auto judged = read_row(layout, row, today);
    if (judged.rejected()) return;
    auto text = ords_header(OrdsVersion::v03, true);
    append_ords_row(text, judged.record, OrdsVersion::v03, true);
    const auto rows = parse_csv(text);
    promise(rows && rows->size() == 2, "an export has a line for each record");
    const auto again = read_row(*read_header(rows->front()), rows->back(), today);
    promise(!again.rejected(), "what was let in once is let in again");
    promise(again.record == judged.record, "an export reads back as it was");
    promise(again.reading == judged.reading, "and means the same");
}

} // namespace

void look_at(std::string_view text) {
    const auto rows = parse_csv(text);
    if (!rows || rows->empty()) return;
    const auto layout = read_header(rows->front());
    if (!layout) return;
    for (std::size_t i = 1; i < rows->size(); ++i) check_row(*layout, (*rows)[i]);
}

} // namespace kringwerk::fuzz
