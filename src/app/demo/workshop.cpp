// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Basis;
using ledger::Place;

namespace {

template <class Thing> std::vector<Thing> take_due(std::vector<Thing>& things, Day day) {
    const auto due = std::stable_partition(things.begin(), things.end(),
                                           [day](const Thing& known) { return known.due > day; });
    std::vector<Thing> taken(due, things.end());
    things.erase(due, things.end());
    return taken;
}

/// A thing with a code is tested: onto the shelf with a price, or to the recycler.
void test_device(Centre& centre, const Today& today, KnownThing known) {
    auto& dice = centre.dice;
    const bool good = dice.happens(660);
    const auto& device = *known.device;
    auto& planned = centre.journal.book(
        "refurbish", during(today, dice),
        {thing(Place::workshop, good ? Place::shop : Place::outgoing, device.stream, known.mass,
               known.basis, device.category, known.item)});
    if (!good) return;
    known.price = {
        std::max<std::int64_t>(300, dice.around(400 + known.mass.value * 3 / 10, 500) / 50 * 50)};
    ledger::Item marks{centre.journal.centre(),
                       known.item,
                       device.category,
                       {},
                       {},
                       {},
                       static_cast<int>(dice.between(1, 3)),
                       known.price};
    // Now and then somebody puts a thing on the shelf before the test is written down.
    const bool forgotten = dice.happens(7);
    marks.clearance = forgotten ? ledger::Item::Clearance::needed : ledger::Item::Clearance::given;
    if (device.carries_data()) marks.data = ledger::Item::DataState::erased;
    planned.marks = marks;
    centre.shelf.push_back(known);
}

/// Furniture, bicycles and devices without a code, by the cart.
void refurbish_bulk(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    for (const auto& entry : Tables::built_in().streams) {
        std::int64_t known = 0;
        for (const auto& thing_on_bench : centre.bench) {
            if (thing_on_bench.device->stream == entry.stream) known += thing_on_bench.mass.value;
        }
        for (const auto& ticket : centre.tickets) {
            if (ticket.device->stream == entry.stream) known += ticket.mass.value;
        }
        const auto stands = centre.journal.stock(Place::workshop, entry.stream).value - known;
        if (stands < 12'000) continue;
        const auto done = stands * dice.around(330, 400) / 1000;
        Transfers transfers;
        const auto basis = dice.happens(500) ? Basis::measured : Basis::estimated;
        const auto step = basis == Basis::measured ? 100 : 1000;
        transfers.push_back(goods(Place::workshop, Place::shop, entry.stream,
                                  on_scale({done * 740 / 1000}, step), basis));
        transfers.push_back(goods(Place::workshop, Place::outgoing, entry.stream,
                                  on_scale({done * 220 / 1000}, step), basis));
        centre.journal.book("refurbish", during(today, dice), std::move(transfers));
    }
}

/// What cannot be repaired gives its good parts, and the rest goes to the recycler.
void harvest(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto electrical = stream_named("electrical");
    if (!dice.happens(300) || centre.journal.stock(Place::sorting, electrical) < Grams{16'000} ||
        centre.journal.stock(Place::parts, electrical) > Grams{60'000}) {
        return;
    }
    const Grams parts{dice.between(8, 60) * 50};
    const Grams rest{dice.between(4, 18) * 500};
    centre.journal.book(
        "harvest", during(today, dice),
        {goods(Place::sorting, Place::parts, electrical, parts, Basis::measured),
         goods(Place::sorting, Place::outgoing, electrical, rest, Basis::measured)});
}

/// Boards and cloth become a bench with a cushion; the offcut waits for the processor.
void upcycle(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto furniture = stream_named("furniture");
    const auto textile = stream_named("textile");
    const bool enough = centre.journal.stock(Place::sorting, furniture) > Grams{40'000} &&
                        centre.journal.stock(Place::sorting, textile) > Grams{8000};
    if (weekday(today.day) != 4 || !enough || !dice.happens(600)) return;
    const Grams boards{dice.between(14, 32) * 500};
    const Grams offcut{boards.value / 4};
    const Grams cloth{dice.between(6, 24) * 100};
    centre.journal.book(
        "upcycle", during(today, dice),
        {goods(Place::sorting, Place::shop, furniture, boards - offcut, Basis::measured, 1),
         goods(Place::sorting, Place::outgoing, furniture, offcut, Basis::measured),
         goods({Place::sorting, textile}, {Place::shop, furniture}, cloth, Basis::measured)});
}

} // namespace

void live_workshop(Centre& centre, const Today& today) {
    for (auto& known : take_due(centre.bench, today.day)) test_device(centre, today, known);
    refurbish_bulk(centre, today);
    harvest(centre, today);
    upcycle(centre, today);
}

} // namespace kringwerk::demo
