// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_actions.hpp"

#include "base/fields.hpp"
#include "rooms/intake/gate_store.hpp"
#include "rooms/intake/gate_undo.hpp"
#include "rooms/people/people.hpp"

#include <algorithm>

namespace kringwerk::intake {
namespace {

using ledger::Deed;
namespace json = boost::json;

VisitId id_of(const Deed& deed) { return {deed.action.id}; }
CentreId centre_of(const Deed& deed) { return deed.action.centre; }

Result<void> may_work_at_gate(const Deed& deed) {
    return people::may_at(deed.caller, people::Right::gate, centre_of(deed));
}

/// Books a car and keeps what the scale said.
Result<void> take_in(Transaction& tx, const Deed& deed, const GateVisit& visit) {
    const auto centre = centre_of(deed);
    const auto draft = draft_of(visit, centre, {deed.action.id}, deed.happened_at);
    const auto posted = ledger::post(tx, draft, deed.caller, deed.received);
    if (!posted) return refuse(posted.error());
    keep_visit(tx, centre,
               {id_of(deed), local_day(deed.happened_at), deed.happened_at, deed.caller.device,
                visit, std::nullopt});
    return {};
}

Result<void> do_visit(Transaction& tx, const Deed& deed, const json::value& body) {
    if (auto allowed = may_work_at_gate(deed); !allowed) return allowed;
    const auto visit = parse_visit(tx, body, local_day(deed.happened_at));
    if (!visit) return refuse(visit.error());
    // A clock that runs ahead must not begin the next year, which forgets all counts of this one.
    const auto counted_at = std::min(deed.happened_at, deed.received);
    count_pass(tx, centre_of(deed), id_of(deed), visit->pass, counted_at);
    return take_in(tx, deed, *visit);
}

/// How often this pass was here, for whoever let it in.
std::optional<ledger::Remark> remark_on_pass(Snapshot& view, const ledger::Action& action) {
    const auto count = pass_count(view, action.centre, VisitId{action.id});
    if (!count) return std::nullopt;
    const TextArguments figures{{"count", std::to_string(count->visits)},
                                {"quota", std::to_string(count->quota)}};
    if (count->quota == 0) return ledger::Remark{"intake.pass_counted", figures};
    if (count->is_over()) return ledger::Remark{"intake.pass_over", figures, true};
    return ledger::Remark{"intake.pass_within", figures};
}

Result<void> do_refusal(Transaction& tx, const Deed& deed, const json::value& body) {
    if (auto allowed = may_work_at_gate(deed); !allowed) return allowed;
    const auto refusal = parse_refusal(body);
    if (!refusal) return refuse(refusal.error());
    keep_refusal(tx, centre_of(deed),
                 {id_of(deed), local_day(deed.happened_at), deed.happened_at, deed.caller.device,
                  *refusal, std::nullopt});
    return {};
}

struct Undo {
    VisitId visit;
    ledger::Reason reason;
};

Result<Undo> parse_undo(const json::value& body) {
    Fields in(body);
    Undo undo;
    undo.visit = in.uuid<VisitTag>("visit");
    undo.reason = in.one_of("reason", ledger::parse_reason);
    return in.finish(undo);
}

Result<void> do_undo(Transaction& tx, const Deed& deed, const json::value& body,
                     const ledger::OnReversal* on_reversal) {
    if (auto allowed = may_work_at_gate(deed); !allowed) return allowed;
    const auto undo = parse_undo(body);
    if (!undo) return refuse(undo.error());
    const auto centre = centre_of(deed);
    const auto kept = refusal(tx, centre, undo->visit);
    if (!kept) return take_back(tx, deed, undo->visit, undo->reason, on_reversal);
    if (kept->undone_at) return refuse("intake.undone_already");
    if (auto allowed = may_take_back(deed, kept->day); !allowed) return allowed;
    mark_refusal_undone(tx, centre, kept->id, deed.happened_at);
    return {};
}

Result<void> do_correction(Transaction& tx, const Deed& deed, const json::value& body,
                           const ledger::OnReversal* on_reversal) {
    if (auto allowed = may_work_at_gate(deed); !allowed) return allowed;
    const auto correction = parse_correction(tx, body, local_day(deed.happened_at));
    if (!correction) return refuse(correction.error());
    return correct_car(tx, deed, *correction, on_reversal);
}

Result<void> open_ticket(Transaction& tx, const Deed& deed, const json::value& body) {
    if (auto allowed = may_work_at_gate(deed); !allowed) return allowed;
    const auto parsed = parse_ticket(body);
    if (!parsed) return refuse(parsed.error());
    keep_ticket(tx, centre_of(deed),
                {id_of(deed), local_day(deed.happened_at), deed.happened_at, deed.caller.device,
                 *parsed, std::nullopt, std::nullopt});
    return {};
}

Result<KeptTicket> ticket_still_open(Snapshot& view, CentreId centre, const UuidBytes& id) {
    auto kept = ticket(view, centre, VisitId{id});
    if (!kept) return refuse("intake.ticket_unknown");
    if (!kept->open()) return refuse("intake.ticket_over");
    return *std::move(kept);
}

Result<void> finish_ticket(Transaction& tx, const Deed& deed, const json::value& body) {
    if (auto allowed = may_work_at_gate(deed); !allowed) return allowed;
    const auto second = parse_second_weighing(body);
    if (!second) return refuse(second.error());
    const auto kept = ticket_still_open(tx, centre_of(deed), second->ticket);
    if (!kept) return refuse(kept.error());
    const auto visit = visit_of(kept->ticket, *second);
    if (!visit) return refuse(visit.error());
    complete_ticket(tx, centre_of(deed), kept->id, id_of(deed));
    return take_in(tx, deed, *visit);
}

Result<void> drop_ticket(Transaction& tx, const Deed& deed, const json::value& body) {
    if (auto allowed = may_work_at_gate(deed); !allowed) return allowed;
    Fields in(body);
    const auto id = in.uuid<VisitTag>("ticket");
    const auto reason = in.one_of("reason", [](std::string_view code) {
        const auto codes = void_reasons();
        const bool known = std::find(codes.begin(), codes.end(), code) != codes.end();
        return known ? std::optional(std::string(code)) : std::nullopt;
    });
    if (auto finished = in.finish(); !finished) return refuse(std::move(finished.error()));
    const auto kept = ticket_still_open(tx, centre_of(deed), id.bytes);
    if (!kept) return refuse(kept.error());
    void_ticket(tx, centre_of(deed), id, reason, deed.happened_at);
    return {};
}

} // namespace

void on_reversal(Transaction& tx, const ledger::Movement& original,
                 const ledger::Movement& reversal) {
    const VisitId id{original.id.bytes};
    mark_visit_undone(tx, original.centre, id, reversal.happened_at);
    uncount_pass(tx, original.centre, id);
}

ledger::ActionKinds gate_kinds(const ledger::OnReversal* on_reversal) {
    const auto undo = [on_reversal](Transaction& tx, const Deed& deed, const json::value& body) {
        return do_undo(tx, deed, body, on_reversal);
    };
    const auto correct = [on_reversal](Transaction& tx, const Deed& deed, const json::value& body) {
        return do_correction(tx, deed, body, on_reversal);
    };
    return {
        {"gate-visit", {do_visit, remark_on_pass}},
        {"gate-refusal", {do_refusal}},
        {"gate-undo", {undo}},
        {"gate-correction", {correct, remark_on_pass}},
        {"ticket-open", {open_ticket}},
        {"ticket-complete", {finish_ticket}},
        {"ticket-void", {drop_ticket}},
    };
}

} // namespace kringwerk::intake
