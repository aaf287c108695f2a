// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/book_model.hpp"
#include "rooms/ledger/books_testing.hpp"

#include <random>

/// Random histories of one centre: short, crowded with repeats, reversals, late arrivals, closings
/// and items that are in two places. One seed, one history.
namespace kringwerk::ledger::testing {

/// What happens in one transaction: movements, or a mark on an item.
struct Step {
    Instant now;
    std::vector<Draft> drafts;
    std::optional<std::pair<ItemId, bool>> needs_clearance;
};

inline std::string code_of_kind(Kind kind) {
    return std::string(Ways::built_in().find(kind)->code);
}

class History {
  public:
    History(std::uint64_t seed, CentreId centre) : random_(seed), centre_(centre) {}

    int length() { return 1 + below(12); }

    Step next() {
        day_ += below(12);
        Step step{noon(day_), {}, {}};
        if (chance(8)) {
            step.needs_clearance = {any_item(), chance(60)};
            return step;
        }
        const int movements = chance(20) ? 2 + below(2) : 1;
        for (int i = 0; i < movements; ++i) {
            step.drafts.push_back(any_draft());
            sent_.push_back(step.drafts.back());
        }
        return step;
    }

  private:
    int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
    bool chance(int percent) { return below(100) < percent; }
    template <class List> const auto& one_of(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }
    static Instant noon(std::int32_t day) { return {(std::int64_t{day} * 24 + 11) * 3'600'000}; }
    ItemId any_item() { return make_item(centre_, 1 + below(3)); }

    Draft any_draft() {
        if (!sent_.empty() && chance(10)) return one_of(sent_);
        if (!sent_.empty() && chance(6)) return changed(one_of(sent_));
        Draft draft;
        draft.id = id_of(++ids_);
        draft.centre = centre_;
        // From weeks ago, when the counter had no network, to tomorrow, when its clock is ahead.
        draft.happened_at = noon(day_ - (chance(40) ? below(50) : 0) + (chance(5) ? 1 : 0));
        if (chance(16)) return reversal(std::move(draft));
        if (chance(10)) return closing(std::move(draft));
        return ordinary(std::move(draft));
    }

    Draft changed(Draft draft) {
        if (!draft.transfers.empty() && draft.transfers[0].amounts.grams.value > 0) {
            ++draft.transfers[0].amounts.grams.value;
        } else {
            draft.happened_at.ms += 1;
        }
        return draft;
    }

    Draft reversal(Draft draft) {
        draft.kind = kind("reverse");
        const bool known = !sent_.empty() && !chance(10);
        draft.reverses = known ? one_of(sent_).id : id_of(900'000);
        if (!chance(4)) draft.reason = *parse_reason("wrong-weight");
        if (chance(3)) draft.transfers.push_back(goods(Place::donated, Place::sorting, 1));
        return draft;
    }

    Draft closing(Draft draft) {
        draft.kind = kind("close-month");
        draft.closes = Month{model::month_of_day(day_) - below(4)};
        return draft;
    }

    Draft ordinary(Draft draft) {
        const auto& way = one_of(model::all_ways());
        draft.kind = kind(way.kind);
        const int transfers = chance(2) ? 0 : 1 + below(3);
        for (int i = 0; i < transfers; ++i) draft.transfers.push_back(any_transfer(way));
        const bool refers = way.kind == "settle" && !sent_.empty();
        if (way.kind == "settle") {
            draft.reference = Reference{centre_, refers ? one_of(sent_).id : id_of(900'000)};
        }
        return draft;
    }

    Transfer any_transfer(const model::Way& first) {
        std::vector<model::Way> ways;
        for (const auto& way : model::all_ways()) {
            if (way.kind == first.kind || chance(1)) ways.push_back(way);
        }
        const auto& way = one_of(ways);
        if (book_of(way.from) == Book::money) {
            return money(way.from, "normal-21", way.to, row_of(way.to).code,
                         chance(3) ? 0 : 1 + below(5'000));
        }
        if (book_of(way.from) == Book::time) {
            Transfer hours;
            hours.from = {way.from, no_key};
            hours.to = {way.to, no_key};
            hours.amounts.minutes = {1 + below(500)};
            return hours;
        }
        return any_goods(way);
    }

    Transfer any_goods(const model::Way& way) {
        constexpr std::array<std::string_view, 3> streams{"furniture", "electrical", "mixed"};
        auto transfer =
            goods(way.from, way.to, chance(90) ? 1 + below(5'000) : 0, below(3), one_of(streams));
        if (chance(way.other_stream ? 70 : 2)) transfer.to.key = stream(one_of(streams));
        if (chance(2)) transfer.basis = Basis::estimated;
        if (chance(30)) transfer.category = {1 + below(3)};
        if (chance(10)) transfer.batch = {id_of(static_cast<std::uint64_t>(1 + below(3))).bytes};
        if (chance(60)) {
            transfer.item = any_item();
            if (!chance(3)) transfer.amounts.pieces = {1};
        }
        return transfer;
    }

    std::mt19937_64 random_;
    CentreId centre_;
    std::int32_t day_ = 20'880; // 3 March 2027
    std::uint64_t ids_ = 0;
    std::vector<Draft> sent_;
};

} // namespace kringwerk::ledger::testing
