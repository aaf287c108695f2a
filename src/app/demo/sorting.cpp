// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Basis;
using ledger::Place;

namespace {

/// What a sorter gets through in a day: most of what stands there.
constexpr std::int64_t sorted_a_day = 520;

/// A cart is weighed before it leaves the bench, or the sorter knows what a full one holds.
Basis basis_of_cart(Dice& dice) { return dice.happens(560) ? Basis::measured : Basis::estimated; }

Grams cart(std::int64_t grams, Basis basis) {
    return on_scale({grams}, basis == Basis::measured ? 100 : 1000);
}

/// What came in as a mixture turns out to be something.
void sort_mixed(Centre& centre, const Today& today, Grams mass) {
    static constexpr std::array<std::uint8_t, 5> found{1, 2, 2, 6, 10};
    Transfers transfers;
    for (const auto number : found) {
        const auto part = on_scale({centre.dice.around(mass.value / 6, 500)}, 500);
        transfers.push_back(goods({Place::sorting, ledger::mixed}, {Place::sorting, {number}}, part,
                                  Basis::estimated));
    }
    centre.journal.book("sort", during(today, centre.dice), std::move(transfers));
}

void sort_stream(Centre& centre, const Today& today, const StreamEntry& entry) {
    auto& dice = centre.dice;
    const auto stands = centre.journal.stock(Place::sorting, entry.stream);
    if (stands < Grams{3000}) return;
    const auto sorted = stands.value * dice.around(sorted_a_day, 400) / 1000;
    if (entry.stream == ledger::mixed) {
        sort_mixed(centre, today, {sorted});
        return;
    }
    const auto basis = basis_of_cart(dice);
    const auto to_shop = sorted * dice.around(entry.to_shop, 150) / 1000;
    const auto to_workshop = sorted * entry.to_workshop / 1000;
    const auto rest = sorted - to_shop - to_workshop;
    Transfers transfers;
    const auto add = [&](Place place, std::int64_t grams) {
        if (grams < 1000) return;
        transfers.push_back(goods(Place::sorting, place, entry.stream, cart(grams, basis), basis));
    };
    add(Place::shop, to_shop);
    add(Place::workshop, to_workshop);
    add(Place::outgoing, rest);
    if (!transfers.empty()) {
        centre.journal.book("sort", during(today, dice), std::move(transfers));
    }
}

/// What nobody wanted for weeks makes room.
void clear_shelves(Centre& centre, const Today& today) {
    for (const auto& entry : Tables::built_in().streams) {
        const auto unsold = centre.journal.stock(Place::shop, entry.stream).value *
                            centre.dice.around(40, 600) / 1000;
        if (unsold < 4000) continue;
        const auto basis = basis_of_cart(centre.dice);
        centre.journal.book(
            "place", during(today, centre.dice),
            {goods(Place::shop, Place::outgoing, entry.stream, cart(unsold, basis), basis)});
    }
}

/// Part of what waits, as it stands on the weighbridge of the processor.
Grams part(Centre& centre, std::int64_t waits, std::int64_t permille) {
    return on_scale({waits * centre.dice.around(permille, 120) / 1000}, 1000);
}

/// The loads of a collection day: one for each recycler, one container of what burns, one of the
/// rest.
void load_trucks(Centre& centre, const Today& today) {
    constexpr std::int64_t worth_a_trip_g = 60'000;
    Transfers residual;
    for (const auto& entry : Tables::built_in().streams) {
        const auto waits = centre.journal.stock(Place::outgoing, entry.stream).value * 960 / 1000;
        if (waits < worth_a_trip_g) continue;
        const auto send = [&](Place to, std::int64_t permille) {
            if (permille == 0) return;
            centre.journal.book("dispatch", during(today, centre.dice),
                                {goods(Place::outgoing, to, entry.stream,
                                       part(centre, waits, permille), Basis::measured)});
        };
        send(Place::recycled, entry.recycled);
        send(Place::exported, entry.exported);
        for (const auto& [to, permille] :
             {std::pair{Place::energy, entry.energy}, std::pair{Place::disposed, entry.disposed}}) {
            if (permille < 20) continue;
            residual.push_back(goods(Place::outgoing, to, entry.stream,
                                     part(centre, waits, permille), Basis::measured));
        }
    }
    if (residual.empty()) return;
    std::int64_t burnt = 0;
    for (const auto& transfer : residual) burnt += transfer.amounts.grams.value;
    centre.disposal_bill += Cents{burnt / 1000 * 14}; // 140 euros a tonne
    centre.journal.book("dispatch", during(today, centre.dice), std::move(residual));
}

} // namespace

void live_sorting(Centre& centre, const Today& today) {
    for (const auto& entry : Tables::built_in().streams) sort_stream(centre, today, entry);
    if (weekday(today.day) == 4) clear_shelves(centre, today);
    if (weekday(today.day) == (centre.entry.village ? 5U : 2U)) load_trucks(centre, today);
}

} // namespace kringwerk::demo
