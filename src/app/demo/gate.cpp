// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"

#include "rooms/intake/gate.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Basis;
using ledger::Place;

namespace {

/// One visit at the gate, or one load that the van brings.
struct Visit {
    Place source = Place::donated;
    Grams mass;
    Basis basis = Basis::measured;
};

Visit next_visit(Centre& centre) {
    auto& dice = centre.dice;
    const std::array<std::int64_t, 5> often{890, 34, centre.entry.yard ? 62 : 0, 6, 4};
    static constexpr std::array sources{Place::donated, Place::collected, Place::yard,
                                        Place::returned, Place::bought};
    static constexpr std::array<std::int64_t, 5> mean_g{20'000, 160'000, 32'000, 60'000, 14'000};
    const auto which = dice.pick(often);
    Visit visit{sources[which], {dice.around(mean_g[which], 850)}, Basis::measured};
    if (visit.source == Place::collected && dice.happens(300)) visit.basis = Basis::estimated;
    if (visit.source == Place::donated && dice.happens(60)) visit.basis = Basis::estimated;
    return visit;
}

/// One to four kinds of things, each weighed by itself.
Transfers weigh(Centre& centre, const Visit& visit) {
    auto& dice = centre.dice;
    std::array<std::int64_t, 11> shares{};
    for (const auto& entry : Tables::built_in().streams) {
        shares[entry.stream.number - 1U] = entry.intake;
    }
    const auto kinds = dice.between(1, visit.mass.value > 40'000 ? 4 : 3);
    std::array<std::int64_t, 11> grams{};
    for (std::int64_t kind = 0; kind < kinds; ++kind) {
        grams[dice.pick(shares)] += visit.mass.value / kinds;
    }
    Transfers transfers;
    for (std::size_t i = 0; i < grams.size(); ++i) {
        if (grams[i] == 0) continue;
        const auto step = visit.basis == Basis::measured ? 100 : 5000;
        const auto mass = on_scale({dice.around(grams[i], 200)}, step);
        const ledger::Key stream{static_cast<std::uint8_t>(i + 1)};
        transfers.push_back(goods(visit.source, Place::sorting, stream, mass, visit.basis));
    }
    return transfers;
}

Cents price_of(const Transfers& transfers) {
    std::int64_t grams = 0;
    for (const auto& transfer : transfers) grams += transfer.amounts.grams.value;
    return {std::max<std::int64_t>(100, grams / 1000 * 20)};
}

/// Mistakes of the gate: a slipped comma, a load that two people write down, a wrong button.
void book_with_mistake(Centre& centre, const Today& today, Instant at, const Transfers& right) {
    auto& dice = centre.dice;
    // Noticed the same afternoon, or when the week is looked through.
    const Instant noticed{dice.happens(700) ? today.at(today.open_until + 10).ms
                                            : at.ms + dice.between(1, 5) * 86'400'000};
    if (dice.happens(300)) {
        centre.journal.book("weigh-in", at, right);
        const auto twice = centre.journal.book_wrongly("weigh-in", {at.ms + 95'000}, right);
        centre.journal.undo(twice, "booked-twice", noticed);
        return;
    }
    auto wrong = right;
    const bool slipped = dice.happens(650);
    if (slipped) {
        wrong.front().amounts.grams.value *= 10;
    } else {
        const ledger::Key other{static_cast<std::uint8_t>(wrong.front().from.key.number % 10 + 1)};
        wrong.front().from.key = other;
        wrong.front().to.key = other;
    }
    const auto mistake = centre.journal.book_wrongly("weigh-in", at, std::move(wrong));
    centre.journal.undo(mistake, slipped ? "wrong-weight" : "wrong-stream", noticed);
    auto& again = centre.journal.book("weigh-in", at, right);
    again.booked_at = {std::max(noticed.ms, mistake.booked_at.ms + 60'000) + 120'000};
}

/// The tablet of the van has no network in some villages, and sometimes sends the next day.
std::int64_t hours_offline(Dice& dice) {
    return dice.happens(250) ? dice.between(20, 140) : dice.between(1, 9);
}

/// A few times in the life of a centre it lies in a drawer until its month is closed.
bool forgets_tablet(Centre& centre, Day day) {
    const auto month = month_of(day);
    const bool that_month = (month.number - month_of(centre.opens).number) % 5 == 2;
    if (!that_month || centre.forgotten == month) return false;
    centre.forgotten = month;
    return true;
}

void send_late(Centre& centre, Planned& planned, std::int64_t after_hours) {
    planned.booked_at = {planned.draft.happened_at.ms + after_hours * 3'600'000 +
                         centre.dice.below(3'600'000)};
    planned.device = "tablet-bus";
    planned.device_sequence = ++centre.device_sequences[0];
}

std::string_view reason_to_refuse(Dice& dice) {
    static constexpr std::array<std::int64_t, 8> often{260, 20, 240, 60, 190, 110, 70, 50};
    return intake::refusal_reasons()[dice.pick(often)].code;
}

void book_visit(Centre& centre, const Today& today, const Visit& visit) {
    auto& dice = centre.dice;
    const auto at = during(today, dice);
    auto transfers = weigh(centre, visit);
    if (visit.source == Place::bought) {
        const auto cash = means(Place::cash);
        transfers.push_back(money(cash, {Place::purchase, cash.key}, price_of(transfers)));
        centre.journal.book("buy-in", at, std::move(transfers));
        return;
    }
    if (visit.source == Place::donated && dice.happens(6)) {
        book_with_mistake(centre, today, at, transfers);
        return;
    }
    const bool over_the_gate = visit.source == Place::donated; // the lane for reuse
    auto& planned =
        centre.journal.book(over_the_gate ? "gate" : "weigh-in", at, std::move(transfers));
    if (over_the_gate && dice.happens(70)) planned.turned_away = reason_to_refuse(dice);
    if (visit.source != Place::collected) return;
    if (forgets_tablet(centre, today.day)) {
        send_late(centre, planned, dice.between(47 * 24, 58 * 24));
    } else if (dice.happens(180)) {
        send_late(centre, planned, hours_offline(dice));
    }
}

/// A device gets a code of its own at the gate and goes to the bench for its safety test.
void book_device(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto& device = Tables::built_in().devices.at(dice.pick(Tables::built_in().brought));
    const bool weigh = device.each == Grams{} || dice.happens(250);
    const auto mass =
        weigh ? on_scale({dice.around(device.each.value + 1200, 700)}, 10) : device.each;
    const auto basis = weigh ? Basis::measured : Basis::standard;
    const auto item = centre.journal.next_item();
    auto& planned = centre.journal.book("weigh-in", during(today, dice),
                                        {thing(Place::donated, Place::workshop, device.stream, mass,
                                               basis, device.category, item)});
    planned.issues_item = true;
    planned.marks = ledger::Item{centre.journal.centre(), item, device.category, {}, {}, {}, 0, {}};
    planned.marks->clearance = ledger::Item::Clearance::needed;
    if (device.carries_data()) planned.marks->data = ledger::Item::DataState::to_erase;
    const auto due = day_after(today.day, static_cast<int>(dice.between(1, 12)));
    centre.bench.push_back({item, &device, mass, basis, {}, due});
}

} // namespace

void live_gate(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    for (Grams left = today.intake; left > Grams{};) {
        const auto visit = next_visit(centre);
        book_visit(centre, today, visit);
        left -= visit.mass;
    }
    const auto devices = dice.times(today.visits * 45 / 1000);
    for (std::int64_t device = 0; device < devices; ++device) book_device(centre, today);
    if (!centre.entry.yard) return;
    // The waste lane of the yard: never meant for reuse, straight to the container.
    const auto waste = dice.times(today.visits * 40 / 1000);
    for (std::int64_t load = 0; load < waste; ++load) {
        static constexpr std::array<std::uint8_t, 4> streams{1, 9, 10, 3};
        const ledger::Key stream{streams.at(static_cast<std::size_t>(dice.below(4)))};
        const auto mass = on_scale({dice.around(18'000, 800)}, 1000);
        // Most come over the gate; a container that fills up by itself is weighed when it is
        // fetched.
        centre.journal.book(dice.happens(800) ? "gate" : "waste-in", during(today, dice),
                            {goods(Place::yard, Place::outgoing, stream, mass, Basis::estimated)});
    }
}

} // namespace kringwerk::demo
