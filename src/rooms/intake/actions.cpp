// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/actions.hpp"

#include <algorithm>

namespace kringwerk::intake {
namespace {

using ledger::Draft;
using ledger::Movement;

/// More bookings than this between a count and its repetition: nobody presses a button that late.
constexpr std::int64_t most_since = 1000;

Grams balance_of(Snapshot& view, CentreId centre, ledger::Account account) {
    for (const auto& balance : ledger::balances(view, centre)) {
        if (balance.account == account) return balance.amounts.grams;
    }
    return {};
}

/// What one account gained by the movements after `sequence`.
Grams gained_since(Snapshot& view, CentreId centre, std::int64_t sequence,
                   ledger::Account account) {
    Grams gained;
    for (const auto& movement : ledger::movements_after(view, centre, sequence, most_since)) {
        for (const auto& transfer : movement.transfers) {
            if (transfer.to == account) gained += transfer.amounts.grams;
            if (transfer.from == account) gained -= transfer.amounts.grams;
        }
    }
    return gained;
}

/// A count is a sum about the books of its moment: sent again, it is compared with those.
Result<Draft> repeated_count(Snapshot& view, const Count& count, const Movement& first,
                             const Sending& sending) {
    const auto since = gained_since(view, sending.centre, first.sequence - 1, count.account);
    const auto before = balance_of(view, sending.centre, count.account) - since;
    auto draft = draft_of(count, before, sending);
    if (!draft) return refuse("ledger.id_reused", {{"id", sending.id.text()}});
    return std::move(*draft);
}

std::optional<Movement> named_booking(Snapshot& view, CentreId centre, const Answers& answers) {
    const auto number = booking_of(answers);
    return number ? ledger::movement(view, centre, *number) : std::nullopt;
}

/// A contradiction that is still open, or that this very form settled the first time.
std::optional<Movement> named_contradiction(Snapshot& view, CentreId centre, const Answers& answers,
                                            bool sent_before) {
    const auto named = named_booking(view, centre, answers);
    if (!named) return std::nullopt;
    for (auto& odd : ledger::oddities(view, centre)) {
        if (odd.movement.id == named->id && (!odd.settled || sent_before)) return odd.movement;
    }
    return std::nullopt;
}

std::optional<Movement> named_load(Snapshot& view, const Answers& answers) {
    const auto id = ledger::MovementId::parse(answer(answers, "load"));
    return id ? ledger::find_movement(view, *id) : std::nullopt;
}

Result<Draft> draft_of_form(Snapshot& view, FormName form, const Answers& answers,
                            const Sending& sending, const Categories& categories,
                            bool sent_before) {
    const auto centre = sending.centre;
    switch (form) {
    case FormName::weigh_in:
        return weigh_in(answers, sending, categories);
    case FormName::sell:
        return sell(answers, sending, categories);
    case FormName::give:
        return give(answers, sending, categories);
    case FormName::sort:
        return sort(answers, sending, categories);
    case FormName::dispatch:
        return dispatch(answers, sending, categories);
    case FormName::send:
        return send(answers, sending, categories);
    case FormName::receive:
        return receive(answers, sending, categories, named_load(view, answers));
    case FormName::reverse:
        return reverse(answers, sending, named_booking(view, centre, answers));
    case FormName::settle:
        return settle(answers, sending, named_contradiction(view, centre, answers, sent_before));
    case FormName::close_month:
        return close_month(answers, sending);
    case FormName::count:
        break;
    }
    throw Bug("a count is booked by its difference with the books");
}

} // namespace

Result<Booked> book(Transaction& tx, FormName form, const Answers& answers, Sending sending,
                    const people::Caller& caller, const Categories& categories,
                    const ledger::OnReversal* on_reversal) {
    const auto now = sending.happened_at;
    if (!caller.works_for(sending.centre)) return refuse("ledger.other_centre");
    const auto first = ledger::movement(tx, sending.centre, sending.id);
    if (first) sending.happened_at = first->happened_at;

    Result<Draft> draft;
    if (form == FormName::count) {
        const auto count = parse_count(answers);
        if (!count) return refuse(count.error());
        if (first) {
            draft = repeated_count(tx, *count, *first, sending);
        } else {
            auto difference =
                draft_of(*count, balance_of(tx, sending.centre, count->account), sending);
            if (!difference) return Booked{0, false, true};
            draft = std::move(*difference);
        }
    } else {
        draft = draft_of_form(tx, form, answers, sending, categories, first.has_value());
    }
    if (!draft) return refuse(draft.error());
    const auto posted = ledger::post(tx, *draft, caller, now, on_reversal);
    if (!posted) return refuse(posted.error());
    return Booked{posted->sequence, posted->repeated, false};
}

} // namespace kringwerk::intake
