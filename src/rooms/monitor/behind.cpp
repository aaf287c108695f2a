// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/behind.hpp"

#include "rooms/workshop/workshop.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::monitor {
namespace {

using ledger::Amounts;
using ledger::Counted;
using ledger::Passage;
using ledger::Place;
using ledger::PlaceSet;

constexpr std::array known_sums{
    Sum::collected, Sum::repaired,  Sum::sold,
    Sum::given,     Sum::new_owner, Sum::hours,
    Sum::turnover,  Sum::vat,       Sum::turnover_and_vat,
    Sum::paid,      Sum::stock,     Sum::in,
    Sum::out,
};
constexpr std::array<std::string_view, known_sums.size()> codes{
    "ingezameld", "gerepareerd",   "verkocht", "weggegeven", "nieuwe-eigenaar", "uren", "omzet",
    "btw",        "omzet-met-btw", "betaald",  "voorraad",   "binnen",          "uit"};

/// Where goods stand to be looked at for reuse; the waste lane goes straight to outgoing.
constexpr PlaceSet for_reuse{Place::sorting, Place::hold,    Place::workshop, Place::parts,
                             Place::shop,    Place::lending, Place::lent};
constexpr PlaceSet brings_in{Place::donated, Place::collected, Place::yard, Place::returned,
                             Place::bought};
constexpr PlaceSet people{Place::paid, Place::subsidised, Place::by_volunteer, Place::participant,
                          Place::pupil};

PlaceSet of_side(ledger::Side side) {
    PlaceSet set;
    for (const auto& row : ledger::all_places()) {
        if (row.side == side) set.add(row.place);
    }
    return set;
}

PlaceSet with(PlaceSet set, Place place) {
    set.add(place);
    return set;
}

PlaceSet means_of_payment() {
    PlaceSet set;
    for (const auto& row : ledger::all_places()) {
        if (row.place >= Place::cash && row.place <= Place::cause) set.add(row.place);
    }
    return set;
}

Counted both_ways(Passage way) { return {way, way.back()}; }

Counted counted_for(Sum sum) {
    const auto any = PlaceSet::all();
    switch (sum) {
    case Sum::collected:
        return both_ways({brings_in, for_reuse});
    case Sum::repaired:
        // Coming in says that a repair was booked; how it ended stands with the workshop.
        return both_ways({PlaceSet{Place::owner}, PlaceSet{Place::workshop}});
    case Sum::sold:
        return both_ways({any, PlaceSet{Place::sold}});
    case Sum::given:
        return both_ways({any, PlaceSet{Place::given}});
    case Sum::new_owner:
        return both_ways({any, PlaceSet{Place::sold, Place::given}});
    case Sum::hours:
        return both_ways({people, any});
    case Sum::turnover:
        return both_ways({PlaceSet{Place::turnover}, any});
    case Sum::vat:
        return both_ways({PlaceSet{Place::vat}, any});
    case Sum::turnover_and_vat:
        return both_ways({PlaceSet{Place::turnover, Place::vat}, any});
    case Sum::paid:
        return both_ways(
            {PlaceSet{Place::turnover, Place::vat, Place::rounding}, means_of_payment()});
    case Sum::stock:
        return both_ways({any, of_side(ledger::Side::stock)});
    case Sum::in: {
        // An owner's device comes in and goes out again: neither undoes the other.
        const auto outside = of_side(ledger::Side::from_outside);
        return {{with(outside, Place::owner), any}, {any, outside}};
    }
    case Sum::out: {
        const auto outside = of_side(ledger::Side::to_outside);
        return {{any, with(outside, Place::owner)}, {outside, any}};
    }
    }
    throw Bug("a sum is one of a list");
}

PlaceSet only(std::optional<Place> place) { return place ? PlaceSet{*place} : PlaceSet::all(); }

int sign_of(const Counted& counted, const std::optional<ledger::Key>& key, ledger::Account from,
            ledger::Account to) {
    // VAT stands on the side of the turnover only, a stream on both: there the side decides.
    if (key && ledger::book_of(from.place) == ledger::Book::money) {
        return from.key == *key || to.key == *key ? sign_of(counted, std::nullopt, from, to) : 0;
    }
    int sign = 0;
    if (counted.adds.has(from.place, to.place) && (!key || to.key == *key)) ++sign;
    if (counted.deducts.has(from.place, to.place) && (!key || from.key == *key)) --sign;
    return sign;
}

void add(Amounts& total, const Amounts& amounts, int sign) {
    total.grams += Grams{sign * amounts.grams.value};
    total.pieces += Pieces{sign * amounts.pieces.value};
    total.cents += Cents{sign * amounts.cents.value};
    total.minutes += Minutes{sign * amounts.minutes.value};
}

bool is_money(const Behind& behind) {
    return behind.sum == Sum::turnover || behind.sum == Sum::vat ||
           behind.sum == Sum::turnover_and_vat || behind.sum == Sum::paid;
}

} // namespace

std::optional<Sum> parse_sum(std::string_view code) {
    const auto* const found = std::find(codes.begin(), codes.end(), code);
    if (found == codes.end()) return std::nullopt;
    return known_sums.at(static_cast<std::size_t>(found - codes.begin()));
}

std::string_view code_of(Sum sum) { return codes.at(static_cast<std::size_t>(sum)); }
std::span<const Sum> all_sums() { return known_sums; }

std::string write_place(Place place) {
    const auto& row = ledger::row_of(place);
    return std::string(ledger::code_of(row.book)) + "." + std::string(row.code);
}

std::optional<Place> read_place(std::string_view code) {
    const auto dot = code.find('.');
    if (dot == code.npos) return std::nullopt;
    const auto book = ledger::parse_book(code.substr(0, dot));
    return book ? ledger::parse_place(*book, code.substr(dot + 1)) : std::nullopt;
}

std::string movements_url(const network::CentreRow& centre, const Behind& behind) {
    auto url = centre_url(centre) + "/boekingen?periode=" + write_days(behind.days);
    if (behind.sum) url += "&cijfer=" + std::string(code_of(*behind.sum));
    if (behind.from) url += "&uit=" + write_place(*behind.from);
    if (behind.to) url += "&naar=" + write_place(*behind.to);
    if (behind.key) url += "&soort=" + std::string(ledger::code_of(*behind.key));
    return url;
}

Counted counted_by(const Behind& behind) {
    const Passage way{only(behind.from), only(behind.to)};
    if (!behind.sum) {
        const bool of_owner = behind.from == Place::owner || behind.to == Place::owner;
        return of_owner ? Counted{way, {PlaceSet{}, PlaceSet{}}} : both_ways(way);
    }
    auto counted = counted_for(*behind.sum);
    counted.adds = {counted.adds.from & way.from, counted.adds.to & way.to};
    counted.deducts = {counted.deducts.from & way.to, counted.deducts.to & way.from};
    return counted;
}

Amounts total_of(std::span<const ledger::Flow> flows, const Behind& behind) {
    const auto counted = counted_by(behind);
    Amounts total;
    for (const auto& flow : flows) {
        add(total, flow.amounts, sign_of(counted, behind.key, flow.from, flow.to));
    }
    return total;
}

Amounts total_of(const ledger::Movement& movement, const Behind& behind) {
    const auto counted = counted_by(behind);
    Amounts total;
    for (const auto& transfer : movement.transfers) {
        add(total, transfer.amounts, sign_of(counted, behind.key, transfer.from, transfer.to));
    }
    return total;
}

Amounts total_of(Snapshot& view, CentreId centre, const Behind& behind) {
    const auto& [first, last] = behind.days;
    if (behind.sum == Sum::repaired) {
        const auto counts = workshop::counts_of_days(view, centre, first, last);
        Amounts repairs;
        repairs.pieces = {counts.at(static_cast<std::size_t>(workshop::Outcome::fixed))};
        return repairs;
    }
    // Whole months are read from the sums of months, the days at both ends from those of days.
    auto begin = month_of(first);
    auto end = month_of(last);
    if (first != first_day(begin)) begin = month_after(begin);
    if (last != last_day(end)) end = month_after(end, -1);
    if (begin > end) return total_of(ledger::flows_of_days(view, centre, first, last), behind);
    Amounts total = total_of(ledger::flows_of_months(view, centre, begin, end), behind);
    const auto head = ledger::flows_of_days(view, centre, first, day_after(first_day(begin), -1));
    const auto tail = ledger::flows_of_days(view, centre, day_after(last_day(end), 1), last);
    add(total, total_of(head, behind), 1);
    add(total, total_of(tail, behind), 1);
    return total;
}

int repairs_of(Snapshot& view, const ledger::Movement& movement) {
    const auto id = movement.reverses.value_or(movement.id);
    if (workshop::outcome_of(view, movement.centre, id) != workshop::Outcome::fixed) return 0;
    return movement.reverses ? -1 : 1;
}

std::string show_total(const PageOf& page, const Behind& behind, const Amounts& total) {
    if (!behind.sum && !behind.from && !behind.to) return {};
    if (behind.sum == Sum::repaired) return page.whole(total.pieces.value);
    if (is_money(behind) || total.cents != Cents{}) return page.money(total.cents);
    if (behind.sum == Sum::hours || total.minutes != Minutes{}) return page.hours(total.minutes);
    return page.kilograms(total.grams);
}

} // namespace kringwerk::monitor
