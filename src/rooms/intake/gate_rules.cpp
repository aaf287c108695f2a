// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::intake {
namespace {

using ledger::Place;

constexpr std::array<std::string_view, 3> lane_words{"reuse", "repair", "waste"};
constexpr std::array<RefusalReason, 8> reasons_to_refuse{{{"wet-or-dirty", "drop"},
                                                          {"dangerous", "warning-octagon"},
                                                          {"beyond-repair", "wrench"},
                                                          {"too-big", "arrows-out"},
                                                          {"mattress", "bed"},
                                                          {"building-waste", "wall"},
                                                          {"full", "stack"},
                                                          {"other", "dots-three"}}};
constexpr std::array<std::string_view, 5> vehicle_codes{"on-foot", "bicycle", "car", "trailer",
                                                        "van"};
constexpr std::array<std::string_view, 5> reasons_to_come{"tidying", "moving", "clearing-a-home",
                                                          "renovation", "other"};
constexpr std::array<std::string_view, 3> reasons_to_void{"drove-away", "wrong-weight",
                                                          "other-mistake"};

struct Way {
    Place from;
    Place to;
};

Way way_of(Lane lane) {
    switch (lane) {
    case Lane::reuse:
        return {Place::donated, Place::sorting};
    case Lane::repair:
        return {Place::owner, Place::workshop};
    case Lane::waste:
        return {Place::yard, Place::outgoing};
    }
    throw Bug("a lane is one of three");
}

} // namespace

std::span<const std::string_view> lane_codes() { return lane_words; }
std::string_view code_of(Lane lane) { return lane_words.at(static_cast<std::size_t>(lane) - 1); }

std::optional<Lane> parse_lane(std::string_view code) {
    const auto* const found = std::find(lane_words.begin(), lane_words.end(), code);
    if (found == lane_words.end()) return std::nullopt;
    return static_cast<Lane>(found - lane_words.begin() + 1);
}

std::span<const RefusalReason> refusal_reasons() { return reasons_to_refuse; }
std::span<const std::string_view> vehicles() { return vehicle_codes; }
std::span<const std::string_view> visit_reasons() { return reasons_to_come; }
std::span<const std::string_view> void_reasons() { return reasons_to_void; }

std::string_view wrong_category(Snapshot& view, const GateLine& line, Day day) {
    if (line.category.value == 0) {
        const bool needed = line.weighing.basis == ledger::Basis::standard;
        return needed ? "intake.category_needed" : "";
    }
    const auto category = network::category_on(view, line.category, day);
    if (!category) return "intake.category_unknown";
    if (category->stream != line.stream) return "intake.category_other_stream";
    const bool stopped = category->never_taken_in() && line.lane != Lane::waste;
    return stopped ? "intake.hard_stop" : "";
}

ledger::Draft draft_of(const GateVisit& visit, CentreId centre, const ledger::MovementId& id,
                       Instant happened_at) {
    ledger::Draft draft;
    draft.id = id;
    draft.centre = centre;
    draft.kind = ledger::Ways::built_in().kind("gate");
    draft.happened_at = happened_at;
    for (const auto& line : visit.lines) {
        const auto way = way_of(line.lane);
        ledger::Transfer transfer;
        transfer.from = {way.from, line.stream};
        transfer.to = {way.to, line.stream};
        transfer.amounts.grams = line.weighing.grams;
        transfer.amounts.pieces = line.weighing.pieces;
        transfer.basis = line.weighing.basis;
        transfer.category = line.category;
        draft.transfers.push_back(transfer);
    }
    return draft;
}

Result<GateVisit> visit_of(const GateTicket& ticket, const SecondWeighing& second) {
    auto line = ticket.line;
    const auto gross = *line.weighing.gross;
    const auto tare = *second.weighing.tare;
    if (gross <= tare) return refuse("intake.net_not_positive");
    line.weighing.grams = gross - tare;
    line.weighing.tare = tare;
    line.weighing.tare_number = second.weighing.tare_number;
    if (second.weighing.basis == ledger::Basis::estimated) {
        line.weighing.basis = ledger::Basis::estimated; // the weaker of the two
    }
    if (!second.weighing.raw.empty()) {
        line.weighing.raw += (line.weighing.raw.empty() ? "" : " / ") + second.weighing.raw;
    }
    GateVisit visit;
    visit.lines.push_back(std::move(line));
    visit.vehicle = ticket.vehicle;
    return visit;
}

} // namespace kringwerk::intake
