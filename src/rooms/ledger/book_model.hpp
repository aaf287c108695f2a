// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/types.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

/// The books once more, in plain maps and by other words, to predict what the real ones answer.
/// It shares no rule with them. It knows the kinds and places that the random histories use, and
/// takes all moments to lie around noon, where every zone has the same day.
namespace kringwerk::ledger::model {

/// What the books should answer.
struct Answer {
    std::string
        refused; ///< "ledger.id_reused", or "ledger.no_such_way" of the first wrong transfer
    bool repeated = false;
    std::int64_t sequence = 0;
    std::int32_t day = 0;
    bool late = false;
    Oddity oddity = Oddity::none;
    friend bool operator==(const Answer&, const Answer&) = default;
};

struct Way {
    std::string_view kind;
    Place from;
    Place to;
    bool other_stream = false;
};

/// Every way that the kinds of the histories have between their places.
inline const std::vector<Way>& all_ways() {
    using enum Place;
    static const std::vector<Way> ways{{"weigh-in", donated, sorting},
                                       {"weigh-in", donated, workshop},
                                       {"weigh-in", donated, shop},
                                       {"sort", sorting, sorting, true},
                                       {"sort", sorting, workshop, true},
                                       {"sort", sorting, shop, true},
                                       {"sort", sorting, outgoing, true},
                                       {"sort", shop, sorting, true},
                                       {"sort", shop, workshop, true},
                                       {"sort", shop, shop, true},
                                       {"sort", shop, outgoing, true},
                                       {"sort", workshop, sorting, true},
                                       {"sort", workshop, workshop, true},
                                       {"sort", workshop, shop, true},
                                       {"sort", workshop, outgoing, true},
                                       {"place", sorting, shop},
                                       {"place", workshop, shop},
                                       {"place", shop, sorting},
                                       {"place", shop, outgoing},
                                       {"place", shop, workshop},
                                       {"sell", shop, sold},
                                       {"sell", sorting, sold},
                                       {"sell", workshop, sold},
                                       {"sell", turnover, cash},
                                       {"sell", turnover, card},
                                       {"give", shop, given},
                                       {"give", sorting, given},
                                       {"give", workshop, given},
                                       {"return", sold, sorting},
                                       {"return", sold, shop},
                                       {"repair", owner, workshop},
                                       {"repair", workshop, owner},
                                       {"repair", turnover, cash},
                                       {"repair", turnover, card},
                                       {"count", sorting, unexplained},
                                       {"count", workshop, unexplained},
                                       {"count", shop, unexplained},
                                       {"count", outgoing, unexplained},
                                       {"count", unexplained, sorting},
                                       {"count", unexplained, workshop},
                                       {"count", unexplained, shop},
                                       {"count", unexplained, outgoing},
                                       {"settle", unexplained, shop},
                                       {"settle", unexplained, sorting},
                                       {"settle", shop, unexplained},
                                       {"settle", sorting, unexplained},
                                       {"hours", by_volunteer, at_sorting}};
    return ways;
}

inline bool stands_here(Place place) {
    return place == Place::sorting || place == Place::workshop || place == Place::shop ||
           place == Place::outgoing;
}

inline std::int32_t day_at(Instant moment) {
    return static_cast<std::int32_t>(moment.ms / 86'400'000);
}
inline std::int32_t month_of_day(std::int32_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    return int{date.year()} * 12 + static_cast<int>(unsigned{date.month()}) - 1;
}
inline std::int32_t first_of(std::int32_t month) {
    const std::chrono::year_month_day date{std::chrono::year{month / 12},
                                           std::chrono::month{unsigned(month % 12) + 1},
                                           std::chrono::day{1}};
    return static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count());
}

struct Known {
    Account at;
    std::int64_t category = 0;
    bool needs_clearance = false;
};
struct Total {
    Amounts amounts;
    std::int64_t transfers = 0;
    friend bool operator==(const Total&, const Total&) = default;
};
/// Day or month, from, to, category, basis.
using FlowKey = std::tuple<std::int32_t, Account, Account, std::int64_t, Basis>;

/// The books of one centre.
class BookModel {
  public:
    Answer post(const Draft& draft, std::string_view kind, Instant now) {
        if (const auto code = wrong_form(draft, kind); !code.empty()) return {.refused = code};
        if (const auto* const before = find(draft.id)) {
            if (!same(before->asked, draft)) return {.refused = "ledger.id_reused"};
            auto answer = before->answer;
            answer.repeated = true;
            return answer;
        }
        if (draft.reverses) return reverse(draft, now);
        if (draft.closes) return close(draft, now);
        return book(draft, draft.transfers, day_at(draft.happened_at), now);
    }

    std::int64_t sequence() const { return static_cast<std::int64_t>(booked_.size()); }
    std::map<std::int64_t, Known>& items() { return items_; }
    const std::map<std::int64_t, Known>& items() const { return items_; }
    const std::map<Account, Amounts>& balances() const { return balances_; }
    const std::map<FlowKey, Total>& days() const { return days_; }
    std::map<FlowKey, Total> months() const {
        std::map<FlowKey, Total> sums;
        for (const auto& [day, total] : days_) {
            auto month = day;
            std::get<0>(month) = month_of_day(std::get<0>(day));
            add(sums[month].amounts, total.amounts, 1);
            sums[month].transfers += total.transfers;
        }
        return sums;
    }
    /// What is odd, newest first, and whether somebody settled it.
    std::vector<std::pair<MovementId, bool>> oddities() const {
        std::vector<std::pair<MovementId, bool>> odd;
        for (auto entry = booked_.rbegin(); entry != booked_.rend(); ++entry) {
            if (entry->answer.oddity == Oddity::none) continue;
            odd.emplace_back(entry->asked.id, entry->reversed || settled(entry->asked.id));
        }
        return odd;
    }
    std::vector<MovementId> late() const {
        std::vector<MovementId> found;
        for (auto entry = booked_.rbegin(); entry != booked_.rend(); ++entry) {
            if (entry->answer.late) found.push_back(entry->asked.id);
        }
        return found;
    }
    Grams stock() const {
        Grams sum;
        for (const auto& [account, amounts] : balances_) {
            if (stands_here(account.place)) sum += amounts.grams;
        }
        return sum;
    }

  private:
    struct Booked {
        Draft asked;
        std::vector<Transfer> transfers; ///< as they were booked
        Answer answer;
        bool reversed = false;
        bool settles = false;
    };

    static void add(Amounts& sum, const Amounts& more, int sign) {
        sum.grams.value += sign * more.grams.value;
        sum.pieces.value += sign * more.pieces.value;
        sum.cents.value += sign * more.cents.value;
        sum.minutes.value += sign * more.minutes.value;
    }

    static bool same(const Draft& one, const Draft& other) {
        return std::tie(one.kind, one.happened_at, one.reason, one.reverses, one.closes,
                        one.transfers) == std::tie(other.kind, other.happened_at, other.reason,
                                                   other.reverses, other.closes, other.transfers) &&
               one.reference == other.reference;
    }

    Booked* find(const MovementId& id) {
        for (auto& entry : booked_) {
            if (entry.asked.id == id) return &entry;
        }
        return nullptr;
    }

    bool settled(const MovementId& id) const {
        return std::any_of(booked_.begin(), booked_.end(), [&](const Booked& entry) {
            return entry.settles && !entry.reversed && entry.asked.reference->movement == id;
        });
    }

    static std::string wrong_form(const Draft& draft, std::string_view kind) {
        if (draft.reverses) {
            if (!draft.transfers.empty()) return "ledger.reversal_has_transfers";
            return draft.reason.number == 0 ? "ledger.reason_needed" : "";
        }
        if (draft.closes) return "";
        if (draft.transfers.empty()) return "ledger.no_transfers";
        for (const auto& transfer : draft.transfers) {
            const auto code = wrong_transfer(transfer, kind);
            if (!code.empty()) return code;
        }
        return "";
    }

    static std::string wrong_transfer(const Transfer& transfer, std::string_view kind) {
        const auto& amounts = transfer.amounts;
        if (amounts == Amounts{}) return "ledger.not_positive";
        if ((amounts.grams.value > 0) == (transfer.basis == Basis::none)) {
            return "ledger.basis_needed";
        }
        if (transfer.item.value != 0 && amounts.pieces.value != 1) {
            return "ledger.item_is_one_piece";
        }
        const bool is_goods = amounts.cents.value == 0 && amounts.minutes.value == 0;
        for (const auto& way : all_ways()) {
            if (way.kind != kind || way.from != transfer.from.place ||
                way.to != transfer.to.place) {
                continue;
            }
            if (transfer.from == transfer.to) break;
            if (!is_goods || way.other_stream || transfer.from.key == transfer.to.key) return "";
        }
        return "ledger.no_such_way";
    }

    Answer reverse(const Draft& draft, Instant now) {
        auto* const original = find(*draft.reverses);
        if (original == nullptr) return {.refused = "ledger.nothing_to_reverse"};
        if (original->asked.reverses || original->asked.closes) {
            return {.refused = "ledger.reverses_reversal"};
        }
        if (original->reversed) return {.refused = "ledger.already_reversed"};
        std::vector<Transfer> back;
        for (auto line = original->transfers.rbegin(); line != original->transfers.rend(); ++line) {
            auto undone = *line;
            undone.from = line->to;
            undone.to = line->from;
            if (line->oddity == Oddity::contradiction) undone.item = ItemId{};
            undone.oddity = Oddity::none;
            back.push_back(undone);
        }
        const auto own_day = original->answer.day;
        original->reversed = true;
        return book(draft, back, own_day, now);
    }

    Answer close(const Draft& draft, Instant now) {
        const auto month = draft.closes->number;
        if (month >= month_of_day(day_at(now))) return {.refused = "ledger.month_not_over"};
        if (month <= closed_) return {.refused = "ledger.month_closed_already"};
        const auto answer = book(draft, {}, day_at(now), now);
        closed_ = month;
        return answer;
    }

    Answer book(const Draft& draft, std::vector<Transfer> transfers, std::int32_t own_day,
                Instant now) {
        Answer answer;
        answer.sequence = sequence() + 1;
        answer.day = own_day > day_at(now) ? day_at(now) : own_day;
        if (month_of_day(answer.day) <= closed_) {
            answer.late = true;
            answer.day = first_of(closed_ + 1);
        }
        for (auto& transfer : transfers) {
            if (transfer.item.value != 0) transfer.oddity = walk(transfer);
            if (transfer.oddity > answer.oddity) answer.oddity = transfer.oddity;
            add(balances_[transfer.from], transfer.amounts, -1);
            add(balances_[transfer.to], transfer.amounts, 1);
            auto& flow = days_[{answer.day, transfer.from, transfer.to, transfer.category.value,
                                transfer.basis}];
            add(flow.amounts, transfer.amounts, 1);
            ++flow.transfers;
        }
        booked_.push_back(
            {draft, std::move(transfers), answer, false, draft.reference.has_value()});
        return answer;
    }

    /// Moves the item, or says why not.
    Oddity walk(const Transfer& transfer) {
        const bool from_stock = stands_here(transfer.from.place);
        const auto found = items_.find(transfer.item.value);
        if (found == items_.end()) {
            if (from_stock) return Oddity::contradiction;
            items_[transfer.item.value] = {transfer.to, transfer.category.value, false};
            return Oddity::none;
        }
        auto& item = found->second;
        const bool is_there = item.at.place == transfer.from.place;
        const bool comes_back =
            !stands_here(item.at.place) && !from_stock && stands_here(transfer.to.place);
        if (!is_there && !comes_back) return Oddity::contradiction;
        item.at = transfer.to;
        const bool goes = transfer.to.place == Place::sold || transfer.to.place == Place::given;
        return goes && item.needs_clearance ? Oddity::unsafe : Oddity::none;
    }

    std::vector<Booked> booked_;
    std::map<std::int64_t, Known> items_;
    std::map<Account, Amounts> balances_;
    std::map<FlowKey, Total> days_;
    std::int32_t closed_ = 0;
};

} // namespace kringwerk::ledger::model
