// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/figures.hpp"

#include <set>

namespace kringwerk::monitor {
namespace {

using ledger::Basis;
using ledger::Flow;
using ledger::Place;

bool brings_in(Place place) {
    return place == Place::donated || place == Place::collected || place == Place::yard ||
           place == Place::returned || place == Place::bought;
}

/// Where goods stand to be looked at for reuse; the waste lane goes straight to outgoing.
bool for_reuse(Place place) { return ledger::is_stock(place) && place != Place::outgoing; }

void add_mass(Mass& mass, const Flow& flow, std::int64_t sign) {
    const Grams grams{sign * flow.amounts.grams.value};
    if (flow.basis == Basis::measured) mass.measured += grams;
    if (flow.basis == Basis::standard) mass.standard += grams;
    if (flow.basis == Basis::estimated) mass.estimated += grams;
    mass.pieces += Pieces{sign * flow.amounts.pieces.value};
    mass.transfers += sign * flow.transfers;
}

/// One side of a flow of goods: `sign` +1 where it enters `place`, -1 where it leaves it.
void add_goods(Totals& totals, Place place, const Flow& flow, std::int64_t sign) {
    const Grams grams{sign * flow.amounts.grams.value};
    if (ledger::is_stock(place)) totals.stock_growth += grams;
    switch (place) {
    case Place::sold:
        add_mass(totals.sold, flow, sign);
        break;
    case Place::given:
        add_mass(totals.given, flow, sign);
        break;
    case Place::recycled:
        totals.recycled += grams;
        break;
    case Place::energy:
        totals.energy += grams;
        break;
    case Place::disposed:
        totals.disposed += grams;
        break;
    case Place::exported:
        totals.exported += grams;
        break;
    case Place::sent:
        totals.sent += grams;
        break;
    case Place::received:
        totals.received -= grams;
        break;
    case Place::unexplained:
        totals.unexplained += grams;
        break;
    default:
        break;
    }
}

} // namespace

Mass& Mass::operator+=(const Mass& other) {
    measured += other.measured;
    standard += other.standard;
    estimated += other.estimated;
    pieces += other.pieces;
    transfers += other.transfers;
    return *this;
}

Repairs& Repairs::operator+=(const Repairs& other) {
    fixed += other.fixed;
    not_yet += other.not_yet;
    end_of_life += other.end_of_life;
    unknown += other.unknown;
    return *this;
}

Totals& Totals::operator+=(const Totals& other) {
    collected += other.collected;
    sold += other.sold;
    given += other.given;
    recycled += other.recycled;
    energy += other.energy;
    disposed += other.disposed;
    exported += other.exported;
    sent += other.sent;
    received += other.received;
    unexplained += other.unexplained;
    stock_growth += other.stock_growth;
    turnover += other.turnover;
    vat += other.vat;
    minutes += other.minutes;
    repairs += other.repairs;
    return *this;
}

std::optional<std::int64_t> Totals::new_owner_permille() const {
    const auto in = collected.total();
    if (in <= Grams{}) return std::nullopt;
    return permille_rounded((sold.total() + given.total()).value, in.value);
}

bool Totals::empty() const {
    return collected.transfers == 0 && sold.transfers == 0 && given.transfers == 0 &&
           repairs.total() == 0 && stock_growth == Grams{} && turnover == Cents{};
}

void add(Totals& totals, const Flow& flow, std::optional<ledger::Key> stream) {
    const auto from = flow.from.place;
    const auto to = flow.to.place;
    const auto book = ledger::book_of(from);
    if (stream && book != ledger::Book::goods) return;
    const bool leaves = !stream || flow.from.key == *stream;
    const bool enters = !stream || flow.to.key == *stream;
    switch (book) {
    case ledger::Book::goods:
        if (enters && brings_in(from) && for_reuse(to)) add_mass(totals.collected, flow, 1);
        if (leaves && brings_in(to) && for_reuse(from)) add_mass(totals.collected, flow, -1);
        if (leaves) add_goods(totals, from, flow, -1);
        if (enters) add_goods(totals, to, flow, 1);
        break;
    case ledger::Book::money:
        // Turnover is what money left for: it goes down when it is turned round.
        if (from == Place::turnover) totals.turnover += flow.amounts.cents;
        if (to == Place::turnover) totals.turnover -= flow.amounts.cents;
        if (from == Place::vat) totals.vat += flow.amounts.cents;
        if (to == Place::vat) totals.vat -= flow.amounts.cents;
        break;
    case ledger::Book::time:
        // A reversal runs from the work back to the person.
        if (from < Place::at_gate) totals.minutes += flow.amounts.minutes;
        if (from >= Place::at_gate) totals.minutes -= flow.amounts.minutes;
        break;
    }
}

Totals totals_of(std::span<const Flow> flows, std::optional<ledger::Key> stream) {
    Totals totals;
    for (const auto& flow : flows) add(totals, flow, stream);
    return totals;
}

Totals CentreTotals::over(Month first, Month last) const {
    Totals sum;
    for (auto month = months.lower_bound(first); month != months.end() && month->first <= last;
         ++month) {
        sum += month->second;
    }
    return sum;
}

NetworkTotals::NetworkTotals(Store& store, RepairsByMonth repairs)
    : store_(store), repairs_(std::move(repairs)) {}

NetworkTotals::Ptr NetworkTotals::now() {
    // Read the number first: what is committed meanwhile is then found at the next call.
    const auto version = store_.version();
    const std::scoped_lock lock(mutex_);
    if (totals_ && version == version_) return totals_;
    totals_ = store_.read([&](Snapshot& view) { return read(view, totals_); });
    version_ = version;
    return totals_;
}

namespace {

/// Reads the months from `first` to `last` anew.
void read_months(Snapshot& view, CentreTotals& totals, Month first, Month last,
                 const RepairsByMonth& repairs) {
    const auto centre = totals.centre.id;
    totals.months.erase(totals.months.lower_bound(first), totals.months.upper_bound(last));
    totals.streams.erase(totals.streams.lower_bound(first), totals.streams.upper_bound(last));
    for (const auto& flow : ledger::flows_of_months(view, centre, first, last)) {
        const Month month{flow.period};
        add(totals.months[month], flow);
        if (ledger::book_of(flow.from.place) != ledger::Book::goods) continue;
        auto& streams = totals.streams[month];
        add(streams.at(flow.from.key.number), flow, flow.from.key);
        if (flow.to.key != flow.from.key) add(streams.at(flow.to.key.number), flow, flow.to.key);
    }
    if (!repairs) return;
    for (const auto& [month, outcomes] : repairs(view, centre, first, last)) {
        totals.months[month].repairs += outcomes;
    }
}

std::shared_ptr<CentreTotals> read_centre(Snapshot& view, const network::CentreRow& centre,
                                          const RepairsByMonth& repairs) {
    auto totals = std::make_shared<CentreTotals>();
    totals->centre = centre;
    totals->last_day = ledger::last_day_with_flows(view, centre.id);
    read_months(view, *totals, Month{0}, Month{9999 * 12}, repairs);
    return totals;
}

/// What was known, with the months anew in which something was booked since.
std::shared_ptr<CentreTotals> read_on(Snapshot& view, const CentreTotals& known,
                                      const network::CentreRow& centre,
                                      const RepairsByMonth& repairs) {
    auto totals = std::make_shared<CentreTotals>(known);
    totals->centre = centre;
    std::set<Month> touched;
    for (const auto day : ledger::days_booked_after(view, centre.id, known.sequence)) {
        touched.insert(month_of(day));
        if (!totals->last_day || *totals->last_day < day) totals->last_day = day;
    }
    for (const auto month : touched) read_months(view, *totals, month, month, repairs);
    return totals;
}

} // namespace

NetworkTotals::Ptr NetworkTotals::read(Snapshot& view, const Ptr& before) const {
    std::map<CentreId, std::int64_t> sequences;
    for (const auto& head : ledger::heads(view)) sequences[head.centre] = head.sequence;
    std::map<CentreId, std::shared_ptr<const CentreTotals>> known;
    if (before) {
        for (const auto& centre : *before) known[centre->centre.id] = centre;
    }
    auto found = std::make_shared<std::vector<std::shared_ptr<const CentreTotals>>>();
    for (const auto& centre : network::centres(view)) {
        const auto sequence = sequences[centre.id];
        const auto& old = known[centre.id];
        if (old && old->sequence == sequence && old->centre.name == centre.name) {
            found->push_back(old);
            continue;
        }
        auto fresh =
            old ? read_on(view, *old, centre, repairs_) : read_centre(view, centre, repairs_);
        fresh->sequence = sequence;
        found->push_back(std::move(fresh));
    }
    return found;
}

} // namespace kringwerk::monitor
