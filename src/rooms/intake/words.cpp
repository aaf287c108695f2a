// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/words.hpp"

#include "rooms/ledger/ledger.hpp"

#include <array>

namespace kringwerk::intake {

std::string Words::say_if_there(std::string_view code) const {
    return texts_.has(language_, code) ? texts_.say(language_, code) : std::string();
}

std::string Words::place(ledger::Place place) const {
    const auto& row = ledger::row_of(place);
    return say("place." + std::string(ledger::code_of(row.book)) + "." + std::string(row.code));
}

std::string Words::stream(ledger::Key stream) const {
    return say("key." + std::string(ledger::code_of(stream)));
}

std::string Words::kilograms(Grams mass) const {
    return show_kilograms(language_, mass) + "\u00A0kg";
}

std::string Words::what(const ledger::Movement& movement) const {
    auto words = say("kind." + std::string(ledger::Ways::built_in().find(movement.kind)->code));
    if (movement.closes) return words + ", " + show_month(language_, *movement.closes);
    for (const auto& transfer : movement.transfers) {
        if (ledger::book_of(transfer.from.place) != ledger::Book::goods) continue;
        return words + ", " + stream(transfer.to.key);
    }
    return words;
}

std::string Words::amount(const ledger::Movement& movement) const {
    Grams grams;
    Pieces pieces;
    Cents paid;
    for (const auto& transfer : movement.transfers) {
        grams += transfer.amounts.grams;
        pieces += transfer.amounts.pieces;
        if (ledger::book_of(transfer.from.place) != ledger::Book::money) continue;
        // What the customer paid: all that came in, less the rounding that was let go.
        const bool given_up = transfer.to.place == ledger::Place::rounding;
        paid += given_up ? -transfer.amounts.cents : transfer.amounts.cents;
    }
    std::string words;
    if (grams > Grams{}) {
        words = kilograms(grams);
    } else if (pieces > Pieces{}) {
        words = say("desk.pieces", {{"count", show_whole(language_, pieces.value)}});
    }
    if (paid == Cents{}) return words;
    return (words.empty() ? words : words + " · ") + show_money(language_, paid);
}

std::string_view icon_of(ledger::Key stream) {
    static constexpr std::array<std::string_view, 12> icons{
        "stack",        "armchair", "cooking-pot", "plug", "t-shirt", "books",
        "puzzle-piece", "bicycle",  "hammer",      "wall", "package", "stack"};
    return icons[stream.number < icons.size() ? stream.number : 0];
}

} // namespace kringwerk::intake
