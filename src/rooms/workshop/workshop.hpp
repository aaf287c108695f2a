// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/workshop/categories.hpp"
#include "rooms/workshop/types.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// The workshop: what people brought to have it repaired, and how it ended. Front door for other
/// rooms; files come and go through `import.hpp` and `export.hpp`.
namespace kringwerk::workshop {

/// Repairs of one day or month with the same category, outcome and barrier. A period in which more
/// was set right than booked has a number below zero.
struct OutcomeSum {
    std::int32_t period = 0; ///< Day::number or Month::number
    int category = 0;        ///< of the standard; 0: unknown
    Outcome outcome = Outcome::unknown;
    Barrier barrier = Barrier::none;
    std::int64_t repairs = 0;
};
std::vector<OutcomeSum> outcomes_of_days(Snapshot& view, CentreId centre, Day first, Day last);
std::vector<OutcomeSum> outcomes_of_months(Snapshot& view, CentreId centre, Month first,
                                           Month last);

/// Repairs by outcome, by its number: [unknown, fixed, repairable, end of life].
using OutcomeCounts = std::array<std::int64_t, outcome_count>;
OutcomeCounts counts_of_days(Snapshot& view, CentreId centre, Day first, Day last);
std::map<Month, OutcomeCounts> counts_by_month(Snapshot& view, CentreId centre, Month first,
                                               Month last);

/// The record behind a movement, for its story; nothing when the movement is no repair.
std::optional<Record> record_of(Snapshot& view, CentreId centre,
                                const ledger::MovementId& movement);

/// Keeps a repair that was just booked, and counts it on the day of its movement.
void keep_repair(Transaction& tx, CentreId centre, ledger::ItemId item, const Record& record,
                 const Reading& reading, const ledger::Posted& posted);

/// How the repair of a movement ended, also when it was reversed since.
std::optional<Outcome> outcome_of(Snapshot& view, CentreId centre,
                                  const ledger::MovementId& movement);

/// Takes the repair of a reversed movement out of the sums, on the day on which the reversal
/// counts. `app` connects it to the ledger (`ledger::OnReversal`); other movements pass.
void on_reversal(Transaction& tx, const ledger::Movement& original,
                 const ledger::Movement& reversal);

/// The first row of the repairs that contradicts the books or another row, for `verify`.
struct WrongRow {
    std::string code;        ///< text "verify.<code>"
    TextArguments arguments; ///< centres as numbers, days and months as their codes
    CentreId centre;
};
/// Looks at each repair (its movement stands in the books and counts on that day; so does its
/// reversal), then at the sums of days and of months, in the order of their keys.
std::optional<WrongRow> first_wrong_row(Snapshot& view);

} // namespace kringwerk::workshop
