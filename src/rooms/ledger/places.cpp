// SPDX-License-Identifier: EUPL-1.2
#include "base/ensure.hpp"
#include "rooms/ledger/types.hpp"

namespace kringwerk::ledger {
namespace {

using enum Place;

constexpr std::array place_rows{
    PlaceRow{donated, Book::goods, Side::from_outside, "donated"},
    PlaceRow{collected, Book::goods, Side::from_outside, "collected"},
    PlaceRow{yard, Book::goods, Side::from_outside, "yard"},
    PlaceRow{returned, Book::goods, Side::from_outside, "returned"},
    PlaceRow{received, Book::goods, Side::from_outside, "received"},
    PlaceRow{bought, Book::goods, Side::from_outside, "bought"},
    PlaceRow{opening, Book::goods, Side::from_outside, "opening"},
    PlaceRow{sorting, Book::goods, Side::stock, "sorting"},
    PlaceRow{hold, Book::goods, Side::stock, "hold"},
    PlaceRow{workshop, Book::goods, Side::stock, "workshop"},
    PlaceRow{parts, Book::goods, Side::stock, "parts"},
    PlaceRow{shop, Book::goods, Side::stock, "shop"},
    PlaceRow{lending, Book::goods, Side::stock, "lending"},
    PlaceRow{lent, Book::goods, Side::stock, "lent"},
    PlaceRow{outgoing, Book::goods, Side::stock, "outgoing"},
    PlaceRow{sold, Book::goods, Side::to_outside, "sold"},
    PlaceRow{given, Book::goods, Side::to_outside, "given"},
    PlaceRow{sent, Book::goods, Side::to_outside, "sent"},
    PlaceRow{recycled, Book::goods, Side::to_outside, "recycled"},
    PlaceRow{energy, Book::goods, Side::to_outside, "energy"},
    PlaceRow{disposed, Book::goods, Side::to_outside, "disposed"},
    PlaceRow{exported, Book::goods, Side::to_outside, "exported"},
    PlaceRow{owner, Book::goods, Side::both_ways, "owner"},
    PlaceRow{unexplained, Book::goods, Side::both_ways, "unexplained"},
    PlaceRow{cash, Book::money, Side::money, "cash"},
    PlaceRow{safe, Book::money, Side::money, "safe"},
    PlaceRow{bank, Book::money, Side::money, "bank"},
    PlaceRow{card, Book::money, Side::money, "card"},
    PlaceRow{receivable, Book::money, Side::money, "receivable"},
    PlaceRow{voucher, Book::money, Side::money, "voucher"},
    PlaceRow{credit, Book::money, Side::money, "credit"},
    PlaceRow{deposit, Book::money, Side::money, "deposit"},
    PlaceRow{cause, Book::money, Side::money, "cause"},
    PlaceRow{turnover, Book::money, Side::money, "turnover"},
    PlaceRow{vat, Book::money, Side::money, "vat"},
    PlaceRow{purchase, Book::money, Side::money, "purchase"},
    PlaceRow{cost, Book::money, Side::money, "cost"},
    PlaceRow{rounding, Book::money, Side::money, "rounding"},
    PlaceRow{difference, Book::money, Side::money, "difference"},
    PlaceRow{paid, Book::time, Side::time, "paid"},
    PlaceRow{subsidised, Book::time, Side::time, "subsidised"},
    PlaceRow{by_volunteer, Book::time, Side::time, "volunteer"},
    PlaceRow{participant, Book::time, Side::time, "participant"},
    PlaceRow{pupil, Book::time, Side::time, "pupil"},
    PlaceRow{at_gate, Book::time, Side::time, "gate"},
    PlaceRow{at_sorting, Book::time, Side::time, "sorting"},
    PlaceRow{at_workshop, Book::time, Side::time, "workshop"},
    PlaceRow{at_shop, Book::time, Side::time, "shop"},
    PlaceRow{at_logistics, Book::time, Side::time, "logistics"},
    PlaceRow{at_lessons, Book::time, Side::time, "lessons"},
};

constexpr std::array keys{
    KeyRow{{1}, Book::goods, "furniture"},
    KeyRow{{2}, Book::goods, "household"},
    KeyRow{{3}, Book::goods, "electrical"},
    KeyRow{{4}, Book::goods, "textile"},
    KeyRow{{5}, Book::goods, "books"},
    KeyRow{{6}, Book::goods, "toys"},
    KeyRow{{7}, Book::goods, "bicycles"},
    KeyRow{{8}, Book::goods, "tools"},
    KeyRow{{9}, Book::goods, "construction"},
    KeyRow{{10}, Book::goods, "other"},
    KeyRow{{11}, Book::goods, "mixed"},
    KeyRow{{21}, Book::money, "cash"},
    KeyRow{{22}, Book::money, "safe"},
    KeyRow{{23}, Book::money, "bank"},
    KeyRow{{24}, Book::money, "card"},
    KeyRow{{25}, Book::money, "receivable"},
    KeyRow{{26}, Book::money, "voucher"},
    KeyRow{{27}, Book::money, "credit"},
    KeyRow{{28}, Book::money, "deposit"},
    KeyRow{{29}, Book::money, "cause"},
    KeyRow{{41}, Book::money, "margin-global-21", true},
    KeyRow{{42}, Book::money, "margin-global-9", true},
    KeyRow{{43}, Book::money, "margin-item-21", true},
    KeyRow{{44}, Book::money, "margin-item-9", true},
    KeyRow{{45}, Book::money, "normal-21", true},
    KeyRow{{46}, Book::money, "normal-9", true},
    KeyRow{{47}, Book::money, "exempt", true},
    KeyRow{{0}, Book::time, "none"},
};
constexpr std::size_t streams = 11;

} // namespace

std::span<const PlaceRow> all_places() { return place_rows; }
std::span<const KeyRow> all_keys() { return keys; }
std::span<const KeyRow> all_streams() { return std::span(keys).first<streams>(); }

const PlaceRow& row_of(Place place) {
    static const auto by_number = [] {
        std::array<const PlaceRow*, 256> rows{};
        for (const auto& row : place_rows) rows.at(static_cast<std::size_t>(row.place)) = &row;
        return rows;
    }();
    const auto* const row = by_number.at(static_cast<std::size_t>(place));
    ensure(row != nullptr, "a place has a row in the table of places");
    return *row;
}

std::string_view code_of(Book book) {
    switch (book) {
    case Book::goods:
        return "goods";
    case Book::money:
        return "money";
    case Book::time:
        return "time";
    }
    throw Bug("a book is one of three");
}

std::optional<Book> parse_book(std::string_view code) {
    for (const auto book : {Book::goods, Book::money, Book::time}) {
        if (code_of(book) == code) return book;
    }
    return std::nullopt;
}

std::optional<Place> parse_place(Book book, std::string_view code) {
    for (const auto& row : place_rows) {
        if (row.book == book && row.code == code) return row.place;
    }
    return std::nullopt;
}

std::optional<Key> parse_key(Book book, std::string_view code) {
    for (const auto& row : keys) {
        if (row.book == book && row.code == code) return row.key;
    }
    return std::nullopt;
}

std::string_view code_of(Key key) {
    for (const auto& row : keys) {
        if (row.key == key) return row.code;
    }
    throw Bug("a key has a row in the table of keys");
}

std::string_view code_of(Basis basis) {
    switch (basis) {
    case Basis::none:
        return "none";
    case Basis::measured:
        return "measured";
    case Basis::standard:
        return "standard";
    case Basis::estimated:
        return "estimated";
    }
    throw Bug("a basis is one of four");
}

std::optional<Basis> parse_basis(std::string_view code) {
    for (const auto basis : {Basis::none, Basis::measured, Basis::standard, Basis::estimated}) {
        if (code_of(basis) == code) return basis;
    }
    return std::nullopt;
}

} // namespace kringwerk::ledger
