// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/demo/journal.hpp"
#include "app/demo/tables.hpp"

#include <deque>
#include <vector>

namespace kringwerk::demo {

/// A known thing of the centre itself, on the bench or on the shelf.
struct KnownThing {
    ledger::ItemId item;
    const DeviceEntry* device = nullptr;
    Grams mass;
    ledger::Basis basis = ledger::Basis::none;
    Cents price;
    Day due; ///< on the bench: when somebody gets to it
};

/// An owner's thing that waits for the repairer or for its owner.
struct Ticket {
    ledger::ItemId item;
    const DeviceEntry* device = nullptr;
    Grams mass;
    ledger::Basis basis = ledger::Basis::none;
    Day due;
};

/// Something lent to somebody.
struct Loan {
    ledger::Key stream;
    Grams mass;
    Cents deposit;
    Day due;
};

/// A receipt of which a customer may bring something back.
struct SoldLine {
    ledger::Key stream;
    Grams mass;
    std::int64_t pieces = 0;
    Cents price;
    bool by_card = false;
};

/// A load on its way from another centre.
struct Load {
    Day due;
    ledger::Reference sent;
    ledger::Key stream;
    Grams mass;
};

/// Everything that is going on in one centre of the example. Each part of the house (gate, bench,
/// workshop, shop, office) is a function that lives one day of it.
struct Centre {
    Centre(const CentreEntry& centre_entry, CentreId id, std::uint64_t seed, Month first_month,
           std::int64_t busyness);
    Centre(const Centre&) = delete;
    Centre& operator=(const Centre&) = delete;

    CentreEntry entry;
    Dice dice;
    Journal journal;
    Day opens;
    bool opened = false;
    std::vector<KnownThing> bench;
    std::vector<KnownThing> shelf;
    std::vector<Ticket> tickets;
    std::vector<Loan> loans;
    std::deque<SoldLine> sold;
    std::vector<Load> arriving;
    std::array<std::int64_t, 2> device_sequences{}; ///< of the van's tablet and of the till
    Cents disposal_bill;                            ///< for what was taken away and is not paid yet
    Month forgotten;         ///< the last month in which the tablet of the van was left in a drawer
    Month counted;           ///< the last month of which the stock was counted
    Month closed;            ///< the last month that is closed
    unsigned closes_on = 15; ///< day of the next month from which on a month is closed
};

/// One open day as all parts of the house see it.
struct Today {
    Day day;
    Instant eight;     ///< eight o'clock in the morning
    int open_from = 0; ///< minutes after eight
    int open_until = 0;
    std::int64_t visits = 0; ///< paying visits to expect, thousandths
    Grams intake;            ///< to expect over the gate

    Instant at(std::int64_t minutes, std::int64_t seconds = 0) const {
        return {eight.ms + (minutes * 60 + seconds) * 1000};
    }
};

/// A moment during opening hours, busiest in the early afternoon.
Instant during(const Today& today, Dice& dice);
/// Ten grams is the finest that a bench scale shows, a hundred that of a floor scale.
Grams on_scale(Grams mass, std::int64_t step_g);

bool is_open(const Centre& centre, Day day);
Today make_today(Centre& centre, Day day);

/// The stock with which the books of the centre begin.
void open_books(Centre& centre, const Today& today);
/// What comes in: over the door, fetched at home, from the yard, from shops, from sellers.
void live_gate(Centre& centre, const Today& today);
/// What sorters do with it, and what processors take away.
void live_sorting(Centre& centre, const Today& today);
/// The centre's own things on the bench: tested, refurbished, taken apart, made into something
/// else.
void live_workshop(Centre& centre, const Today& today);
/// What owners bring to have it repaired: on a ticket, or on a Saturday while they wait.
void live_repairs(Centre& centre, const Today& today);
/// Sales, gifts, returns and loans.
void live_shop(Centre& centre, const Today& today);
/// Hours, cash, counts, and the closing of months.
void live_office(Centre& centre, const Today& today);

/// What one centre sends to another on this day, if anything. `movement` is the sender's.
struct Dispatched {
    ledger::MovementId movement;
    ledger::Key stream;
    Grams mass;
};
std::optional<Dispatched> send_load(Centre& centre, const Today& today);
/// Weighs the loads that have arrived.
void receive_loads(Centre& centre, const Today& today);

} // namespace kringwerk::demo
