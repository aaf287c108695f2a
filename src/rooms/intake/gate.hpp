// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The gate: a car comes in, its goods go over a lane and a scale, or they cannot stay. Values and
/// rules; gate_actions.hpp does what people at the gate do.
namespace kringwerk::intake {

/// Where goods go from the gate. The numbers stand in the database: never change one.
enum class Lane : std::uint8_t {
    reuse = 1,  ///< donated → sorting
    repair = 2, ///< owner → workshop: its owner gets it back
    waste = 3,  ///< yard → outgoing: never counted as collected for reuse
};
std::span<const std::string_view> lane_codes(); ///< in the order of the enum; text "lane.<code>"
std::string_view code_of(Lane lane);
std::optional<Lane> parse_lane(std::string_view code);

/// How one weight came about.
struct Weighing {
    Grams grams; ///< net, and what is booked
    Pieces pieces;
    ledger::Basis basis = ledger::Basis::measured;
    std::optional<Grams> gross;
    std::optional<Grams> tare;
    int tare_number = 0;  ///< of the centre's stored tares; 0: none
    int scale_number = 0; ///< 0: typed by somebody
    std::string raw;      ///< the line that the scale sent
};

struct GateLine {
    Lane lane = Lane::reuse;
    ledger::Key stream;
    ledger::CategoryId category; ///< 0: none
    Weighing weighing;
};

/// One car.
struct GateVisit {
    std::vector<GateLine> lines;
    std::string postcode; ///< "7201"; empty: not said
    std::string vehicle;  ///< of `vehicles`
    std::string reason;   ///< of `visit_reasons`
    std::string pass;     ///< as it was scanned; counted and never stored
    std::string receipt = "none";
    std::int64_t took_ms = 0;
    std::int64_t taps = 0;
};

/// What was not taken in.
struct GateRefusal {
    std::string reason; ///< of `refusal_reasons`
    std::string stop;   ///< of the catalogue, when it was a hard stop
    ledger::Key stream; ///< 0: not said
    CentreId elsewhere; ///< where the visitor was sent; 0: nowhere
    std::string postcode;
};

/// A vehicle over the weighbridge that comes back empty.
struct GateTicket {
    std::string word; ///< what the driver got
    GateLine line;    ///< its weighing has the gross only
    std::string vehicle;
};

/// The second weighing of a ticket.
struct SecondWeighing {
    UuidBytes ticket{};
    Weighing weighing; ///< `tare` is what the empty vehicle weighs
};

struct RefusalReason {
    std::string_view code; ///< text "refusal_reason.<code>"
    std::string_view icon;
};
/// In the order of the screen.
std::span<const RefusalReason> refusal_reasons();
std::span<const std::string_view> vehicles();      ///< text "vehicle.<code>"
std::span<const std::string_view> visit_reasons(); ///< text "visit_reason.<code>"
std::span<const std::string_view> void_reasons();  ///< text "void_reason.<code>"

/// The heaviest that one weighing may say: a lorry with trailer on a weighbridge.
inline constexpr Grams heaviest{60'000'000};

/// Why a line cannot be of its category on that day: a code that `parse_visit` refuses; empty: it
/// can.
std::string_view wrong_category(Snapshot& view, const GateLine& line, Day day);

/// Bodies of actions. Each refuses what `Fields` refuses, and for a field: "intake.postcode" (not
/// four figures), "intake.net_wrong" (gross less tare is not what is booked),
/// "intake.category_unknown", "intake.category_other_stream", "intake.category_needed" (a standard
/// weight without one), "intake.hard_stop" (this is never taken in: refuse it at the gate). `day`:
/// on which it happened, for the categories of the network.
Result<GateVisit> parse_visit(Snapshot& view, const boost::json::value& body, Day day);
Result<GateRefusal> parse_refusal(const boost::json::value& body);
Result<GateTicket> parse_ticket(const boost::json::value& body);
Result<SecondWeighing> parse_second_weighing(const boost::json::value& body);

/// What the books hold of a car: one transfer for each line.
ledger::Draft draft_of(const GateVisit& visit, CentreId centre, const ledger::MovementId& id,
                       Instant happened_at);
/// The car that a ticket becomes. Refuses "intake.net_not_positive": the empty vehicle is not
/// lighter than the full one.
Result<GateVisit> visit_of(const GateTicket& ticket, const SecondWeighing& second);

} // namespace kringwerk::intake
