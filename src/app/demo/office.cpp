// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"
#include "rooms/ledger/ways.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Account;
using ledger::Basis;
using ledger::Place;

namespace {

/// Hours of one day: who did what.
void book_hours(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    struct Work {
        Place who;
        Place what;
        std::int64_t per_visit; ///< hundredths of a minute
    };
    static constexpr std::array work{
        Work{Place::paid, Place::at_shop, 640},
        Work{Place::paid, Place::at_workshop, 240},
        Work{Place::subsidised, Place::at_sorting, 720},
        Work{Place::subsidised, Place::at_logistics, 420},
        Work{Place::by_volunteer, Place::at_gate, 460},
        Work{Place::by_volunteer, Place::at_shop, 760},
        Work{Place::by_volunteer, Place::at_workshop, 580},
        Work{Place::participant, Place::at_sorting, 610},
        Work{Place::participant, Place::at_workshop, 270},
    };
    Transfers transfers;
    for (const auto& row : work) {
        // People come whether it is busy or not: hours follow the size of the centre, not the day.
        const auto minutes = dice.around(centre.entry.visits * row.per_visit / 60'000, 300);
        const auto quarters = (minutes + 7) / 15 * 15;
        if (quarters > 0) transfers.push_back(hours(row.who, row.what, quarters));
    }
    const bool school = calendar(today.day).month != 7 && calendar(today.day).month != 8;
    if (weekday(today.day) == 4 && school) {
        transfers.push_back(hours(Place::pupil, Place::at_lessons, dice.between(8, 22) * 90));
    }
    centre.journal.book("hours", today.at(today.open_until + 12), std::move(transfers));
}

/// The drawer is counted, what is over goes to the safe, card takings come in at the bank.
void settle_takings(Centre& centre, const Today& today) {
    auto& journal = centre.journal;
    auto& dice = centre.dice;
    const auto evening = today.at(today.open_until + 20);
    const auto cash = means(Place::cash);
    if (dice.happens(120)) {
        const Cents amount{dice.between(1, 40) * 5};
        const Account difference{Place::difference, cash.key};
        const bool short_of = dice.happens(620);
        auto& count = journal.book(
            "count", evening,
            {short_of ? money(cash, difference, amount) : money(difference, cash, amount)});
        count.draft.reason = ledger::parse_reason("counted").value();
    }
    const auto drawer = journal.balance(Place::cash).value - 25'000; // change for the next morning
    if (drawer > 0) {
        journal.book("money", {evening.ms + 60'000}, {money(cash, means(Place::safe), {drawer})});
    }
    if (weekday(today.day) != 5) return;
    Transfers to_bank;
    if (journal.balance(Place::safe) > Cents{}) {
        to_bank.push_back(
            money(means(Place::safe), means(Place::bank), journal.balance(Place::safe)));
    }
    if (journal.balance(Place::card) > Cents{}) {
        to_bank.push_back(
            money(means(Place::card), means(Place::bank), journal.balance(Place::card)));
    }
    if (!to_bank.empty()) journal.book("money", {evening.ms + 240'000}, std::move(to_bank));
    if (centre.disposal_bill <= Cents{}) return;
    journal.book(
        "money", {evening.ms + 300'000},
        {money(means(Place::bank), {Place::cost, means(Place::bank).key}, centre.disposal_bill)});
    centre.disposal_bill = {};
}

/// Once a month somebody looks whether the books are right about what stands there.
void count_stock(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    Transfers differences;
    for (const auto& entry : Tables::built_in().streams) {
        for (const auto place : {Place::sorting, Place::shop, Place::outgoing}) {
            const auto stands = centre.journal.stock(place, entry.stream).value;
            if (stands < 20'000 || !dice.happens(450)) continue;
            const auto mass = on_scale({stands * dice.between(3, 40) / 1000}, 500);
            const bool missing = dice.happens(640);
            differences.push_back(
                missing ? goods(place, Place::unexplained, entry.stream, mass, Basis::estimated)
                        : goods(Place::unexplained, place, entry.stream, mass, Basis::estimated));
        }
    }
    if (differences.empty()) return;
    auto& count =
        centre.journal.book("count", today.at(today.open_until - 30), std::move(differences));
    count.draft.reason = ledger::parse_reason("counted").value();
}

} // namespace

void live_office(Centre& centre, const Today& today) {
    book_hours(centre, today);
    settle_takings(centre, today);
    const auto date = calendar(today.day);
    if (date.day >= 26 && centre.counted < month_of(today.day)) {
        centre.counted = month_of(today.day);
        count_stock(centre, today);
    }
    // A month is closed when the treasurer has time, in the middle of the next one.
    const auto last_month = month_after(month_of(today.day), -1);
    if (date.day >= centre.closes_on && centre.closed < last_month &&
        last_month >= month_of(centre.opens)) {
        centre.closed = last_month;
        centre.journal.close(last_month, today.at(today.open_until - 75));
    }
}

} // namespace kringwerk::demo
