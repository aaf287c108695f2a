// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_store.hpp"

#include "rooms/intake/queries.hpp"

#include <map>

namespace kringwerk::intake {
namespace {

std::optional<std::string_view> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

std::string text_or_empty(const Row& row, int column) {
    return row.null(column) ? std::string() : std::string(row.text(column));
}

std::optional<Instant> instant_or_none(const Row& row, int column) {
    return row.null(column) ? std::nullopt : std::optional(row.instant(column));
}

std::optional<Grams> grams_or_none(const Row& row, int column) {
    return row.null(column) ? std::nullopt : std::optional(Grams{row.integer(column)});
}

KeptVisit read_visit(Row row) {
    KeptVisit kept;
    kept.id = row.uuid<VisitTag>(0);
    kept.day = row.day(1);
    kept.at = row.instant(2);
    kept.device = row.integer(3);
    kept.visit.postcode = text_or_empty(row, 4);
    kept.visit.vehicle = text_or_empty(row, 5);
    kept.visit.reason = text_or_empty(row, 6);
    kept.visit.receipt = row.text(7);
    kept.visit.took_ms = row.integer(8);
    kept.visit.taps = row.integer(9);
    kept.undone_at = instant_or_none(row, 10);
    return kept;
}

GateLine read_weighing(const Row& row) {
    GateLine line;
    line.lane = static_cast<Lane>(row.integer(1));
    line.stream = {static_cast<std::uint8_t>(row.integer(2))};
    line.category = row.id<ledger::Category>(3);
    line.weighing.grams = {row.integer(4)};
    line.weighing.pieces = {row.integer(5)};
    line.weighing.basis = static_cast<ledger::Basis>(row.integer(6));
    line.weighing.scale_number = static_cast<int>(row.integer(7));
    line.weighing.gross = grams_or_none(row, 8);
    line.weighing.tare_number = static_cast<int>(row.integer(9));
    line.weighing.tare = grams_or_none(row, 10);
    line.weighing.raw = row.text(11);
    return line;
}

KeptRefusal read_refusal(Row row) {
    KeptRefusal kept;
    kept.id = row.uuid<VisitTag>(0);
    kept.day = row.day(1);
    kept.at = row.instant(2);
    kept.device = row.integer(3);
    kept.refusal.reason = row.text(4);
    kept.refusal.stop = text_or_empty(row, 5);
    kept.refusal.stream = {static_cast<std::uint8_t>(row.integer(6))};
    kept.refusal.elsewhere = row.id<Centre>(7);
    kept.refusal.postcode = text_or_empty(row, 8);
    kept.undone_at = instant_or_none(row, 9);
    return kept;
}

KeptTicket read_ticket(Row row) {
    KeptTicket kept;
    kept.id = row.uuid<VisitTag>(0);
    kept.ticket.word = row.text(1);
    kept.day = row.day(2);
    kept.opened_at = row.instant(3);
    kept.device = row.integer(4);
    auto& line = kept.ticket.line;
    line.lane = static_cast<Lane>(row.integer(5));
    line.stream = {static_cast<std::uint8_t>(row.integer(6))};
    line.weighing.gross = Grams{row.integer(7)};
    line.weighing.basis = static_cast<ledger::Basis>(row.integer(8));
    line.weighing.scale_number = static_cast<int>(row.integer(9));
    line.weighing.raw = row.text(10);
    kept.ticket.vehicle = text_or_empty(row, 11);
    if (!row.null(12)) kept.visit = row.uuid<VisitTag>(12);
    kept.voided_at = instant_or_none(row, 13);
    return kept;
}

} // namespace

void keep_visit(Transaction& tx, CentreId centre, const KeptVisit& kept) {
    const auto& visit = kept.visit;
    tx.run(sql::insert_visit, centre, kept.id, kept.day, kept.at, kept.device,
           or_null(visit.postcode), or_null(visit.vehicle), or_null(visit.reason), visit.receipt,
           visit.took_ms, visit.taps);
    int number = 0;
    for (const auto& line : visit.lines) {
        const auto& weighing = line.weighing;
        tx.run(sql::insert_weighing, centre, kept.id, ++number, static_cast<int>(line.lane),
               line.stream.number, line.category, weighing.grams, weighing.pieces,
               static_cast<int>(weighing.basis), weighing.scale_number, weighing.gross,
               weighing.tare_number, weighing.tare, weighing.raw);
    }
}

void keep_refusal(Transaction& tx, CentreId centre, const KeptRefusal& kept) {
    const auto& refusal = kept.refusal;
    tx.run(sql::insert_refusal, centre, kept.id, kept.day, kept.at, kept.device, refusal.reason,
           or_null(refusal.stop), refusal.stream.number, refusal.elsewhere,
           or_null(refusal.postcode));
}

void keep_ticket(Transaction& tx, CentreId centre, const KeptTicket& kept) {
    const auto& line = kept.ticket.line;
    tx.run(sql::insert_ticket, centre, kept.id, kept.ticket.word, kept.day, kept.opened_at,
           kept.device, static_cast<int>(line.lane), line.stream.number, *line.weighing.gross,
           static_cast<int>(line.weighing.basis), line.weighing.scale_number, line.weighing.raw,
           or_null(kept.ticket.vehicle));
}

void complete_ticket(Transaction& tx, CentreId centre, const VisitId& ticket,
                     const VisitId& visit) {
    tx.run(sql::complete_ticket, centre, ticket, visit);
}

void void_ticket(Transaction& tx, CentreId centre, const VisitId& ticket, std::string_view reason,
                 Instant now) {
    tx.run(sql::void_ticket, centre, ticket, now, reason);
}

void mark_visit_undone(Transaction& tx, CentreId centre, const VisitId& id, Instant now) {
    tx.run(sql::undo_visit, centre, id, now);
}

void mark_refusal_undone(Transaction& tx, CentreId centre, const VisitId& id, Instant now) {
    tx.run(sql::undo_refusal, centre, id, now);
}

std::optional<KeptVisit> visit(Snapshot& view, CentreId centre, const VisitId& id) {
    auto kept = view.first(sql::visit_by_id, read_visit, centre, id);
    if (!kept) return kept;
    for (const auto row : view.rows(sql::weighings_of_visit, centre, id)) {
        kept->visit.lines.push_back(read_weighing(row));
    }
    return kept;
}

std::optional<KeptRefusal> refusal(Snapshot& view, CentreId centre, const VisitId& id) {
    return view.first(sql::refusal_by_id, read_refusal, centre, id);
}

std::optional<KeptTicket> ticket(Snapshot& view, CentreId centre, const VisitId& id) {
    return view.first(sql::ticket_by_id, read_ticket, centre, id);
}

std::vector<KeptVisit> visits(Snapshot& view, CentreId centre, Day first, Day last) {
    std::map<VisitId, std::vector<GateLine>> lines;
    for (const auto row : view.rows(sql::weighings_of_days, centre, first, last)) {
        lines[row.uuid<VisitTag>(0)].push_back(read_weighing(row));
    }
    std::vector<KeptVisit> found;
    for (const auto row : view.rows(sql::visits_of_days, centre, first, last)) {
        found.push_back(read_visit(row));
        found.back().visit.lines = std::move(lines[found.back().id]);
    }
    return found;
}

std::vector<KeptRefusal> refusals(Snapshot& view, CentreId centre, Day first, Day last) {
    std::vector<KeptRefusal> found;
    for (const auto row : view.rows(sql::refusals_of_days, centre, first, last)) {
        found.push_back(read_refusal(row));
    }
    return found;
}

std::vector<KeptTicket> open_tickets(Snapshot& view, CentreId centre) {
    std::vector<KeptTicket> found;
    for (const auto row : view.rows(sql::open_tickets, centre)) found.push_back(read_ticket(row));
    return found;
}

std::vector<ClosedDay> closings_of(Snapshot& view, CentreId centre, Day day) {
    std::vector<ClosedDay> closings;
    for (const auto row : view.rows(sql::closings_of_day, centre, day)) {
        closings.push_back({row.instant(0), {row.integer(1)}, std::string(row.text(2))});
    }
    return closings;
}

void close_day(Transaction& tx, CentreId centre, Day day, const ClosedDay& closed) {
    tx.run(sql::close_day, centre, day, closed.closed_at, closed.closed_by, closed.note);
}

} // namespace kringwerk::intake
