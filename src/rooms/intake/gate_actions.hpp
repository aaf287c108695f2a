// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/gate.hpp"
#include "rooms/ledger/ledger.hpp"

/// What people at the gate do. Each needs `Right::gate` at the centre, else "people.not_allowed".
namespace kringwerk::intake {

/// The kinds "gate-visit", "gate-refusal", "gate-undo", "gate-correction", "ticket-open",
/// "ticket-complete" and "ticket-void". `on_reversal` lives as long as they, and calls
/// `intake::on_reversal`.
///
/// A visit refuses what gate.hpp and the ledger refuse; a pass is only counted, because whoever was
/// weighed was let in, and a remark says how often it was here this year. Undoing refuses
/// "intake.nothing_to_undo" (there is no such visit or refusal), "intake.undone_already" and, of
/// another day than today, "people.not_allowed" without `Right::correct`. A correction refuses what
/// undoing and a visit refuse. A ticket refuses "intake.ticket_unknown" and "intake.ticket_over"
/// (completed or void already).
ledger::ActionKinds gate_kinds(const ledger::OnReversal* on_reversal);

/// Marks the visit of a reversed movement as undone, and its pass no longer counts; other movements
/// pass. `app` connects it to the
/// ledger (`ledger::OnReversal`).
void on_reversal(Transaction& tx, const ledger::Movement& original,
                 const ledger::Movement& reversal);

} // namespace kringwerk::intake
