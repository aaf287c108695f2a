// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/journal.hpp"

#include "rooms/ledger/ways.hpp"

#include <algorithm>
#include <iterator>

namespace kringwerk::demo {

using ledger::Account;
using ledger::Basis;
using ledger::Book;
using ledger::Place;
using ledger::Transfer;

Transfer goods(Place from, Place to, ledger::Key stream, Grams mass, Basis basis,
               std::int64_t pieces) {
    auto transfer = goods({from, stream}, {to, stream}, mass, basis);
    transfer.amounts.pieces = {pieces};
    return transfer;
}

Transfer goods(Account from, Account to, Grams mass, Basis basis) {
    Transfer transfer;
    transfer.from = from;
    transfer.to = to;
    transfer.amounts.grams = mass;
    transfer.basis = mass > Grams{} ? basis : Basis::none;
    return transfer;
}

Transfer thing(Place from, Place to, ledger::Key stream, Grams mass, Basis basis,
               ledger::CategoryId category, ledger::ItemId item) {
    auto transfer = goods(from, to, stream, mass, basis, 1);
    transfer.category = category;
    transfer.item = item;
    return transfer;
}

Transfer money(Account from, Account to, Cents amount) {
    Transfer transfer;
    transfer.from = from;
    transfer.to = to;
    transfer.amounts.cents = amount;
    return transfer;
}

Transfer hours(Place who, Place what, std::int64_t minutes) {
    Transfer transfer;
    transfer.from = {who, ledger::no_key};
    transfer.to = {what, ledger::no_key};
    transfer.amounts.minutes = {minutes};
    return transfer;
}

Account means(Place place) {
    const auto key = ledger::parse_key(Book::money, ledger::row_of(place).code);
    ensure(key.has_value(), "a means of payment has a key of its own name");
    return {place, *key};
}

Planned& Journal::plan(std::string_view kind, Instant happened_at) {
    auto& planned = waiting_.emplace_back();
    planned.draft.id = {make_uuid7(happened_at, dice_.ten_bytes())};
    planned.draft.centre = centre_;
    planned.draft.kind = ledger::Ways::built_in().kind(kind);
    planned.draft.happened_at = happened_at;
    planned.booked_at = {happened_at.ms + dice_.between(400, 9000)};
    return planned;
}

Planned& Journal::book(std::string_view kind, Instant happened_at, Transfers transfers) {
    for (const auto& transfer : transfers) follow(transfer);
    return book_wrongly(kind, happened_at, std::move(transfers));
}

Planned& Journal::book_wrongly(std::string_view kind, Instant happened_at, Transfers transfers) {
    auto& planned = plan(kind, happened_at);
    planned.draft.transfers = std::move(transfers);
    return planned;
}

void Journal::undo(const Planned& wrong, std::string_view reason, Instant at) {
    const auto original = wrong.draft.id;
    const Instant after{std::max(at.ms, wrong.booked_at.ms + 60'000)};
    auto& planned = plan("reverse", after);
    planned.draft.reverses = original;
    planned.draft.reason = ledger::parse_reason(reason).value();
}

void Journal::close(Month month, Instant at) { plan("close-month", at).draft.closes = month; }

Grams Journal::stock(Place place, ledger::Key stream) const {
    return {grams_[static_cast<std::size_t>(place)][stream.number]};
}

Cents Journal::balance(Place place) const { return {cents_[static_cast<std::size_t>(place)]}; }

void Journal::follow(const Transfer& transfer) {
    const auto from = static_cast<std::size_t>(transfer.from.place);
    const auto to = static_cast<std::size_t>(transfer.to.place);
    cents_[from] -= transfer.amounts.cents.value;
    cents_[to] += transfer.amounts.cents.value;
    if (ledger::book_of(transfer.from.place) != Book::goods) return;
    grams_[from].at(transfer.from.key.number) -= transfer.amounts.grams.value;
    grams_[to].at(transfer.to.key.number) += transfer.amounts.grams.value;
}

void Journal::release(Instant end, std::vector<Planned>& into) {
    const auto booked =
        std::stable_partition(waiting_.begin(), waiting_.end(),
                              [end](const Planned& planned) { return planned.booked_at < end; });
    std::stable_sort(waiting_.begin(), booked, [](const Planned& left, const Planned& right) {
        return left.booked_at < right.booked_at;
    });
    into.insert(into.end(), std::make_move_iterator(waiting_.begin()),
                std::make_move_iterator(booked));
    waiting_.erase(waiting_.begin(), booked);
}

} // namespace kringwerk::demo
