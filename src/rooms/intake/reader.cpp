// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/reader.hpp"

#include "rooms/intake/numbers.hpp"
#include "rooms/ledger/ledger.hpp"

#include <algorithm>

namespace kringwerk::intake {
namespace {

// One movement of a desk is no larger; what is, has its comma in the wrong place.
constexpr Grams most_mass{100'000'000};
constexpr Cents most_price{10'000'000};
constexpr std::int64_t most_pieces = 10'000;

} // namespace

void Reader::wrong(std::string_view field, std::string_view code, TextArguments arguments) {
    fields_.push_back({std::string(field), std::string(code), std::move(arguments)});
}

ledger::Place Reader::place(std::string_view field, std::span<const ledger::Place> offered) {
    const auto chosen = ledger::parse_place(ledger::Book::goods, of(field));
    if (chosen && std::find(offered.begin(), offered.end(), *chosen) != offered.end()) {
        return *chosen;
    }
    wrong(field, "intake.choose");
    return offered.front();
}

ledger::Key Reader::stream(std::string_view field) {
    const auto chosen = ledger::parse_key(ledger::Book::goods, of(field));
    if (chosen) return *chosen;
    wrong(field, "intake.choose_stream");
    return ledger::mixed;
}

ledger::Basis Reader::basis() {
    const auto chosen = ledger::parse_basis(of("basis"));
    if (chosen == ledger::Basis::measured || chosen == ledger::Basis::estimated) return *chosen;
    wrong("basis", "intake.choose");
    return ledger::Basis::measured;
}

ledger::Reason Reader::reason(std::string_view use) {
    for (const auto& row : ledger::all_reasons()) {
        if (row.use == use && row.code == of("reason")) return row.reason;
    }
    wrong("reason", "intake.choose_reason");
    return {};
}

Grams Reader::kilograms(bool zero_counts) {
    const auto typed = parse_typed(of("kg"), 3, "kg");
    if (!typed) {
        wrong("kg", "intake.mass_unreadable");
    } else if (typed->ambiguous) {
        wrong("kg", "intake.mass_ambiguous");
    } else if (Grams{typed->value} > most_mass) {
        wrong("kg", "intake.mass_too_much");
    } else if (typed->value == 0 && !zero_counts) {
        wrong("kg", "intake.mass_zero");
    } else {
        return {typed->value};
    }
    return {};
}

Cents Reader::price() {
    const auto typed = parse_typed(of("price"), 2, "€");
    if (!has("price")) {
        wrong("price", "intake.price_needed");
    } else if (!typed || typed->ambiguous) {
        wrong("price", "intake.price_unreadable");
    } else if (Cents{typed->value} > most_price) {
        wrong("price", "intake.price_too_much");
    } else if (typed->value == 0) {
        wrong("price", "intake.price_zero");
    } else {
        return {typed->value};
    }
    return {};
}

std::optional<Pieces> Reader::pieces() {
    if (!has("pieces")) return std::nullopt;
    const auto typed = parse_typed(of("pieces"), 0, {});
    if (!typed || typed->ambiguous || typed->value < 1 || typed->value > most_pieces) {
        wrong("pieces", "intake.pieces_unreadable");
        return std::nullopt;
    }
    return Pieces{typed->value};
}

Reader::Goods Reader::goods(const Categories& categories) {
    Goods goods;
    const Category* category = nullptr;
    if (has("category")) {
        const auto same = [&](const Category& row) {
            return std::to_string(row.id.value) == of("category");
        };
        const auto found = std::find_if(categories.begin(), categories.end(), same);
        if (found == categories.end()) {
            wrong("category", "intake.category_unknown");
        } else {
            category = &*found;
            goods.category = category->id;
        }
    }
    // Who names the category has named the stream.
    goods.stream = category && !has("stream") ? category->stream : stream("stream");
    if (category && goods.stream != category->stream && has("stream")) {
        wrong("category", "intake.category_other_stream");
    }
    read_weight(goods, category);
    return goods;
}

void Reader::read_weight(Goods& goods, const Category* category) {
    const auto count = pieces();
    if (count) goods.amounts.pieces = *count;
    if (has("kg")) {
        goods.amounts.grams = kilograms(false);
        goods.basis = basis();
    } else if (!has("pieces")) {
        wrong("kg", "intake.mass_needed");
    } else if (!category) {
        if (!has("category")) wrong("category", "intake.category_needed");
    } else if (!category->grams) {
        wrong("kg", "intake.category_without_weight");
    } else if (count) {
        goods.amounts.grams = mass_of(*count, *category->grams);
        goods.basis = ledger::Basis::standard;
    }
}

ledger::Transfer Reader::transfer(ledger::Place from, ledger::Place to, const Goods& goods) const {
    ledger::Transfer transfer;
    transfer.from = {from, goods.stream};
    transfer.to = {to, goods.stream};
    transfer.amounts = goods.amounts;
    transfer.basis = goods.basis;
    transfer.category = goods.category;
    return transfer;
}

} // namespace kringwerk::intake
