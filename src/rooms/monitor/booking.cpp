// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/booking.hpp"

#include "rooms/network/network.hpp"

namespace kringwerk::monitor {

using ledger::Book;
using ledger::Place;

std::string amount_of(const PageOf& page, const ledger::Transfer& transfer) {
    const auto& amounts = transfer.amounts;
    switch (ledger::book_of(transfer.from.place)) {
    case Book::money:
        return page.money(amounts.cents);
    case Book::time:
        return page.say("unit.minutes", {{"count", page.whole(amounts.minutes.value)}});
    case Book::goods:
        break;
    }
    const auto pieces = page.say(amounts.pieces == Pieces{1} ? "unit.piece" : "unit.pieces",
                                 {{"count", page.whole(amounts.pieces.value)}});
    if (amounts.grams == Grams{}) return pieces;
    if (amounts.pieces == Pieces{}) return page.kilograms(amounts.grams);
    return page.kilograms(amounts.grams) + " · " + pieces;
}

std::string mark_of(const ledger::Transfer& transfer) {
    return transfer.basis == ledger::Basis::none ? std::string()
                                                 : std::string(ledger::code_of(transfer.basis));
}

const ledger::Transfer* main_transfer(const ledger::Movement& movement) {
    for (const auto& transfer : movement.transfers) {
        if (ledger::book_of(transfer.from.place) == Book::goods) return &transfer;
    }
    return movement.transfers.empty() ? nullptr : &movement.transfers.front();
}

std::string category_name(const PageOf& page, Snapshot& view, ledger::CategoryId category,
                          Day day) {
    const auto names = network::names_on(view, category, day);
    return names ? names->in(page.language()) : std::string();
}

std::string icon_of(const ledger::Movement& movement) {
    if (movement.reverses) return "arrow-u-up-left";
    if (movement.closes) return "lock";
    const auto* const transfer = main_transfer(movement);
    if (transfer == nullptr) return "package";
    switch (transfer->to.place) {
    case Place::sold:
        return "storefront";
    case Place::given:
        return "gift";
    case Place::sent:
        return "truck";
    case Place::recycled:
        return "recycle";
    case Place::energy:
    case Place::disposed:
        return "trash";
    case Place::unexplained:
        return "warning-octagon";
    case Place::workshop:
    case Place::owner:
        return "wrench";
    case Place::parts:
        return "gear-six";
    default:
        break;
    }
    if (transfer->from.place == Place::received) return "truck";
    return ledger::book_of(transfer->from.place) == Book::time ? "users-three" : "scales";
}

network::CentreRow centre_named(const PageOf& page, Snapshot& view, CentreId centre) {
    if (auto row = network::centre(view, centre)) return std::move(*row);
    network::CentreRow unnamed;
    unnamed.id = centre;
    unnamed.name = page.say("centre.unnamed", {{"number", std::to_string(centre.value)}});
    unnamed.slug = std::to_string(centre.value);
    return unnamed;
}

} // namespace kringwerk::monitor
