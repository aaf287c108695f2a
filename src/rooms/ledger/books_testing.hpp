// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store_testing.hpp"
#include "rooms/ledger/encoding.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/ledger/verify.hpp"
#include "rooms/people/people.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <array>
#include <filesystem>

/// What the tests of the books share: real books in a folder of their own, and somebody who may
/// book everything.
namespace kringwerk::ledger::testing {

namespace fs = std::filesystem;

/// A folder that goes with the test.
struct Scratch {
    fs::path directory = [] {
        static int number = 0;
        auto made =
            fs::temp_directory_path() / fmt::format("kringwerk-ledger-{}-{}", ::getpid(), number++);
        fs::create_directories(made);
        return made;
    }();
    kringwerk::testing::ScratchBooks books{directory};

    Scratch() = default;
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(directory, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    fs::path file() const { return directory / "kringwerk.sqlite"; }
};

inline people::Caller everybody() {
    auto caller = people::internal_caller(people::Role::manager, "", people::Kinds{}.set());
    caller.secret = {};
    return caller;
}

inline Instant at(std::string_view text) {
    const auto moment = parse_instant(text);
    ensure(moment.has_value(), "a test writes its moments right");
    return *moment;
}

inline Kind kind(std::string_view code) { return Ways::built_in().kind(code); }
inline Key stream(std::string_view code) { return *parse_key(Book::goods, code); }
inline MovementId id_of(std::uint64_t number) {
    MovementId id;
    id.bytes[6] = 0x70;
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[8 + i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    }
    return id;
}

inline Transfer goods(Place from, Place to, std::int64_t grams, std::int64_t pieces = 0,
                      std::string_view key = "furniture") {
    Transfer transfer;
    transfer.from = {from, stream(key)};
    transfer.to = {to, stream(key)};
    transfer.amounts.grams = {grams};
    transfer.amounts.pieces = {pieces};
    transfer.basis = grams > 0 ? Basis::measured : Basis::none;
    return transfer;
}

inline Transfer known_thing(Place from, Place to, ItemId item, std::int64_t grams = 2000,
                            std::string_view key = "electrical") {
    auto transfer = goods(from, to, grams, 1, key);
    transfer.item = item;
    transfer.category = {4};
    return transfer;
}

inline Transfer money(Place from, std::string_view from_key, Place to, std::string_view to_key,
                      std::int64_t cents) {
    Transfer transfer;
    transfer.from = {from, *parse_key(Book::money, from_key)};
    transfer.to = {to, *parse_key(Book::money, to_key)};
    transfer.amounts.cents = {cents};
    return transfer;
}

/// Books in a file, and the hand that writes in them.
class Books {
  public:
    explicit Books(bool throw_away = true) {
        StoreOptions options;
        options.throw_away = throw_away;
        store_ = scratch_.books.open(options);
    }

    Store& store() { return *store_; }
    const Scratch& scratch() const { return scratch_; }

    Draft draft(std::string_view kind_code, std::string_view happened_at,
                std::vector<Transfer> transfers) {
        Draft draft;
        draft.id = id_of(++ids_);
        draft.centre = centre;
        draft.kind = kind(kind_code);
        draft.happened_at = at(happened_at);
        draft.transfers = std::move(transfers);
        return draft;
    }
    Draft reversal(const MovementId& original, std::string_view happened_at) {
        auto made = draft("reverse", happened_at, {});
        made.reverses = original;
        made.reason = *parse_reason("wrong-weight");
        return made;
    }
    Draft closing(std::string_view month, std::string_view happened_at) {
        auto made = draft("close-month", happened_at, {});
        made.closes = parse_month(month);
        return made;
    }

    /// Booked at the moment at which it happened, or later.
    Result<Posted> post(const Draft& draft, std::optional<Instant> booked_at = std::nullopt) {
        return post_as(everybody(), draft, booked_at);
    }
    Result<Posted> post_as(const people::Caller& caller, const Draft& draft,
                           std::optional<Instant> booked_at = std::nullopt) {
        const auto moment = booked_at.value_or(draft.happened_at);
        return store_
            ->write([&](Transaction& tx) { return ledger::post(tx, draft, caller, moment); })
            .get();
    }
    Posted book(const Draft& draft, std::optional<Instant> booked_at = std::nullopt) {
        auto posted = post(draft, booked_at);
        ensure(posted.has_value(), posted ? "" : posted.error().code);
        return *posted;
    }
    Verified verify() {
        return store_->read([](Snapshot& view) { return ledger::verify(view); });
    }
    template <class Function> auto read(Function function) { return store_->read(function); }

    Amounts balance(Place place, Key key) {
        for (const auto& row : read([&](Snapshot& view) { return balances(view, centre); })) {
            if (row.account == Account{place, key}) return row.amounts;
        }
        return {};
    }

    /// Changes what nobody may change, as somebody with the file in their hands could.
    std::int64_t tamper(const std::string& sql) {
        static constexpr std::array<const char*, 4> triggers{
            "ledger_movement_stays", "ledger_movement_is_kept", "ledger_transfer_stays",
            "ledger_transfer_is_kept"};
        return scratch_.books.tamper(sql, triggers);
    }
    /// Tampers, and writes every hash anew so that the chain looks whole.
    void forge(const std::string& sql) {
        ensure(tamper(sql) > 0, "a forger changes something");
        auto chain = read([&](Snapshot& view) { return movements_after(view, centre, 0, 1'000); });
        Digest previous{};
        for (auto& movement : chain) {
            movement.previous = previous;
            previous = hash_of(movement);
            tamper(fmt::format("UPDATE ledger_movement SET hash = x'{}' WHERE centre = {} AND "
                               "sequence = {}",
                               hex(previous), centre.value, movement.sequence));
        }
        tamper(fmt::format("UPDATE ledger_head SET hash = x'{}', sequence = {} WHERE centre = {}",
                           hex(previous), chain.back().sequence, centre.value));
    }

    CentreId centre{3};

  private:
    Scratch scratch_;
    std::unique_ptr<Store> store_;
    std::uint64_t ids_ = 0;
};

} // namespace kringwerk::ledger::testing
