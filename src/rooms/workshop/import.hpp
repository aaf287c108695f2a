// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/workshop/ords_file.hpp"
#include "rooms/workshop/types.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace kringwerk::workshop {

/// What became of a row.
enum class Fate {
    booked,   ///< or, in a dry run, would be
    already,  ///< stood in the books with the same content, or earlier in the file
    rejected, ///< see its findings
};

/// A row of the file, what was found about it and what became of it.
struct RowReport {
    std::int64_t line = 0;
    Fate fate = Fate::rejected;
    Judged judged;
};

struct ImportOptions {
    std::optional<CentreId> centre; ///< nothing: one external centre for each group of a provider
    bool dry_run = false;           ///< says what would happen and writes nothing
    /// Told of each row, in the order of the file, once its fate is sealed.
    std::function<void(const RowReport&)> each_row;
};

struct ImportReport {
    OrdsVersion version = OrdsVersion::v03;
    Layout layout;
    std::int64_t rows = 0;
    std::int64_t booked = 0;
    std::int64_t already = 0;
    std::int64_t rejected = 0;
    std::int64_t centres_made = 0;
    std::array<std::int64_t, outcome_count> outcomes{}; ///< of what was booked
    std::map<Rule, std::int64_t> findings;
};

/// Reads a file of the Open Repair Data Standard, `.csv` or `.csv.zst`, and books each row as one
/// movement: a customer's thing comes in, is worked on and goes back, with the standard weight of
/// its category (else 0 g), at 12:00 on its day. The movement's id derives from provider and row
/// id, so the same file changes nothing. A row that stands in the books with other content is
/// rejected (`Rule::changed_id`): the books do not change. Rows are written in batches; when the
/// program dies between two, running it again goes on where it stopped.
/// Refuses what `read_csv_file` and `read_header` refuse, "workshop.ords_empty" (no header) and
/// "workshop.no_such_centre".
Result<ImportReport> import_ords(Store& store, const std::filesystem::path& file,
                                 const ImportOptions& options, Instant now);

/// Text of a rejects file: the columns that came in, then code and reason. Once set right it can
/// be imported as it is.
std::string rejects_header(const Layout& layout);
void append_reject(std::string& into, const Layout& layout, const RowReport& row,
                   Language language);

/// One line about a row and all that was found about it, for the report of a dry run: "regel 12,
/// p_1: gaat erin. ...". Nothing when there is nothing to say.
std::string row_report(const RowReport& row, Language language);

} // namespace kringwerk::workshop
