// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "rooms/intake/forms.hpp"
#include "rooms/intake/gate_undo.hpp"

#include <span>
#include <string>

/// The form that sets one car right: a row for each line of the car and some empty ones. The fields
/// of row 2 are "lane_2", "stream_2", "kg_2" and "basis_2".
namespace kringwerk::intake {

/// Rows of the form for a car: one for each line, and two more.
std::size_t rows_of(const KeptVisit& wrong);
/// The form as it begins.
Answers answers_of(const KeptVisit& wrong, Language language);
/// Exact, as somebody types it: "42,5", "1,234".
std::string typed_kilograms(Language language, Grams mass);

/// Reasons that the form offers, of reference/reasons.csv.
std::span<const std::string_view> mistakes();
/// Refuses "intake.choose_reason".
Result<ledger::Reason> read_mistake(const Answers& answers);

/// A row without a weight is left out. A line that nobody changed keeps all that the scale said.
/// Refuses, all at once with fields: "intake.choose_reason", "intake.choose_lane",
/// "intake.choose_stream", "intake.line_weight_needed", "intake.mass_unreadable",
/// "intake.mass_ambiguous", "intake.mass_zero", "intake.mass_too_much", "intake.choose_basis",
/// "intake.not_standard" and what `wrong_category` says; then "intake.no_lines" and
/// "intake.nothing_changed".
Result<Correction> read_correction(Snapshot& view, const Answers& answers, const KeptVisit& wrong);

} // namespace kringwerk::intake
