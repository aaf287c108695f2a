// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"
#include "app/demo/till.hpp"
#include "rooms/ledger/ways.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Basis;
using ledger::Place;

namespace {

/// What of the stock of the shop goes to customers on an ordinary day.
constexpr std::int64_t sold_a_day = 52;

/// What customers take of one stream today. Follows the stock: full shelves sell more.
void pick_from_shelves(Centre& centre, const Today& today, const StreamEntry& entry,
                       std::vector<TillLine>& lines) {
    auto& dice = centre.dice;
    const auto stands = centre.journal.stock(Place::shop, entry.stream).value;
    const auto busy = today.visits * 1000 / centre.entry.visits;
    auto left =
        stands * dice.around(sold_a_day, 300) / 1000 * std::min<std::int64_t>(busy, 1900) / 1000;
    while (entry.line > 0 && left > 0) {
        const auto pieces = dice.between(1, entry.line);
        const bool by_weight = entry.line >= 3 && dice.happens(150);
        auto mass = mass_of({pieces}, entry.piece);
        auto basis = dice.happens(70) ? Basis::estimated : Basis::standard;
        if (by_weight) {
            mass = on_scale({dice.around(mass.value, 500)}, 10);
            basis = Basis::measured;
        }
        left -= mass.value;
        // What is left over is a chance, so that streams of heavy things come out right as well.
        if (left < 0 && !dice.happens(1000 + left * 1000 / mass.value)) return;
        const auto price = dice.around(pieces * entry.price.value, 450);
        lines.push_back({entry.stream,
                         mass,
                         basis,
                         pieces,
                         {by_weight ? price : std::max<std::int64_t>(25, (price + 12) / 25 * 25)},
                         entry.vat,
                         nullptr});
    }
}

/// Known things that found somebody today, with their own price.
void pick_known_things(Centre& centre, std::vector<TillLine>& lines,
                       std::vector<KnownThing>& taken) {
    auto& shelf = centre.shelf;
    const auto stays = std::stable_partition(
        shelf.begin(), shelf.end(), [&](const KnownThing&) { return !centre.dice.happens(110); });
    taken.assign(stays, shelf.end());
    shelf.erase(stays, shelf.end());
    for (const auto& known : taken) {
        const auto vat = Tables::built_in().of(known.device->stream).vat;
        lines.push_back(
            {known.device->stream, known.mass, known.basis, 1, known.price, vat, &known});
    }
}

/// Each customer takes at least one thing; the others fall where they fall.
std::vector<std::vector<TillLine>> baskets_of(Centre& centre, const Today& today,
                                              std::vector<TillLine> lines) {
    auto& dice = centre.dice;
    for (std::size_t i = lines.size(); i > 1; --i) {
        std::swap(lines[i - 1],
                  lines[static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(i)))]);
    }
    const auto visits = static_cast<std::size_t>(dice.times(today.visits));
    std::vector<std::vector<TillLine>> baskets(std::min(lines.size(), visits));
    for (std::size_t i = 0; i < lines.size() && !baskets.empty(); ++i) {
        auto at = i;
        if (at >= baskets.size()) {
            at = static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(baskets.size())));
        }
        baskets[at].push_back(lines[i]);
    }
    return baskets;
}

/// The till went on alone for an hour or two: what it sold comes in all at once.
struct Outage {
    Instant from;
    Instant until;
};

std::optional<Outage> outage_of(Centre& centre, const Today& today) {
    if (!centre.dice.happens(14)) return std::nullopt;
    const auto from = during(today, centre.dice);
    return Outage{from, {from.ms + centre.dice.between(40, 200) * 60'000}};
}

/// The same thing scanned at a second till that had no network: two sales of one item.
void sell_twice(Centre& centre, const TillLine& line, Instant at) {
    auto& journal = centre.journal;
    auto& dice = centre.dice;
    const Planned second =
        journal.book_wrongly("sell", {at.ms + 21 * 60'000}, till_transfers({line}, Payment::card));
    const Instant looked_at{at.ms + dice.between(3, 70) * 3'600'000};
    if (dice.happens(450)) {
        journal.undo(second, "booked-twice", looked_at);
    } else if (dice.happens(700)) {
        // Another kettle went over the counter under this code: the books get it from nowhere.
        auto& settled = journal.book_wrongly(
            "settle", looked_at,
            {goods(Place::unexplained, Place::shop, line.stream, line.mass, Basis::estimated, 1)});
        settled.draft.reference = ledger::Reference{journal.centre(), second.draft.id};
        settled.draft.reason = ledger::parse_reason("contradiction-settled").value();
    }
}

void sell(Centre& centre, const std::vector<TillLine>& lines, Instant at,
          const std::optional<Outage>& outage) {
    auto& dice = centre.dice;
    const auto payment = dice.happens(240) ? Payment::cash : Payment::card;
    // Now and then the wrong basket is rung up; the reversal follows at once.
    if (dice.happens(3)) {
        const Planned mistake =
            centre.journal.book_wrongly("sell", {at.ms - 240'000}, till_transfers(lines, payment));
        centre.journal.undo(mistake, "did-not-happen", {at.ms - 60'000});
    }
    auto& planned = centre.journal.book("sell", at, till_transfers(lines, payment));
    if (outage && at >= outage->from && at < outage->until) {
        planned.booked_at = {outage->until.ms + dice.between(1000, 30'000)};
        planned.device = "kassa-1";
        planned.device_sequence = ++centre.device_sequences[1];
    }
    for (const auto& line : lines) {
        if (line.known && dice.happens(8)) sell_twice(centre, line, at);
        if (line.known || lines.size() > 2) continue;
        centre.sold.push_back(
            {line.stream, line.mass, line.pieces, line.price, payment == Payment::card});
        if (centre.sold.size() > 40) centre.sold.pop_front();
    }
}

void sell_all_day(Centre& centre, const Today& today) {
    std::vector<TillLine> lines;
    std::vector<KnownThing> taken;
    for (const auto& entry : Tables::built_in().streams) {
        pick_from_shelves(centre, today, entry, lines);
    }
    pick_known_things(centre, lines, taken);
    const auto outage = outage_of(centre, today);
    for (const auto& basket : baskets_of(centre, today, std::move(lines))) {
        sell(centre, basket, during(today, centre.dice), outage);
    }
}

/// Given to people whom the food bank or the municipality sends, and from the table at the door.
void give(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto gifts = dice.times(today.visits * 22 / 1000);
    static constexpr std::array<std::uint8_t, 5> streams{2, 4, 5, 6, 1};
    for (std::int64_t gift = 0; gift < gifts; ++gift) {
        const ledger::Key stream{streams.at(static_cast<std::size_t>(dice.below(5)))};
        const auto& entry = Tables::built_in().of(stream);
        const auto pieces = dice.between(1, entry.line * 2);
        const auto mass = mass_of({pieces}, entry.piece);
        if (centre.journal.stock(Place::shop, stream) < mass + mass) continue;
        centre.journal.book(
            "give", during(today, dice),
            {goods(Place::shop, Place::given, stream, mass, Basis::standard, pieces)});
    }
}

/// A customer brings something back within some days and gets the money.
void take_returns(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto returns = dice.times(today.visits * 11 / 1000);
    for (std::int64_t number = 0; number < returns && centre.sold.size() > 20; ++number) {
        const auto which = dice.below(static_cast<std::int64_t>(centre.sold.size()) - 12);
        const auto line = centre.sold[static_cast<std::size_t>(which)];
        centre.sold.erase(centre.sold.begin() + which);
        const auto payment = line.by_card ? Payment::card : Payment::cash;
        centre.journal.book("return", during(today, dice), refund_transfers(line, payment));
    }
}

void lend(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto stream = stream_named(dice.happens(650) ? "tools" : "household");
    const Grams mass{dice.between(1, 3) * 1500};
    if (centre.journal.stock(Place::lending, stream) < mass + mass) return;
    const Cents deposit{dice.between(1, 4) * 1000};
    centre.journal.book("lend", during(today, dice),
                        {goods(Place::lending, Place::lent, stream, mass, Basis::standard, 1),
                         money(means(Place::deposit), means(Place::card), deposit)});
    const auto due = day_after(today.day, static_cast<int>(dice.between(2, 16)));
    centre.loans.push_back({stream, mass, deposit, due});
}

void take_back(Centre& centre, const Today& today, const Loan& loan) {
    auto& dice = centre.dice;
    if (dice.happens(25)) {
        centre.journal.book(
            "not-returned", during(today, dice),
            {goods(Place::lent, Place::unexplained, loan.stream, loan.mass, Basis::standard, 1)});
        return;
    }
    centre.journal.book(
        "take-back", during(today, dice),
        {goods(Place::lent, Place::lending, loan.stream, loan.mass, Basis::standard, 1),
         money(means(Place::card), means(Place::deposit), loan.deposit)});
}

} // namespace

void live_shop(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    sell_all_day(centre, today);
    give(centre, today);
    take_returns(centre, today);
    const auto due = std::stable_partition(centre.loans.begin(), centre.loans.end(),
                                           [&](const Loan& loan) { return loan.due > today.day; });
    const std::vector<Loan> back(due, centre.loans.end());
    centre.loans.erase(due, centre.loans.end());
    for (const auto& loan : back) take_back(centre, today, loan);
    const auto loans = dice.times(today.visits * 12 / 1000);
    for (std::int64_t loan = 0; loan < loans; ++loan) lend(centre, today);
}

} // namespace kringwerk::demo
