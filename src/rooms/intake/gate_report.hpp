// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/gate_store.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the gate of a centre did in a day, a week or a month: values for the page and the paper.
namespace kringwerk::intake {

/// A day, a week or a month, as addresses write them: "2027-03-12", "2027-w10", "2027-03".
struct GatePeriod {
    Day first;
    Day last;
    enum class Unit { day, week, month } unit = Unit::day;
    std::string code;

    bool is_day() const { return unit == Unit::day; }
};
/// Nothing for anything else. Weeks are those of ISO 8601: from Monday, week 1 holds 4 January.
std::optional<GatePeriod> parse_gate_period(std::string_view text);
GatePeriod period_of(Day day, GatePeriod::Unit unit);
GatePeriod beside(const GatePeriod& period, int steps); ///< -1: the one before
/// "Vrijdag 12 maart 2027", "Week 10 van 2027", "Maart 2027".
std::string in_words(const Texts& texts, Language language, const GatePeriod& period);

/// "11:00 – 12:00"
std::string hour_in_words(int hour);

/// Grams by how their weight is known.
struct BasisSums {
    std::array<Grams, 4> grams{}; ///< by number of the basis
    std::int64_t lines = 0;
    void add(const Weighing& weighing) {
        grams.at(static_cast<std::size_t>(weighing.basis)) += weighing.grams;
        ++lines;
    }
    Grams total() const { return grams[0] + grams[1] + grams[2] + grams[3]; }
};

struct GateReport {
    std::int64_t cars = 0;
    std::int64_t undone = 0; ///< cars that were taken back; they count nowhere else
    BasisSums all;
    std::map<Lane, BasisSums> lanes;
    std::map<ledger::Key, std::map<Lane, BasisSums>> streams;
    struct Hour {
        std::int64_t cars = 0;
        Grams grams;
    };
    std::map<int, Hour> hours;                           ///< by the clock of Amsterdam
    std::map<std::string, std::vector<Instant>> refused; ///< when, by reason
    std::int64_t refusals = 0;
    std::optional<std::int64_t> usual_ms; ///< median time that a car took at the counter
};
/// What counts: undone cars and refusals do not.
GateReport report_of(const std::vector<KeptVisit>& visits,
                     const std::vector<KeptRefusal>& refusals);

/// What somebody should look at before the day is closed.
struct Waiting {
    std::vector<KeptTicket> tickets;     ///< still open
    std::vector<people::Device> devices; ///< that keep something, lost something or were wiped
    std::vector<ledger::RefusedAction> refused; ///< not accepted, and not settled
    Grams unexplained;                          ///< what counts found missing in the period
    bool nothing() const {
        return tickets.empty() && devices.empty() && refused.empty() && unexplained == Grams{};
    }
};
Waiting waiting_of(Snapshot& view, CentreId centre, const GatePeriod& period);

} // namespace kringwerk::intake
