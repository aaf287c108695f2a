// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"

#include "app/demo/calendar.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Basis;
using ledger::Place;

namespace {

/// Kilograms that come in for each paying visit: some 5.5 kg leave with a customer, and a good half
/// of what comes in finds a new owner (domain figures of the branch over 2022 and 2023).
constexpr std::int64_t intake_per_visit_g = 10'400;

constexpr std::int64_t days_of_stock_in_shop = 15;

} // namespace

Centre::Centre(const CentreEntry& centre_entry, CentreId id, std::uint64_t seed, Month first_month,
               std::int64_t busyness)
    : entry(centre_entry),
      dice(seed, "centre " + centre_entry.name),
      journal(id, dice),
      opens(first_day(month_after(first_month, centre_entry.opens_after))) {
    closes_on = static_cast<unsigned>(dice.between(11, 17));
    entry.visits = std::max<std::int64_t>(2000, entry.visits * busyness / 1000);
}

Instant during(const Today& today, Dice& dice) {
    const auto last = today.open_until - 1;
    const auto minutes =
        (dice.between(today.open_from, last) + dice.between(today.open_from, last)) / 2;
    return today.at(minutes, dice.below(60));
}

Grams on_scale(Grams mass, std::int64_t step_g) {
    return {std::max(step_g, (mass.value + step_g / 2) / step_g * step_g)};
}

bool is_open(const Centre& centre, Day day) {
    return day >= centre.opens && centre.entry.open_on.at(weekday(day)) && !is_holiday(day);
}

Today make_today(Centre& centre, Day day) {
    Today today{day, local_time(day, 8 * 60), 60, 9 * 60, 0, {}};
    if (centre.entry.village) today.open_from = 2 * 60;
    if (weekday(day) == 6 || shuts_early(day)) today.open_until = 8 * 60;
    // The centre grows steadily from its first day on, and no day is quite like another.
    const std::int64_t since = day.number - centre.opens.number;
    const auto grown = 1000 + centre.entry.growth * since / 365;
    const auto usual = centre.entry.visits * grown / 1000;
    today.visits = centre.dice.around(usual * shop_busyness(day) / 1000, 250);
    today.intake = {centre.dice.around(usual * gate_busyness(day) / 1000, 300) *
                    intake_per_visit_g / 1000};
    return today;
}

void open_books(Centre& centre, const Today& today) {
    Transfers stock;
    const auto intake = centre.entry.visits * intake_per_visit_g / 1000;
    for (const auto& entry : Tables::built_in().streams) {
        const auto daily = intake * entry.intake / 1000;
        const auto add = [&](Place place, std::int64_t grams, Basis basis) {
            if (grams < 2000) return;
            const auto mass = on_scale({centre.dice.around(grams, 300)}, 500);
            stock.push_back(goods(Place::opening, place, entry.stream, mass, basis));
        };
        add(Place::sorting, daily * 2, Basis::estimated);
        add(Place::shop, daily * days_of_stock_in_shop * entry.to_shop / 1000, Basis::estimated);
        add(Place::outgoing, daily * 2, Basis::estimated);
        add(Place::workshop, daily * 5 * entry.to_workshop / 1000, Basis::estimated);
    }
    stock.push_back(goods(Place::opening, Place::lending, stream_named("tools"), {86'000},
                          Basis::measured, 24));
    stock.push_back(goods(Place::opening, Place::lending, stream_named("household"), {41'000},
                          Basis::measured, 16));
    stock.push_back(goods(Place::opening, Place::parts, stream_named("electrical"), {24'000},
                          Basis::estimated));
    centre.journal.book("opening", today.at(20), std::move(stock));
}

} // namespace kringwerk::demo
