// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_undo.hpp"

#include "rooms/people/people.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::intake {
namespace {

using ledger::Deed;

/// A correction books two movements, and its sender made one id.
ledger::MovementId id_of_reversal(const Deed& deed) {
    const auto id = format_uuid(deed.action.id);
    return {derive_uuid8(std::array<std::string_view, 2>{"gate-correction", id})};
}

/// A reversal in the name of somebody who may undo this, though not reverse whatever they like.
Result<void> reverse_car(Transaction& tx, const Deed& deed, const ledger::MovementId& id,
                         const VisitId& visit, ledger::Reason reason,
                         const ledger::OnReversal* on_reversal) {
    ledger::Draft draft;
    draft.id = id;
    draft.centre = deed.action.centre;
    draft.kind = ledger::Ways::built_in().kind("reverse");
    draft.happened_at = deed.happened_at;
    draft.reverses = ledger::MovementId{visit.bytes};
    draft.reason = reason;
    auto caller = deed.caller;
    people::Grant undo{draft.centre, caller.role_at(draft.centre), {}, {}};
    undo.kinds.set(draft.kind.number);
    caller.grants.push_back(undo);
    const auto posted = ledger::post(tx, draft, caller, deed.received, on_reversal);
    if (!posted) return refuse(posted.error());
    return {};
}

/// How the counter took the car in stays what it was.
KeptVisit right_one(const Correction& correction, const KeptVisit& wrong, const Deed& deed) {
    KeptVisit kept{VisitId{deed.action.id}, wrong.day,        wrong.at,
                   deed.caller.device,      correction.right, std::nullopt};
    kept.visit.took_ms = wrong.visit.took_ms;
    kept.visit.taps = wrong.visit.taps;
    kept.visit.receipt = wrong.visit.receipt;
    return kept;
}

} // namespace

Result<void> may_take_back(const Deed& deed, Day day) {
    if (day == local_day(deed.happened_at)) return {};
    return people::may_at(deed.caller, people::Right::correct, deed.action.centre);
}

Result<KeptVisit> car_to_take_back(Snapshot& view, const Deed& deed, const VisitId& id) {
    auto kept = visit(view, deed.action.centre, id);
    if (!kept) return refuse("intake.nothing_to_undo");
    if (kept->undone_at) return refuse("intake.undone_already");
    if (auto allowed = may_take_back(deed, kept->day); !allowed) return refuse(allowed.error());
    return *std::move(kept);
}

Result<void> take_back(Transaction& tx, const Deed& deed, const VisitId& id, ledger::Reason reason,
                       const ledger::OnReversal* on_reversal) {
    const auto car = car_to_take_back(tx, deed, id);
    if (!car) return refuse(car.error());
    return reverse_car(tx, deed, {deed.action.id}, car->id, reason, on_reversal);
}

ledger::Draft draft_of(const Correction& correction, const KeptVisit& wrong, CentreId centre,
                       const VisitId& id) {
    auto draft = draft_of(correction.right, centre, {id.bytes}, wrong.at);
    draft.reason = correction.mistake;
    draft.reference = ledger::Reference{centre, {wrong.id.bytes}};
    return draft;
}

Result<void> correct_car(Transaction& tx, const Deed& deed, const Correction& correction,
                         const ledger::OnReversal* on_reversal) {
    const auto centre = deed.action.centre;
    const auto wrong = car_to_take_back(tx, deed, correction.visit);
    if (!wrong) return refuse(wrong.error());
    const auto right = right_one(correction, *wrong, deed);
    hand_pass_over(tx, centre, wrong->id, right.id);
    const auto reversed =
        reverse_car(tx, deed, id_of_reversal(deed), wrong->id, correction.mistake, on_reversal);
    if (!reversed) return reversed;
    const auto draft = draft_of(correction, *wrong, centre, right.id);
    const auto posted = ledger::post(tx, draft, deed.caller, deed.received);
    if (!posted) return refuse(posted.error());
    keep_visit(tx, centre, right);
    if (!pass_count(tx, centre, right.id)) {
        count_pass(tx, centre, right.id, correction.right.pass, std::min(right.at, deed.received));
    }
    return {};
}

} // namespace kringwerk::intake
