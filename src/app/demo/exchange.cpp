// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Basis;
using ledger::Place;

std::optional<Dispatched> send_load(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    if (weekday(today.day) != 3 || !dice.happens(260)) return std::nullopt;
    // Whatever there is most of on the shelves, so that another shop can have it.
    const StreamEntry* most = nullptr;
    for (const auto& entry : Tables::built_in().streams) {
        const auto stock = centre.journal.stock(Place::shop, entry.stream);
        const bool more = !most || stock > centre.journal.stock(Place::shop, most->stream);
        if (more || dice.happens(200)) most = &entry;
    }
    const auto stands = centre.journal.stock(Place::shop, most->stream).value;
    if (stands < 120'000) return std::nullopt;
    const auto mass = on_scale({stands * dice.between(60, 140) / 1000}, 1000);
    const auto& planned =
        centre.journal.book("send", today.at(today.open_until - 40),
                            {goods(Place::shop, Place::sent, most->stream, mass, Basis::measured)});
    const Dispatched load{planned.draft.id, most->stream, mass};
    if (!dice.happens(60)) return load;
    // Wet, or more than there is room for: the receiver sends the van back the next day.
    auto& back = centre.journal.book(
        "refused-at-door", {today.at(150).ms + 86'400'000},
        {goods(Place::sent, Place::sorting, load.stream, load.mass, Basis::measured)});
    back.draft.reference = ledger::Reference{centre.journal.centre(), load.movement};
    return std::nullopt;
}

void receive_loads(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto due = std::stable_partition(centre.arriving.begin(), centre.arriving.end(),
                                           [&](const Load& load) { return load.due > today.day; });
    const std::vector<Load> arrived(due, centre.arriving.end());
    centre.arriving.erase(due, centre.arriving.end());
    for (const auto& load : arrived) {
        // Most loads weigh what the sender said; some lost a box or got wet and were shaken out.
        const auto mass = dice.happens(600)
                              ? load.mass
                              : on_scale({load.mass.value * dice.between(960, 998) / 1000}, 500);
        auto& planned = centre.journal.book(
            "receive", today.at(today.open_from + 35),
            {goods(Place::received, Place::sorting, load.stream, mass, Basis::measured)});
        planned.draft.reference = load.sent;
    }
}

} // namespace kringwerk::demo
