// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/encoding.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/ledger/queries.hpp"
#include "rooms/ledger/rules.hpp"
#include "rooms/ledger/store.hpp"

#include <algorithm>

namespace kringwerk::ledger {
namespace {

/// True when only the id can stand in the way of a draft that its rules allow.
bool is_plain(const Draft& draft) {
    return !draft.reverses && !draft.closes &&
           std::none_of(draft.transfers.begin(), draft.transfers.end(),
                        [](const Transfer& transfer) { return bool(transfer.item); });
}

} // namespace

Posting::Posting(Transaction& tx, const people::Caller& caller, Instant now,
                 const OnReversal* on_reversal)
    : tx_(tx), caller_(caller), now_(now), on_reversal_(on_reversal) {}

Posting::Head& Posting::head_of(CentreId centre) {
    const auto known = heads_.find(centre);
    if (known != heads_.end()) return known->second;
    const auto read = [](Row row) {
        Head head{row.integer(0), row.digest(1), std::nullopt, row.integer(3)};
        if (row.integer(2) != 0) head.closed = row.month(2);
        return head;
    };
    auto head = tx_.first(sql::head_of_centre, read, centre);
    if (!head) {
        tx_.run(sql::make_head, centre, Digest{});
        head = Head{};
    }
    return heads_.emplace(centre, *head).first->second;
}

std::optional<Result<Posted>> Posting::repeated(const Draft& draft) {
    const auto found = tx_.first(sql::movement_by_id, read_movement, draft.centre, draft.id);
    if (!found) return std::nullopt;
    const auto booked = with_transfers(tx_, *found);
    if (!same_request(draft, booked)) {
        return refuse("ledger.id_reused", {{"id", draft.id.text()}});
    }
    Posted posted{booked.id, booked.sequence, booked.hash, booked.effective_on, booked.late,
                  true,      Oddity::none};
    for (const auto& transfer : booked.transfers) {
        posted.oddity = std::max(posted.oddity, transfer.oddity);
    }
    return posted;
}

Result<void> Posting::complete_reversal(Movement& movement) {
    const auto found =
        tx_.first(sql::movement_by_id, read_movement, movement.centre, *movement.reverses);
    if (!found) return refuse("ledger.nothing_to_reverse", {{"id", movement.reverses->text()}});
    if (found->reverses || found->closes) return refuse("ledger.reverses_reversal");
    if (tx_.number(sql::sequence_of_reversal, movement.centre, *movement.reverses)) {
        return refuse("ledger.already_reversed");
    }
    reversed_ = with_transfers(tx_, *found);
    movement.transfers = mirror_of(reversed_->transfers);
    return {};
}

Result<void> Posting::complete_closing(Movement& movement) {
    if (!caller_.may(people::Right::close_month, movement.centre))
        return refuse("ledger.kind_not_granted", {{"kind", "close-month"}});
    if (month_of(local_day(now_)) <= *movement.closes) {
        return refuse("ledger.month_not_over", {{"month", format_month(*movement.closes)}});
    }
    auto& head = head_of(movement.centre);
    if (head.closed && *movement.closes <= *head.closed) {
        return refuse("ledger.month_closed_already", {{"month", format_month(*movement.closes)}});
    }
    return {};
}

Result<Movement> Posting::complete(const Draft& draft) {
    Movement movement;
    static_cast<Draft&>(movement) = draft;
    reversed_.reset();
    movement.role = caller_.role_at(draft.centre);
    movement.actor = caller_.actor_at(draft.centre);
    movement.booked_at = now_;
    const auto booked_on = local_day(now_);
    auto own_day = local_day(draft.happened_at);
    if (draft.reverses) {
        const auto completed = complete_reversal(movement);
        if (!completed) return refuse(completed.error());
        own_day = reversed_->effective_on;
    }
    if (draft.closes) {
        const auto completed = complete_closing(movement);
        if (!completed) return refuse(completed.error());
        own_day = booked_on;
    }
    const auto effective = effective_day(own_day, booked_on, head_of(draft.centre).closed);
    movement.effective_on = effective.day;
    movement.late = effective.late;
    return movement;
}

void Posting::follow_items(Movement& movement) {
    for (auto& transfer : movement.transfers) {
        if (!transfer.item) continue;
        const auto item =
            tx_.first(sql::item_of_centre, read_item, movement.centre, transfer.item.value);
        const auto step = step_of(transfer, item);
        transfer.oddity = step.oddity;
        if (!step.moves) continue;
        const auto place = static_cast<int>(transfer.to.place);
        if (item) {
            tx_.run(sql::move_item, movement.centre, transfer.item.value, place,
                    transfer.to.key.number);
        } else {
            tx_.run(sql::insert_item, movement.centre, transfer.item.value, transfer.category,
                    place, transfer.to.key.number);
            take_number(movement.centre, transfer.item);
        }
    }
}

/// A number of the centre's own series that somebody brings along counts as given out, so that no
/// other thing gets it.
void Posting::take_number(CentreId centre, ItemId item) {
    if (issuer_of(item) != centre) return;
    auto& issued = head_of(centre).items_issued;
    issued = std::max(issued, number_of(item));
}

Result<Posted> Posting::post(const Draft& draft) {
    const auto allowed = check(draft, caller_, Ways::built_in());
    if (!allowed) return refuse(allowed.error());
    // What can be refused or moves a thing is looked up first. Anything else is written at once,
    // and only where the id stands already one looks what it was: seldom, and twice as quick
    // without.
    const bool plain = is_plain(draft);
    if (!plain) {
        if (const auto known = repeated(draft)) return *known;
    }
    auto completed = complete(draft);
    if (!completed) return refuse(completed.error());
    auto& movement = *completed; // from here on only a known id is in the way

    follow_items(movement);
    auto& head = head_of(movement.centre);
    movement.sequence = head.sequence + 1;
    movement.previous = head.hash;
    thread_local Sha256 hash;
    thread_local std::string scratch;
    movement.hash = hash_of(movement, hash, scratch);
    if (!write(movement)) {
        ensure(plain, "an id that was not in the books is booked");
        return *repeated(draft);
    }
    head.sequence = movement.sequence;
    head.hash = movement.hash;
    if (movement.closes) head.closed = movement.closes;
    if (reversed_ && on_reversal_ && *on_reversal_) (*on_reversal_)(tx_, *reversed_, movement);

    Posted posted{movement.id,           movement.sequence, movement.hash,
                  movement.effective_on, movement.late,     false,
                  Oddity::none};
    for (const auto& transfer : movement.transfers) {
        posted.oddity = std::max(posted.oddity, transfer.oddity);
    }
    return posted;
}

namespace {

SumAmounts amounts_of(const Amounts& amounts, std::int64_t sign, std::int64_t transfers) {
    return {sign * amounts.grams.value, sign * amounts.pieces.value, sign * amounts.cents.value,
            sign * amounts.minutes.value, transfers};
}

void add_sums(Transaction& tx, const Movement& movement, const Transfer& transfer) {
    const auto centre = movement.centre.value;
    const auto from = static_cast<std::int64_t>(transfer.from.place);
    const auto to = static_cast<std::int64_t>(transfer.to.place);
    tx.add(balance_sums, {centre, from, transfer.from.key.number},
           amounts_of(transfer.amounts, -1, 0));
    tx.add(balance_sums, {centre, to, transfer.to.key.number}, amounts_of(transfer.amounts, 1, 0));
    SumKey key{centre,
               movement.effective_on.number,
               from,
               transfer.from.key.number,
               to,
               transfer.to.key.number,
               transfer.category.value,
               static_cast<std::int64_t>(transfer.basis)};
    const auto amounts = amounts_of(transfer.amounts, 1, 1);
    tx.add(flow_day_sums, key, amounts);
    key[1] = month_of(movement.effective_on).number;
    tx.add(flow_month_sums, key, amounts);
}

std::int64_t number_of_place(Account account) { return static_cast<std::int64_t>(account.place); }

} // namespace

bool Posting::write(const Movement& movement) {
    std::optional<CentreId> reference_centre;
    std::optional<MovementId> reference_movement;
    if (movement.reference) {
        reference_centre = movement.reference->centre;
        reference_movement = movement.reference->movement;
    }
    const bool is_new = tx_.append_new(
        movement_rows, movement.centre, movement.sequence, movement.id, movement.kind.number,
        static_cast<int>(movement.role), movement.actor, movement.happened_at, movement.booked_at,
        movement.effective_on, movement.late ? 1 : 0, movement.reason.number, movement.reverses,
        reference_centre, reference_movement, movement.closes, movement.note, movement.receipt,
        movement.hash);
    if (!is_new) return false;
    int line = 0;
    for (const auto& transfer : movement.transfers) {
        const auto& amounts = transfer.amounts;
        std::optional<BatchId> batch;
        if (!transfer.batch.empty()) batch = transfer.batch;
        tx_.append(transfer_rows, movement.centre, movement.sequence, ++line,
                   number_of_place(transfer.from), transfer.from.key.number,
                   number_of_place(transfer.to), transfer.to.key.number, amounts.grams,
                   amounts.pieces, amounts.cents, amounts.minutes, static_cast<int>(transfer.basis),
                   transfer.category, batch, transfer.item.value,
                   static_cast<int>(transfer.oddity));
        add_sums(tx_, movement, transfer);
    }
    return true;
}

ItemId Posting::issue_item(CentreId centre) {
    return make_item(centre, ++head_of(centre).items_issued);
}

void Posting::finish() {
    for (const auto& [centre, head] : heads_) {
        const int closed = head.closed ? head.closed->number : 0;
        tx_.run(sql::move_head, centre, head.sequence, head.hash, closed, head.items_issued);
    }
}

Result<Posted> post(Transaction& tx, const Draft& draft, const people::Caller& caller, Instant now,
                    const OnReversal* on_reversal) {
    Posting posting(tx, caller, now, on_reversal);
    auto posted = posting.post(draft);
    posting.finish();
    return posted;
}

void keep_action(Transaction& tx, const Action& action, Instant now) {
    tx.append(action_rows, action.centre, Uuid<Action>{action.id}, action.device,
              action.device_sequence, action.kind, action.clock_at, action.offset_ms, now);
}

void mark_item(Transaction& tx, const Item& item) {
    const auto changed =
        tx.changed(sql::mark_item, item.centre, item.id.value, static_cast<int>(item.clearance),
                   static_cast<int>(item.data), item.grade, item.price);
    ensure(changed == 1, "an item that is marked stands in the books of its centre");
}

} // namespace kringwerk::ledger
