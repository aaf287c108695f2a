// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kringwerk::ledger {
namespace {

bool key_fits(Account account) {
    if (book_of(account.place) == Book::time) return account.key == no_key;
    for (const auto& row : all_keys()) {
        if (row.key != account.key || row.book != book_of(account.place)) continue;
        const bool for_vat = account.place == Place::turnover || account.place == Place::vat;
        return row.book == Book::goods || row.vat == for_vat;
    }
    return false;
}

/// The amounts that do not belong to the book are zero.
bool only_of(Book book, const Amounts& amounts) {
    const bool goods = book == Book::goods;
    const bool no_goods = amounts.grams == Grams{} && amounts.pieces == Pieces{};
    return (goods || no_goods) && (book == Book::money || amounts.cents == Cents{}) &&
           (book == Book::time || amounts.minutes == Minutes{});
}

bool positive(Book book, const Amounts& amounts) {
    switch (book) {
    case Book::goods:
        // A known thing of unknown weight is one piece of 0 g until somebody weighs it.
        return amounts.grams >= Grams{} && amounts.pieces >= Pieces{} &&
               (amounts.grams > Grams{} || amounts.pieces > Pieces{});
    case Book::money:
        return amounts.cents > Cents{};
    case Book::time:
        return amounts.minutes > Minutes{};
    }
    return false;
}

bool within(const Amounts& amounts) {
    return amounts.grams <= largest.grams && amounts.pieces <= largest.pieces &&
           amounts.cents <= largest.cents && amounts.minutes <= largest.minutes;
}

/// The first thing that is wrong with a transfer, as a refusal code, or nothing.
std::string_view wrong_with(const Transfer& transfer, Kind kind, const Ways& ways) {
    const auto book = book_of(transfer.from.place);
    if (book != book_of(transfer.to.place)) return "ledger.two_books";
    if (!key_fits(transfer.from) || !key_fits(transfer.to)) return "ledger.no_such_key";
    if (!only_of(book, transfer.amounts)) return "ledger.foreign_amount";
    if (!positive(book, transfer.amounts)) return "ledger.not_positive";
    if (!within(transfer.amounts)) return "ledger.too_much";
    const bool weighs = transfer.amounts.grams > Grams{};
    if (weighs != (transfer.basis != Basis::none)) return "ledger.basis_needed";
    const bool marked = transfer.item || !transfer.batch.empty() || transfer.category.value != 0;
    if (marked && book != Book::goods) return "ledger.marks_are_for_goods";
    if (transfer.category.value < 0 || transfer.item.value < 0) return "ledger.no_such_mark";
    if (transfer.item && transfer.amounts.pieces != Pieces{1}) return "ledger.item_is_one_piece";
    if (!ways.allows(kind, transfer.from, transfer.to)) return "ledger.no_such_way";
    return {};
}

Result<void> check_transfers(const Draft& draft, const Ways& ways) {
    if (draft.transfers.empty()) return refuse("ledger.no_transfers");
    if (draft.transfers.size() > most_transfers) return refuse("ledger.too_many_transfers");
    Refusal refusal{"ledger.wrong_transfers", {}, {}};
    for (std::size_t i = 0; i < draft.transfers.size(); ++i) {
        const auto& transfer = draft.transfers[i];
        const auto code = wrong_with(transfer, draft.kind, ways);
        if (code.empty()) continue;
        TextArguments arguments{{"from", std::string(row_of(transfer.from.place).code)},
                                {"to", std::string(row_of(transfer.to.place).code)},
                                {"kind", std::string(ways.find(draft.kind)->code)}};
        refusal.fields.push_back(
            {fmt::format("transfers[{}]", i), std::string(code), std::move(arguments)});
    }
    if (!refusal.fields.empty()) return refuse(std::move(refusal));
    return {};
}

} // namespace

Result<void> check(const Draft& draft, const people::Caller& caller, const Ways& ways) {
    if (!caller.works_for(draft.centre)) return refuse("ledger.other_centre");
    const auto* const kind = ways.find(draft.kind);
    if (kind == nullptr || !caller.may_post(draft.kind.number, draft.centre)) {
        return refuse("ledger.kind_not_granted",
                      {{"kind", kind == nullptr ? "?" : std::string(kind->code)}});
    }
    if (draft.id.empty()) return refuse("ledger.no_id");
    if (draft.closes.has_value() != (kind->code == "close-month")) return refuse("ledger.closes");
    if (draft.reverses.has_value() != (kind->code == "reverse")) return refuse("ledger.reverses");
    if (draft.closes || draft.reverses) {
        if (!draft.transfers.empty()) return refuse("ledger.reversal_has_transfers");
        if (draft.reverses && draft.reason == Reason{}) return refuse("ledger.reason_needed");
        return {};
    }
    return check_transfers(draft, ways);
}

std::vector<Transfer> mirror_of(const std::vector<Transfer>& original) {
    auto mirror = original;
    for (auto& transfer : mirror) {
        std::swap(transfer.from, transfer.to);
        // A contradiction was booked as bulk, so it is undone as bulk: the item stays where it is.
        if (transfer.oddity == Oddity::contradiction) transfer.item = {};
        transfer.oddity = Oddity::none;
    }
    // What happened last is undone first, so that an item walks its way back.
    std::reverse(mirror.begin(), mirror.end());
    return mirror;
}

EffectiveDay effective_day(Day own, Day booked, std::optional<Month> closed) {
    const auto day = std::min(own, booked);
    if (!closed || month_of(day) > *closed) return {day, false};
    return {first_day(month_after(*closed)), true};
}

ItemStep step_of(const Transfer& transfer, const std::optional<Item>& item) {
    if (!item) {
        // Known things come in from outside; from stock a thing that was never seen is odd.
        const bool comes_in = !is_stock(transfer.from.place);
        return {comes_in ? Oddity::none : Oddity::contradiction, comes_in};
    }
    if (item->at.place != transfer.from.place) {
        // What was sold, sent or taken home may come in again by another door.
        const bool was_out = !is_stock(item->at.place);
        const bool comes_in = !is_stock(transfer.from.place) && is_stock(transfer.to.place);
        if (!was_out || !comes_in) return {Oddity::contradiction, false};
    }
    const bool leaves = transfer.to.place == Place::sold || transfer.to.place == Place::given;
    const bool unsafe = leaves && item->clearance == Item::Clearance::needed;
    return {unsafe ? Oddity::unsafe : Oddity::none, true};
}

bool same_request(const Draft& draft, const Movement& booked) {
    if (draft.kind != booked.kind || draft.happened_at != booked.happened_at ||
        draft.reason != booked.reason || draft.reverses != booked.reverses ||
        draft.reference != booked.reference || draft.closes != booked.closes ||
        draft.note != booked.note || draft.receipt != booked.receipt) {
        return false;
    }
    if (draft.reverses) return true; // its transfers follow from what it reverses
    auto transfers = booked.transfers;
    for (auto& transfer : transfers) transfer.oddity = Oddity::none;
    return draft.transfers == transfers;
}

} // namespace kringwerk::ledger
