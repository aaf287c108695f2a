// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/intake/gate.hpp"
#include "rooms/people/types.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What the gate keeps beside the books.
namespace kringwerk::intake {

using VisitId = Uuid<struct VisitTag>; ///< the same bytes as the movement that books it

struct KeptVisit {
    VisitId id;
    Day day;
    Instant at;
    std::int64_t device = 0;
    GateVisit visit;
    std::optional<Instant> undone_at;
};
struct KeptRefusal {
    VisitId id;
    Day day;
    Instant at;
    std::int64_t device = 0;
    GateRefusal refusal;
    std::optional<Instant> undone_at;
};
struct KeptTicket {
    VisitId id;
    Day day;
    Instant opened_at;
    std::int64_t device = 0;
    GateTicket ticket;
    std::optional<VisitId> visit;
    std::optional<Instant> voided_at;
    bool open() const { return !visit && !voided_at; }
};

void keep_visit(Transaction& tx, CentreId centre, const KeptVisit& kept);
void keep_refusal(Transaction& tx, CentreId centre, const KeptRefusal& kept);
void keep_ticket(Transaction& tx, CentreId centre, const KeptTicket& kept);
void complete_ticket(Transaction& tx, CentreId centre, const VisitId& ticket, const VisitId& visit);
void void_ticket(Transaction& tx, CentreId centre, const VisitId& ticket, std::string_view reason,
                 Instant now);
void mark_visit_undone(Transaction& tx, CentreId centre, const VisitId& id, Instant now);
void mark_refusal_undone(Transaction& tx, CentreId centre, const VisitId& id, Instant now);

std::optional<KeptVisit> visit(Snapshot& view, CentreId centre, const VisitId& id);
std::optional<KeptRefusal> refusal(Snapshot& view, CentreId centre, const VisitId& id);
std::optional<KeptTicket> ticket(Snapshot& view, CentreId centre, const VisitId& id);
/// By time, newest first; undone ones too.
std::vector<KeptVisit> visits(Snapshot& view, CentreId centre, Day first, Day last);
std::vector<KeptRefusal> refusals(Snapshot& view, CentreId centre, Day first, Day last);
std::vector<KeptTicket> open_tickets(Snapshot& view, CentreId centre);

/// How a centre wants its gate.
enum class ResidentCheck : std::uint8_t { off, optional, required };
std::string_view code_of(ResidentCheck check);
std::optional<ResidentCheck> parse_resident_check(std::string_view code);
struct GateSetting {
    ResidentCheck check = ResidentCheck::off;
    std::int64_t quota = 0; ///< visits a year with one pass; 0: no limit
};
GateSetting gate_setting(Snapshot& view, CentreId centre);
void save_gate_setting(Transaction& tx, CentreId centre, const GateSetting& setting, Instant now);
/// Counts a pass for this visit and this year, under a number that tells nothing about it. Counts
/// nothing when the centre does not check, or of a year that is over by now: its key is gone.
void count_pass(Transaction& tx, CentreId centre, const VisitId& visit, std::string_view pass,
                Instant now);
/// Takes back what was counted for a visit, once; for one without a pass it does nothing.
void uncount_pass(Transaction& tx, CentreId centre, const VisitId& visit);
/// What was counted for one visit is from now on counted for another, which takes its place.
void hand_pass_over(Transaction& tx, CentreId centre, const VisitId& from, const VisitId& to);

struct PassCount {
    std::int64_t visits = 0; ///< of this pass in its year
    std::int64_t quota = 0;  ///< 0: no limit
    bool is_over() const { return quota > 0 && visits > quota; }
};
/// Nothing for a visit without a counted pass.
std::optional<PassCount> pass_count(Snapshot& view, CentreId centre, const VisitId& visit);
/// How often it was here this year, without counting.
std::int64_t visits_with_pass(Snapshot& view, CentreId centre, std::string_view pass, Instant now);

/// A day that the lead looked through.
struct ClosedDay {
    Instant closed_at;
    people::PersonId closed_by;
    std::string note;
};
/// Newest first: what was set right after it may be looked through again.
std::vector<ClosedDay> closings_of(Snapshot& view, CentreId centre, Day day);
void close_day(Transaction& tx, CentreId centre, Day day, const ClosedDay& closed);

} // namespace kringwerk::intake
