// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/quantities.hpp"
#include "base/time.hpp"
#include "rooms/people/types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::ledger {

enum class Book : std::uint8_t { goods = 1, money = 2, time = 3 };

/// Where an amount is, comes from or goes to. The numbers stand in the chain: never change one.
enum class Place : std::uint8_t {
    // goods from outside
    donated = 1,
    collected,
    yard,
    returned,
    received,
    bought,
    opening,
    // goods that stand here: stock
    sorting = 20,
    hold,
    workshop,
    parts,
    shop,
    lending,
    lent,
    outgoing,
    // goods to outside
    sold = 40,
    given,
    sent,
    recycled,
    energy,
    disposed,
    exported,
    // goods, both ways
    owner = 55,
    unexplained,
    // money
    cash = 60,
    safe,
    bank,
    card,
    receivable,
    voucher,
    credit,
    deposit,
    cause,
    turnover,
    vat,
    purchase,
    cost,
    rounding,
    difference,
    // time: who
    paid = 80,
    subsidised,
    by_volunteer,
    participant,
    pupil,
    // time: at what
    at_gate = 90,
    at_sorting,
    at_workshop,
    at_shop,
    at_logistics,
    at_lessons,
};

enum class Side : std::uint8_t { from_outside, stock, to_outside, both_ways, money, time };

struct PlaceRow {
    Place place;
    Book book;
    Side side;
    std::string_view code; ///< unique within its book; text "place.<book>.<code>"
};

/// All places, in the order of LEDGER section 2.
std::span<const PlaceRow> all_places();
const PlaceRow& row_of(Place place);
inline Book book_of(Place place) { return row_of(place).book; }
inline bool is_stock(Place place) { return row_of(place).side == Side::stock; }
std::string_view code_of(Book book);
std::optional<Book> parse_book(std::string_view code);
std::optional<Place> parse_place(Book book, std::string_view code);

/// Goods: a stream. Money: the VAT scheme and rate for turnover and vat, else the means by which
/// it was paid. Time: none. The numbers stand in the chain: never change one.
struct Key {
    std::uint8_t number = 0;
    friend constexpr auto operator<=>(Key, Key) = default;
};

struct KeyRow {
    Key key;
    Book book;
    std::string_view code; ///< text "key.<code>"; streams "stream.<code>"
    bool vat = false;      ///< belongs to turnover and vat only
};

/// Streams first, in the order of the screens, then means, then VAT.
std::span<const KeyRow> all_keys();
std::span<const KeyRow> all_streams();
std::optional<Key> parse_key(Book book, std::string_view code);
std::string_view code_of(Key key);
inline constexpr Key mixed{11};
inline constexpr Key no_key{0};

/// One account of a centre; the centre stands beside it.
struct Account {
    Place place = Place::unexplained;
    Key key;
    friend constexpr auto operator<=>(Account, Account) = default;
};

/// How the weight of goods is known.
enum class Basis : std::uint8_t { none = 0, measured = 1, standard = 2, estimated = 3 };
std::string_view code_of(Basis basis);
std::optional<Basis> parse_basis(std::string_view code);

using CategoryId = Id<struct Category>; ///< 0: none
using MovementId = Uuid<struct Movement>;
using BatchId = Uuid<struct Batch>;

/// A known thing: the centre that issued its code, and a number there. Zero: no item.
struct ItemId {
    std::int64_t value = 0;
    friend constexpr auto operator<=>(ItemId, ItemId) = default;
    explicit operator bool() const { return value != 0; }
};

/// Something odd that was booked all the same, because it happened (LEDGER section 5).
enum class Oddity : std::uint8_t {
    none = 0,
    contradiction = 1, ///< the item was not where this says it was; booked as bulk of its stream
    unsafe = 2,        ///< sold or given without the clearance that it needs
};

struct Amounts {
    Grams grams;
    Pieces pieces;
    Cents cents;
    Minutes minutes;
    friend bool operator==(const Amounts&, const Amounts&) = default;
};

/// An amount that leaves one account and enters another, in one centre and one book.
struct Transfer {
    Account from;
    Account to;
    Amounts amounts;
    Basis basis = Basis::none; ///< of goods with a weight: how it is known
    CategoryId category;
    BatchId batch; ///< empty: none
    ItemId item;
    Oddity oddity = Oddity::none; ///< set when it is booked, not by the sender
    friend bool operator==(const Transfer&, const Transfer&) = default;
};

/// A kind of movement by its number in reference/kinds.csv.
struct Kind {
    std::uint8_t number = 0;
    friend constexpr auto operator<=>(Kind, Kind) = default;
};

/// Why, out of a list: reference/reasons.csv. Zero: no reason given.
struct Reason {
    std::uint8_t number = 0;
    friend constexpr auto operator<=>(Reason, Reason) = default;
};

/// Another movement: of another centre (sent and received) or of this one (settled).
struct Reference {
    CentreId centre;
    MovementId movement;
    friend bool operator==(const Reference&, const Reference&) = default;
};

/// What a sender asks to book. The id is made by the sender and is the idempotency key.
struct Draft {
    MovementId id;
    CentreId centre;
    Kind kind;
    Instant happened_at;
    Reason reason;
    std::optional<MovementId> reverses; ///< then `transfers` stays empty: they are the mirror
    std::optional<Reference> reference;
    std::optional<Month> closes;   ///< for a month's closing, which has no transfers
    std::optional<Digest> note;    ///< salted hash of a text or picture that is kept elsewhere
    std::optional<Digest> receipt; ///< hash of the till's receipt
    std::vector<Transfer> transfers;
};

/// What stands in the books, for ever.
struct Movement : Draft {
    people::Role role = people::Role::volunteer;
    std::int64_t actor = 0;    ///< stands for a person, see people::Caller::actor_at
    Instant booked_at;         ///< the server's clock
    Day effective_on;          ///< the day on which it counts
    bool late = false;         ///< its own day was closed already
    std::int64_t sequence = 0; ///< of its centre, from 1, without gaps
    Digest previous{};         ///< hash of the entry before it; zeros for the first
    Digest hash{};
};

/// What a counter says about its clock when it sends (LEDGER section 3).
struct Action {
    CentreId centre;
    UuidBytes id{};
    std::string device;
    std::int64_t device_sequence = 0;
    std::string kind;
    Instant clock_at;           ///< raw
    std::int64_t offset_ms = 0; ///< the server's clock minus the counter's at the last contact
};
} // namespace kringwerk::ledger
