// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/encoding.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <numeric>
#include <set>

using namespace kringwerk;
using namespace kringwerk::ledger;

namespace {

/// Bytes that count on from `first`.
template <class Bytes> Bytes counting(std::uint8_t first) {
    Bytes bytes;
    std::iota(bytes.begin(), bytes.end(), first);
    return bytes;
}

Movement full() {
    Movement movement;
    movement.id = {counting<UuidBytes>(0)};
    movement.centre = {3};
    movement.kind = {41};
    movement.happened_at = {1805018400123};
    movement.reason = {7};
    movement.reverses = MovementId{counting<UuidBytes>(16)};
    movement.reference = Reference{{9}, {counting<UuidBytes>(32)}};
    movement.closes = Month{24327};
    movement.note = counting<Digest>(64);
    movement.receipt = counting<Digest>(96);
    movement.role = people::Role::till;
    movement.actor = -5;
    movement.booked_at = {1805018400999};
    movement.effective_on = {20890};
    movement.late = true;
    movement.sequence = 17;
    movement.previous = counting<Digest>(128);
    Transfer sale;
    sale.from = {Place::shop, {3}};
    sale.to = {Place::sold, {3}};
    sale.amounts = {{12500}, {1}, {0}, {0}};
    sale.basis = Basis::standard;
    sale.category = {17};
    sale.batch = {counting<UuidBytes>(48)};
    sale.item = {(std::int64_t{3} << 40) | 7};
    sale.oddity = Oddity::unsafe;
    Transfer paid;
    paid.from = {Place::turnover, {41}};
    paid.to = {Place::cash, {21}};
    paid.amounts.cents = {1250};
    movement.transfers = {sale, paid};
    return movement;
}

} // namespace

// Both hashes were computed by another program, after the words in encoding.hpp. When one of them
// changes, every chain that was ever written is broken: make a new version of the encoding.
TEST_CASE("the encoding is what it was on the first day") {
    CHECK(hex(hash_of(full())) ==
          "5017c71eb8dee371511386049d1025133274e2915244b001176f86baa748deac");
    Movement bare;
    bare.id = {counting<UuidBytes>(0)};
    bare.centre = {1};
    bare.sequence = 1;
    bare.kind = {60};
    bare.effective_on = {-1};
    Transfer hours;
    hours.from = {Place::paid, no_key};
    hours.to = {Place::at_sorting, no_key};
    hours.amounts.minutes = {90};
    bare.transfers = {hours};
    CHECK(hex(hash_of(bare)) == "fbd2bab3da51d5c99e7b87cac26f56b7e4e86bc77f19fb570439dac219ad0580");
}

TEST_CASE("no field can change without the hash") {
    const std::vector<std::function<void(Movement&)>> changes{
        [](Movement& m) { m.id.bytes[3] ^= 1; },
        [](Movement& m) { ++m.centre.value; },
        [](Movement& m) { ++m.kind.number; },
        [](Movement& m) { ++m.happened_at.ms; },
        [](Movement& m) { ++m.reason.number; },
        [](Movement& m) { m.reverses.reset(); },
        [](Movement& m) { m.reference.reset(); },
        [](Movement& m) { ++m.reference->centre.value; },
        [](Movement& m) { m.closes.reset(); },
        [](Movement& m) { m.note.reset(); },
        [](Movement& m) { std::swap(m.note, m.receipt); },
        [](Movement& m) { m.receipt.reset(); },
        [](Movement& m) { m.role = people::Role::lead; },
        [](Movement& m) { ++m.actor; },
        [](Movement& m) { ++m.booked_at.ms; },
        [](Movement& m) { ++m.effective_on.number; },
        [](Movement& m) { m.late = false; },
        [](Movement& m) { ++m.sequence; },
        [](Movement& m) { m.previous[31] ^= 1; },
        [](Movement& m) { m.transfers.pop_back(); },
        [](Movement& m) { std::swap(m.transfers[0], m.transfers[1]); },
        [](Movement& m) { m.transfers[0].from.place = Place::sorting; },
        [](Movement& m) { ++m.transfers[0].from.key.number; },
        [](Movement& m) { m.transfers[0].to.place = Place::given; },
        [](Movement& m) { ++m.transfers[0].to.key.number; },
        [](Movement& m) { ++m.transfers[0].amounts.grams.value; },
        [](Movement& m) { ++m.transfers[0].amounts.pieces.value; },
        [](Movement& m) { ++m.transfers[1].amounts.cents.value; },
        [](Movement& m) { ++m.transfers[1].amounts.minutes.value; },
        [](Movement& m) { m.transfers[0].basis = Basis::measured; },
        [](Movement& m) { ++m.transfers[0].category.value; },
        [](Movement& m) { m.transfers[0].batch.bytes[0] ^= 1; },
        [](Movement& m) { ++m.transfers[0].item.value; },
        [](Movement& m) { m.transfers[0].oddity = Oddity::none; },
    };
    std::set<Digest> hashes{hash_of(full())};
    for (const auto& change : changes) {
        auto movement = full();
        change(movement);
        CHECK(hashes.insert(hash_of(movement)).second);
    }
    CHECK(hashes.size() == changes.size() + 1);
}
