// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/centre.hpp"
#include "app/demo/till.hpp"

#include <algorithm>

namespace kringwerk::demo {

using ledger::Basis;
using ledger::Place;
using workshop::Barrier;
using workshop::Outcome;

namespace {

/// Why what cannot be repaired cannot: shares of 12,227 published repair records that say so.
Barrier barrier_of(Dice& dice) {
    static constexpr std::array barriers{
        Barrier::worn_out,     Barrier::no_information, Barrier::parts_not_available,
        Barrier::no_equipment, Barrier::no_way_to_open, Barrier::parts_too_expensive};
    static constexpr std::array<std::int64_t, 6> shares{260, 210, 190, 160, 120, 70};
    return barriers[dice.pick(shares)];
}

std::string_view problem_of(Dice& dice, Outcome outcome) {
    static constexpr std::array<std::string_view, 6> fixed{
        "Snoer gebroken bij de stekker. Nieuw snoer aangezet.",
        "Deed niets meer. Zekering vervangen.",
        "Schakelaar maakte geen contact. Schoongemaakt.",
        "Liep vast. Uit elkaar gehaald, schoongemaakt en gesmeerd.",
        "Los contact op de printplaat. Opnieuw gesoldeerd.",
        "Verkalkt. Ontkalkt en nieuwe afdichting geplaatst."};
    static constexpr std::array<std::string_view, 3> repairable{
        "Onderdeel besteld, eigenaar komt terug.", "Motor hapert, verder kijken met schema.",
        "Accu is op, eigenaar zoekt een nieuwe."};
    static constexpr std::array<std::string_view, 4> ended{
        "Elektronica doorgebrand.", "Behuizing gescheurd, niet meer veilig.", "Motor versleten.",
        "Dichtgelijmd, niet te openen zonder breken."};
    const auto one_of = [&dice](std::span<const std::string_view> texts) {
        return texts[static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(texts.size())))];
    };
    if (outcome == Outcome::fixed) return one_of(fixed);
    if (outcome == Outcome::repairable) return one_of(repairable);
    return outcome == Outcome::end_of_life ? one_of(ended) : "Niet ingevuld.";
}

RepairEnd end_of(Dice& dice, const DeviceEntry& device) {
    RepairEnd end{Outcome::unknown, Barrier::none, device.category, {}};
    if (!dice.happens(45)) {
        // A workshop with parts and time gets a little further than a table on a Saturday.
        const bool fixed = dice.happens(device.fixed + 35);
        end.outcome = fixed               ? Outcome::fixed
                      : dice.happens(350) ? Outcome::repairable
                                          : Outcome::end_of_life;
    }
    if (end.outcome == Outcome::end_of_life && dice.happens(430)) end.barrier = barrier_of(dice);
    end.problem = problem_of(dice, end.outcome);
    return end;
}

const DeviceEntry& next_device(Dice& dice) {
    const auto& tables = Tables::built_in();
    return tables.devices.at(dice.pick(tables.brought));
}

void take_in(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto& device = next_device(dice);
    const auto item = centre.journal.next_item();
    const auto basis = Basis::standard;
    auto& planned = centre.journal.book("repair", during(today, dice),
                                        {thing(Place::owner, Place::workshop, device.stream,
                                               device.each, basis, device.category, item)});
    planned.issues_item = true;
    const auto due = day_after(today.day, static_cast<int>(dice.between(2, 15)));
    centre.tickets.push_back({item, &device, device.each, basis, due});
}

/// A used part of the store goes into the device; the broken one stays here or goes along.
void fit_part(Centre& centre, Instant at, const DeviceEntry& device) {
    auto& dice = centre.dice;
    const auto electrical = stream_named("electrical");
    if (device.stream != electrical ||
        centre.journal.stock(Place::parts, electrical) < Grams{4000}) {
        return;
    }
    const Grams part{dice.between(2, 40) * 10};
    Transfers transfers{goods(Place::parts, Place::owner, electrical, part, Basis::measured, 1)};
    if (dice.happens(450)) {
        transfers.push_back(
            goods(Place::owner, Place::outgoing, electrical, part, Basis::measured, 1));
    }
    centre.journal.book("fit-part", {at.ms - 5 * 60'000}, std::move(transfers));
}

void give_back(Centre& centre, const Today& today, const Ticket& ticket) {
    auto& dice = centre.dice;
    const auto at = during(today, dice);
    const auto end = end_of(dice, *ticket.device);
    const auto& device = *ticket.device;
    const auto move = [&](Place from, Place to) {
        return thing(from, to, device.stream, ticket.mass, ticket.basis, device.category,
                     ticket.item);
    };
    Transfers transfers{move(Place::workshop, Place::owner)};
    std::string_view kind = "repair";
    if (end.outcome == Outcome::end_of_life && dice.happens(320)) {
        kind = "left-behind";
        transfers.push_back(move(Place::donated, Place::sorting));
    } else if (end.outcome == Outcome::fixed || dice.happens(150)) {
        const bool fixed = end.outcome == Outcome::fixed;
        const auto vat = ledger::parse_key(ledger::Book::money, "normal-21").value();
        const auto parts = parts_of({fixed ? dice.between(20, 95) * 50 : 750}, vat);
        transfers.push_back(money({Place::turnover, vat}, means(Place::card), parts.turnover));
        transfers.push_back(money({Place::vat, vat}, means(Place::card), parts.vat));
        if (fixed && dice.happens(300)) fit_part(centre, at, device);
    }
    centre.journal.book(kind, at, std::move(transfers)).repair = end;
}

/// A Saturday on which volunteers repair what people bring, while they wait.
void hold_cafe(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto guests = dice.around(centre.entry.village ? 11 : 17, 450);
    for (std::int64_t guest = 0; guest < guests; ++guest) {
        const auto& device = next_device(dice);
        const auto at = during(today, dice);
        const auto move = [&](Place from, Place to) {
            return thing(from, to, device.stream, device.each, Basis::standard, device.category,
                         {});
        };
        const Transfers there_and_back{move(Place::owner, Place::workshop),
                                       move(Place::workshop, Place::owner)};
        auto end = end_of(dice, device);
        if (dice.happens(9) && end.outcome == Outcome::fixed) {
            auto& planned = centre.journal.book_wrongly("repair", at, there_and_back);
            planned.repair =
                RepairEnd{Outcome::end_of_life, Barrier::none, device.category, end.problem};
            centre.journal.undo(Planned(planned), "wrong-outcome", {at.ms + 35 * 60'000});
            centre.journal.book("repair", {at.ms + 37 * 60'000}, there_and_back).repair = end;
            continue;
        }
        centre.journal.book("repair", at, there_and_back).repair = end;
    }
}

} // namespace

void live_repairs(Centre& centre, const Today& today) {
    auto& dice = centre.dice;
    const auto due =
        std::stable_partition(centre.tickets.begin(), centre.tickets.end(),
                              [&](const Ticket& ticket) { return ticket.due > today.day; });
    const std::vector<Ticket> ready(due, centre.tickets.end());
    centre.tickets.erase(due, centre.tickets.end());
    for (const auto& ticket : ready) give_back(centre, today, ticket);
    const auto brought = dice.times(today.visits * 55 / 1000);
    for (std::int64_t device = 0; device < brought; ++device) take_in(centre, today);
    const bool every_other_week = today.day.number / 7 % 2 == centre.entry.yard;
    if (weekday(today.day) == 6 && every_other_week) hold_cafe(centre, today);
}

} // namespace kringwerk::demo
