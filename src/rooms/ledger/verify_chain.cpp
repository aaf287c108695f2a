// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/verify_chain.hpp"

#include "rooms/ledger/encoding.hpp"
#include "rooms/ledger/queries.hpp"
#include "rooms/ledger/store.hpp"

#include <algorithm>

namespace kringwerk::ledger {
namespace {

constexpr std::int64_t told_every = 10'000; // movements

bool between(const Row& row, int column, std::int64_t low, std::int64_t high) {
    const auto value = row.integer(column);
    return value >= low && value <= high;
}

bool bytes_or_null(const Row& row, int column, std::size_t size) {
    return row.null(column) || row.text(column).size() == size;
}

constexpr std::int64_t day_low = -1'000'000; // some centuries around 1970, as for months
constexpr std::int64_t day_high = 1'000'000;

/// A column outside what the books can write would be cut to size when it is read, and a forged
/// one would then hash as the true one did.
bool readable_movement(const Row& row) {
    return between(row, 3, 0, 255) && between(row, 4, 0, 255) &&
           between(row, 8, day_low, day_high) && between(row, 9, 0, 1) &&
           between(row, 10, 0, 255) && bytes_or_null(row, 11, 16) && row.null(12) == row.null(13) &&
           bytes_or_null(row, 13, 16) && (row.null(14) || between(row, 14, day_low, day_high)) &&
           bytes_or_null(row, 15, 32) && bytes_or_null(row, 16, 32);
}

/// Every place has a row in the table of places.
bool known_place(std::int64_t place) {
    static const auto known = [] {
        std::array<bool, 256> places{};
        for (const auto& row : all_places()) places[static_cast<std::size_t>(row.place)] = true;
        return places;
    }();
    return place >= 0 && place < 256 && known[static_cast<std::size_t>(place)];
}

bool readable_transfer(const Row& row) {
    return known_place(row.integer(1)) && between(row, 2, 0, 255) && known_place(row.integer(3)) &&
           between(row, 4, 0, 255) && between(row, 9, 0, 3) && bytes_or_null(row, 11, 16) &&
           between(row, 13, 0, 2);
}

/// Its code as on a label, or the bare number when no label can say it.
std::string name_of_item(std::int64_t item) {
    if (item > 0 && issuer_of({item}).value > 0 && number_of({item}) > 0)
        return code_of(ItemId{item});
    return std::to_string(item);
}

bool same_but_for_oddities(std::vector<Transfer> expected, const std::vector<Transfer>& stand) {
    if (expected.size() != stand.size()) return false;
    for (std::size_t i = 0; i < stand.size(); ++i) expected[i].oddity = stand[i].oddity;
    return expected == stand;
}

} // namespace

ChainReplay::ChainReplay(Snapshot& view, CentreId centre, Replayed& replayed,
                         const Progress& progress)
    : view_(view),
      centre_(centre),
      replayed_(replayed),
      progress_(progress),
      close_month_(Ways::built_in().kind("close-month")),
      reverse_(Ways::built_in().kind("reverse")) {}

Finding ChainReplay::wrong(std::string_view code, TextArguments more) const {
    TextArguments arguments{{"centre", std::to_string(centre_.value)},
                            {"sequence", std::to_string(movement_.sequence)}};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return {std::string(code), std::move(arguments), centre_, movement_.sequence};
}

std::optional<Finding> ChainReplay::run() {
    if (auto found = walk()) return found;
    if (auto found = check_head()) return found;
    if (auto found = check_item_rows()) return found;
    return sums_.compare(view_, centre_);
}

std::optional<Finding> ChainReplay::walk() {
    auto movements = view_.many_rows(sql::chain_of_centre, centre_);
    auto transfers = view_.many_rows(sql::transfers_of_centre, centre_);
    auto next = transfers.begin();
    for (const auto row : movements) {
        if (auto found = take_movement(row)) return found;
        for (std::int64_t line = 1; next != transfers.end(); ++next, ++line) {
            const auto sequence = (*next).integer(0);
            if (sequence > movement_.sequence) break;
            if (sequence < movement_.sequence) {
                movement_.sequence = sequence;
                return wrong("transfer_extra");
            }
            if (auto found = take_transfer(*next, line)) return found;
        }
        using Check = std::optional<Finding> (ChainReplay::*)();
        for (const Check check :
             {&ChainReplay::check_hash, &ChainReplay::check_closing, &ChainReplay::check_reversal,
              &ChainReplay::check_day, &ChainReplay::check_items}) {
            if (auto found = (this->*check)()) return found;
        }
        for (const auto& transfer : movement_.transfers) sums_.add(movement_, transfer);
        last_sequence_ = movement_.sequence;
        last_hash_ = movement_.hash;
        ++replayed_.movements;
        replayed_.transfers += static_cast<std::int64_t>(movement_.transfers.size());
        if (progress_ && replayed_.movements % told_every == 0) progress_(replayed_);
    }
    if (next != transfers.end()) {
        movement_.sequence = (*next).integer(0);
        return wrong("transfer_extra");
    }
    return std::nullopt;
}

std::optional<Finding> ChainReplay::take_movement(const Row& row) {
    movement_.sequence = last_sequence_ + 1;
    const auto stands = row.integer(1);
    if (stands != movement_.sequence) return wrong("gap", {{"next", std::to_string(stands)}});
    if (!readable_movement(row)) return wrong("movement_unreadable");
    auto transfers = std::move(movement_.transfers); // its memory is used again
    transfers.clear();
    movement_ = read_movement(row);
    movement_.transfers = std::move(transfers);
    movement_.previous = last_hash_;
    return std::nullopt;
}

std::optional<Finding> ChainReplay::take_transfer(const Row& row, std::int64_t line) {
    const auto stands = row.integer(14);
    const TextArguments at{{"line", std::to_string(line)}};
    if (stands < line) return wrong("transfer_extra");
    if (stands > line) return wrong("transfer_missing", at);
    if (!readable_transfer(row)) return wrong("transfer_unreadable", at);
    movement_.transfers.push_back(read_transfer(row));
    return std::nullopt;
}

std::optional<Finding> ChainReplay::check_hash() {
    const auto hash = hash_of(movement_, hash_, scratch_);
    replayed_.bytes += static_cast<std::int64_t>(scratch_.size());
    if (hash != movement_.hash) return wrong("hash_differs");
    // From here on the movement is what somebody booked; the rest checks that it was booked right.
    if (auto found = check_form()) return found;
    return check_ways();
}

std::optional<Finding> ChainReplay::check_form() const {
    const auto* const kind = Ways::built_in().find(movement_.kind);
    if (kind == nullptr) {
        return wrong("kind_unknown", {{"kind", std::to_string(movement_.kind.number)}});
    }
    const bool closes = movement_.kind == close_month_;
    const bool has_transfers = !movement_.transfers.empty();
    if (closes != movement_.closes.has_value() ||
        (movement_.kind == reverse_) != movement_.reverses.has_value() || closes == has_transfers) {
        return wrong("form_wrong", {{"kind", std::string(kind->code)}});
    }
    return std::nullopt;
}

std::optional<Finding> ChainReplay::check_ways() const {
    if (movement_.reverses) return std::nullopt; // the ways back are those of the original
    const auto& ways = Ways::built_in();
    for (const auto& transfer : movement_.transfers) {
        if (ways.allows(movement_.kind, transfer.from, transfer.to)) continue;
        return wrong("no_such_way", {{"kind", std::string(ways.find(movement_.kind)->code)},
                                     {"from", name_of_place(static_cast<int>(transfer.from.place))},
                                     {"from_key", name_of_key(transfer.from.key.number)},
                                     {"to", name_of_place(static_cast<int>(transfer.to.place))},
                                     {"to_key", name_of_key(transfer.to.key.number)}});
    }
    return std::nullopt;
}

std::optional<Finding> ChainReplay::check_closing() {
    own_day_ = local_day(movement_.happened_at);
    if (!movement_.closes) return std::nullopt;
    const auto booked_on = local_day(movement_.booked_at);
    own_day_ = booked_on;
    if (month_of(booked_on) <= *movement_.closes) {
        return wrong("closed_too_early", {{"month", format_month(*movement_.closes)}});
    }
    if (closed_ && *movement_.closes <= *closed_) {
        return wrong("closed_already", {{"month", format_month(*movement_.closes)}});
    }
    return std::nullopt;
}

std::optional<Finding> ChainReplay::check_reversal() {
    if (!movement_.reverses) return std::nullopt;
    const auto original =
        view_.first(sql::movement_by_id, read_movement, centre_, *movement_.reverses);
    const TextArguments which{{"original", movement_.reverses->text()}};
    // What stands later in the chain was not there to be reversed.
    if (!original || original->sequence >= movement_.sequence) {
        return wrong("reverses_nothing", which);
    }
    if (original->reverses || original->closes) return wrong("reverses_reversal", which);
    if (!reversed_.insert(original->sequence).second) return wrong("reversed_twice", which);
    std::vector<Transfer> transfers;
    for (const auto row : view_.rows(sql::transfers_of, centre_, original->sequence)) {
        transfers.push_back(read_transfer(row));
    }
    if (!same_but_for_oddities(mirror_of(transfers), movement_.transfers)) {
        return wrong("not_mirrored", which);
    }
    own_day_ = original->effective_on;
    return std::nullopt;
}

std::optional<Finding> ChainReplay::check_day() {
    const auto stands = movement_.effective_on;
    if (closed_ && month_of(stands) <= *closed_) {
        return wrong("counts_in_closed_month",
                     {{"day", format_day(stands)}, {"month", format_month(*closed_)}});
    }
    const auto expected = effective_day(own_day_, local_day(movement_.booked_at), closed_);
    if (expected.day != stands) {
        return wrong("day_wrong",
                     {{"found", format_day(stands)}, {"expected", format_day(expected.day)}});
    }
    if (expected.late != movement_.late)
        return wrong(expected.late ? "late_missing" : "late_extra");
    if (movement_.closes) closed_ = movement_.closes;
    return std::nullopt;
}

std::optional<Finding> ChainReplay::check_items() {
    std::int64_t line = 0;
    for (const auto& transfer : movement_.transfers) {
        ++line;
        auto expected = Oddity::none;
        if (transfer.item) {
            auto& state = items_[static_cast<std::uint64_t>(transfer.item.value)];
            std::optional<Item> item;
            if (state.known) {
                item.emplace();
                item->at = state.at;
                // Its clearance at that time stands in no chain. "Unsafe" is checked for what it
                // could be: out of the door, and where it should have been.
                if (transfer.oddity == Oddity::unsafe) item->clearance = Item::Clearance::needed;
            }
            const auto step = step_of(transfer, item);
            expected = step.oddity;
            if (step.moves) {
                const auto category = state.known ? state.category : transfer.category.value;
                state = {category, transfer.to, true};
            }
        }
        if (expected == transfer.oddity) continue;
        const bool missing = expected == Oddity::contradiction;
        return wrong(missing ? "oddity_missing" : "oddity_wrong",
                     {{"line", std::to_string(line)}, {"item", name_of_item(transfer.item.value)}});
    }
    return std::nullopt;
}

std::optional<Finding> ChainReplay::check_head() {
    const auto stands = ledger::head(view_, centre_);
    movement_.sequence = last_sequence_;
    if (!stands) {
        if (last_sequence_ == 0) return std::nullopt;
        return wrong("head_missing");
    }
    if (stands->sequence != last_sequence_ || stands->hash != last_hash_) {
        return wrong("head_differs", {{"head", std::to_string(stands->sequence)}});
    }
    if (stands->closed != closed_) {
        const auto name = [](std::optional<Month> month) {
            return month ? format_month(*month) : std::string("-");
        };
        return wrong("head_closed_differs",
                     {{"found", name(stands->closed)}, {"expected", name(closed_)}});
    }
    return check_items_issued(*stands);
}

/// A number that the centre has not given out yet would be given to a second thing.
std::optional<Finding> ChainReplay::check_items_issued(const Head& head) const {
    std::int64_t last = 0;
    for (const auto& [item, state] : items_.entries()) {
        const ItemId id{static_cast<std::int64_t>(item)};
        if (state.known && issuer_of(id) == centre_) last = std::max(last, number_of(id));
    }
    if (last <= head.items_issued) return std::nullopt;
    auto finding = wrong_item("head_items_differs", make_item(centre_, last).value);
    finding.arguments.emplace_back("found", std::to_string(head.items_issued));
    return finding;
}

Finding ChainReplay::wrong_item(std::string_view code, std::int64_t item) const {
    return {std::string(code),
            {{"centre", std::to_string(centre_.value)}, {"item", name_of_item(item)}},
            centre_,
            0};
}

std::optional<Finding> ChainReplay::check_item_rows() {
    std::vector<std::pair<std::int64_t, ItemState>> expected;
    for (const auto& [item, state] : items_.entries()) {
        if (state.known) expected.emplace_back(static_cast<std::int64_t>(item), state);
    }
    std::sort(expected.begin(), expected.end(),
              [](const auto& left, const auto& right) { return left.first < right.first; });
    auto next = expected.begin();
    for (const auto row : view_.many_rows(sql::items_of_centre, centre_)) {
        const auto stands = row.integer(0);
        if (next == expected.end() || stands < next->first) return wrong_item("item_extra", stands);
        if (next->first < stands) return wrong_item("item_missing", next->first);
        const auto& [item, state] = *next++;
        const auto place = static_cast<std::int64_t>(state.at.place);
        if (row.integer(1) != state.category) {
            auto finding = wrong_item("item_category_differs", item);
            finding.arguments.emplace_back("found", std::to_string(row.integer(1)));
            finding.arguments.emplace_back("expected", std::to_string(state.category));
            return finding;
        }
        if (row.integer(2) == place && row.integer(3) == state.at.key.number) continue;
        auto finding = wrong_item("item_differs", item);
        finding.arguments.insert(finding.arguments.end(),
                                 {{"found", name_of_place(row.integer(2))},
                                  {"found_key", name_of_key(row.integer(3))},
                                  {"expected", name_of_place(place)},
                                  {"expected_key", name_of_key(state.at.key.number)}});
        return finding;
    }
    if (next != expected.end()) return wrong_item("item_missing", next->first);
    return std::nullopt;
}

} // namespace kringwerk::ledger
