// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/gate_store.hpp"
#include "rooms/ledger/ledger.hpp"

/// Taking a car back, and booking the right one in its place. Both stay in the books.
namespace kringwerk::intake {

/// A car as it should have been booked.
struct Correction {
    VisitId visit; ///< as it stands in the books
    ledger::Reason mistake;
    GateVisit right;
};
/// What an action "gate-correction" says. Refuses what `parse_visit` refuses.
Result<Correction> parse_correction(Snapshot& view, const boost::json::value& body, Day day);

/// The car, if it may be taken back. Refuses "intake.nothing_to_undo" (there is no such car),
/// "intake.undone_already" and, of another day than the deed's, "people.not_allowed" without
/// `Right::correct`.
Result<KeptVisit> car_to_take_back(Snapshot& view, const ledger::Deed& deed, const VisitId& id);
/// The last of these for anything of the gate.
Result<void> may_take_back(const ledger::Deed& deed, Day day);

/// Reverses a car under the id of the deed. Refuses what `car_to_take_back` refuses.
Result<void> take_back(Transaction& tx, const ledger::Deed& deed, const VisitId& id,
                       ledger::Reason reason, const ledger::OnReversal* on_reversal);

/// Reverses a car and books the right one under the id of the deed, at the hour of the first, with
/// a reference to it and the same reason. A pass that was counted stays counted once. Refuses what
/// `car_to_take_back` and the ledger refuse.
Result<void> correct_car(Transaction& tx, const ledger::Deed& deed, const Correction& correction,
                         const ledger::OnReversal* on_reversal);
/// What `correct_car` books for the right car.
ledger::Draft draft_of(const Correction& correction, const KeptVisit& wrong, CentreId centre,
                       const VisitId& id);

} // namespace kringwerk::intake
