// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/ledger/deliveries.hpp" // what devices send is part of the front door
#include "rooms/ledger/items.hpp"
#include "rooms/ledger/types.hpp"
#include "rooms/ledger/ways.hpp"

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The books: append-only, double-entry, chained per centre. Other rooms post movements inside
/// their own transaction and read figures; nobody writes these tables but this room.
namespace kringwerk::ledger {

// Writing -----------------------------------------------------------------------------------

/// What became of a draft.
struct Posted {
    MovementId id;
    std::int64_t sequence = 0;
    Digest hash{};
    Day effective_on;
    bool late = false;
    bool repeated = false; ///< stood in the books already, with the same content
    Oddity oddity = Oddity::none;
};

/// Told of each reversal in the transaction that books it, so that a room can take its own facts
/// out of its own sums. `app` connects them.
using OnReversal =
    std::function<void(Transaction&, const Movement& original, const Movement& reversal)>;

/// Books movements of one or more centres inside one transaction: reads the end of each chain
/// once, writes it once. Call `finish` last.
class Posting {
  public:
    Posting(Transaction& tx, const people::Caller& caller, Instant now,
            const OnReversal* on_reversal = nullptr);

    /// Books one movement, or refuses it and has then written nothing. Refuses what
    /// `rules.hpp: check` refuses, then, in this order: "ledger.id_reused" (the id stands in the
    /// books with another content), "ledger.nothing_to_reverse", "ledger.reverses_reversal",
    /// "ledger.already_reversed", "ledger.month_not_over", "ledger.month_closed_already".
    Result<Posted> post(const Draft& draft);
    /// The next item number of a centre's own series.
    ItemId issue_item(CentreId centre);
    void finish();

  private:
    struct Head {
        std::int64_t sequence = 0;
        Digest hash{};
        std::optional<Month> closed;
        std::int64_t items_issued = 0;
    };
    Head& head_of(CentreId centre);
    std::optional<Result<Posted>> repeated(const Draft& draft);
    Result<Movement> complete(const Draft& draft);
    Result<void> complete_reversal(Movement& movement);
    Result<void> complete_closing(Movement& movement);
    void follow_items(Movement& movement);
    void take_number(CentreId centre, ItemId item);
    bool write(const Movement& movement); ///< false: its id stands in the books already

    Transaction& tx_;
    const people::Caller& caller_;
    Instant now_;
    const OnReversal* on_reversal_;
    std::map<CentreId, Head> heads_;
    std::optional<Movement> reversed_; ///< the original, while its reversal is being booked
};

/// Books one movement; see Posting.
Result<Posted> post(Transaction& tx, const Draft& draft, const people::Caller& caller, Instant now,
                    const OnReversal* on_reversal = nullptr);

/// Keeps the envelope of an action beside what it booked. The same id again changes nothing.
void keep_action(Transaction& tx, const Action& action, Instant now);

/// Sets the marks of a known thing. A bug when the centre does not have it.
void mark_item(Transaction& tx, const Item& item);

// Reading -----------------------------------------------------------------------------------

struct Head {
    CentreId centre;
    std::int64_t sequence = 0;
    Digest hash{};
    std::optional<Month> closed;
    std::int64_t items_issued = 0; ///< numbers of item codes that this centre gave out
};
std::optional<Head> head(Snapshot& view, CentreId centre);
std::vector<Head> heads(Snapshot& view);

std::optional<Movement> movement(Snapshot& view, CentreId centre, const MovementId& id);
std::optional<Movement> movement(Snapshot& view, CentreId centre, std::int64_t sequence);
/// Whether the stored hash is the one of the stored content and of the entry before.
bool hash_is_right(const Movement& movement);
/// In any centre that has books.
std::optional<Movement> find_movement(Snapshot& view, const MovementId& id);
/// Those of a centre whose hash begins with these hexadecimal digits (8 to 64); at most 20. Reads
/// the whole chain, so ask it only for somebody who may read that centre.
std::vector<Movement> find_by_hash(Snapshot& view, CentreId centre, std::string_view digits);
std::optional<Movement> reversal_of(Snapshot& view, CentreId centre, const MovementId& id);
bool is_reversed(Snapshot& view, CentreId centre, const MovementId& id);
/// Movements of any centre that refer to this one.
std::vector<Movement> referring_to(Snapshot& view, CentreId centre, const MovementId& id);
std::optional<Action> action_of(Snapshot& view, CentreId centre, const MovementId& id);

/// Some of the places.
class PlaceSet {
  public:
    constexpr PlaceSet() = default;
    constexpr PlaceSet(std::initializer_list<Place> places) {
        for (const auto place : places) add(place);
    }
    static constexpr PlaceSet all() {
        PlaceSet set;
        set.low_ = set.high_ = ~std::uint64_t{0};
        return set;
    }
    constexpr void add(Place place) {
        const auto number = static_cast<unsigned>(place);
        (number < 64 ? low_ : high_) |= std::uint64_t{1} << (number % 64);
    }
    constexpr bool has(Place place) const {
        const auto number = static_cast<unsigned>(place);
        return ((number < 64 ? low_ : high_) >> (number % 64) & 1) != 0;
    }
    friend constexpr PlaceSet operator&(PlaceSet left, PlaceSet right) {
        left.low_ &= right.low_;
        left.high_ &= right.high_;
        return left;
    }
    friend constexpr bool operator==(PlaceSet, PlaceSet) = default;
    /// Bits by number of the place, for a query: those below 64 and those from 64 on.
    std::int64_t low() const { return static_cast<std::int64_t>(low_); }
    std::int64_t high() const { return static_cast<std::int64_t>(high_); }

  private:
    std::uint64_t low_ = 0;
    std::uint64_t high_ = 0;
};

/// All ways from some places to some others.
struct Passage {
    PlaceSet from = PlaceSet::all();
    PlaceSet to = PlaceSet::all();
    bool has(Place left, Place entered) const { return from.has(left) && to.has(entered); }
    Passage back() const { return {to, from}; }
};
/// What a figure counts, and what it deducts: returns and reversals go the other way.
struct Counted {
    Passage adds;
    Passage deducts;
};

struct MovementFilter {
    CentreId centre;
    Day first;
    Day last;
    std::optional<Place> from;
    std::optional<Place> to;
    std::optional<Key> stream;
    std::optional<CategoryId> category;
    std::optional<Counted> counted = {}; ///< instead of `from` and `to`
};
struct MovementPage {
    std::vector<Movement> movements;         ///< newest first
    std::optional<std::int64_t> next_before; ///< ask again with this for what follows
};
MovementPage movements(Snapshot& view, const MovementFilter& filter,
                       std::optional<std::int64_t> before, std::int64_t most);
/// In the order of the chain, for export and for following it.
std::vector<Movement> movements_after(Snapshot& view, CentreId centre, std::int64_t after,
                                      std::int64_t most);

std::optional<Item> item(Snapshot& view, CentreId centre, ItemId id);
/// With its present centre: wherever it stands, else where it was last.
std::optional<Item> find_item(Snapshot& view, ItemId id);
/// All that happened to it, in all centres, by the time it happened.
std::vector<Movement> story_of(Snapshot& view, ItemId id);

struct Balance {
    Account account;
    Amounts amounts;
};
std::vector<Balance> balances(Snapshot& view, CentreId centre);

/// Sums of all transfers of one way, category and basis that count on one day or in one month.
struct Flow {
    std::int32_t period = 0; ///< Day::number or Month::number
    Account from;
    Account to;
    CategoryId category;
    Basis basis = Basis::none;
    Amounts amounts;
    std::int64_t transfers = 0;
};
std::vector<Flow> flows_of_days(Snapshot& view, CentreId centre, Day first, Day last);
std::vector<Flow> flows_of_months(Snapshot& view, CentreId centre, Month first, Month last);
/// The day on which each counts that stands after this sequence in the chain, in no order.
std::vector<Day> days_booked_after(Snapshot& view, CentreId centre, std::int64_t sequence);
std::optional<Day> last_day_with_flows(Snapshot& view, CentreId centre);
/// The nearest day before or after this one on which something was booked.
std::optional<Day> day_with_flows_before(Snapshot& view, CentreId centre, Day day);
std::optional<Day> day_with_flows_after(Snapshot& view, CentreId centre, Day day);

/// Opening stock + in = out + stock + unexplained, in grams, of one stream or of all together.
struct Equation {
    Key stream; ///< no_key: all streams together
    Grams opening;
    Grams in;              ///< from outside and from owners, reversals deducted
    Grams out;             ///< to outside and to owners, likewise
    Grams unexplained;     ///< what counts found missing, less what they found
    Grams to_other_stream; ///< sorted into another stream, less what came from others
    Grams closing;
    bool holds() const { return opening + in == out + unexplained + to_other_stream + closing; }
};
/// One line for each stream that the centre ever had to do with, then all together. `first` to
/// `last` are days.
std::vector<Equation> equation(Snapshot& view, CentreId centre, Day first, Day last);

/// Between two centres, by reference (LEDGER section 2).
struct Transit {
    CentreId sender;
    MovementId sent;
    Day sent_on;
    Grams sent_mass;
    std::optional<CentreId> receiver;
    Grams received_mass;
    bool matched() const { return receiver.has_value(); }
    Grams lost() const { return matched() ? sent_mass - received_mass : Grams{}; }
};
/// What one centre sent in the period, reversed and refused loads left out.
std::vector<Transit> transits(Snapshot& view, CentreId sender, Day first, Day last);

struct Odd {
    Movement movement;
    bool settled = false; ///< reversed, or another movement settles it
};
/// What contradicts, newest first.
std::vector<Odd> oddities(Snapshot& view, CentreId centre);
/// The newest of these that nobody settled, at most so many; reads no further.
std::vector<Odd> open_oddities(Snapshot& view, CentreId centre, std::size_t most);
/// What counted on another day than its own because a month was closed, newest first.
std::vector<Movement> late(Snapshot& view, CentreId centre, std::int64_t most);
/// The same of some days: the day on which each counts and its sequence, newest first.
std::vector<std::pair<Day, std::int64_t>> late_of_days(Snapshot& view, CentreId centre, Day first,
                                                       Day last);

} // namespace kringwerk::ledger
