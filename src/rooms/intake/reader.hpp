// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "rooms/intake/forms.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace kringwerk::intake {

/// Reads the fields of one form and remembers every wrong one. What it gives for a wrong field is
/// never used, because `finish` then refuses.
class Reader {
  public:
    explicit Reader(const Answers& answers) : answers_(answers) {}

    /// Refuses "intake.choose" when it is none of `offered`.
    ledger::Place place(std::string_view field, std::span<const ledger::Place> offered);
    /// Refuses "intake.choose_stream".
    ledger::Key stream(std::string_view field);
    /// Read off a scale, or estimated. Refuses "intake.choose".
    ledger::Basis basis();
    /// Refuses "intake.choose_reason". `use`: "reverse" or "count".
    ledger::Reason reason(std::string_view use);
    /// Refuses "intake.mass_unreadable", "intake.mass_ambiguous", "intake.mass_too_much", and
    /// "intake.mass_zero" unless `zero_counts`.
    Grams kilograms(bool zero_counts);
    /// Refuses "intake.price_needed", "intake.price_unreadable", "intake.price_zero",
    /// "intake.price_too_much".
    Cents price();
    /// Refuses "intake.pieces_unreadable". Nothing when the field is empty.
    std::optional<Pieces> pieces();

    /// How much of what: field "kg" with "basis", or "pieces" of a "category" with a standard
    /// weight. Refuses besides these "intake.mass_needed", "intake.category_needed",
    /// "intake.category_unknown", "intake.category_without_weight", "intake.category_other_stream".
    struct Goods {
        ledger::Key stream;
        ledger::Amounts amounts;
        ledger::Basis basis = ledger::Basis::measured;
        ledger::CategoryId category;
    };
    Goods goods(const Categories& categories);
    ledger::Transfer transfer(ledger::Place from, ledger::Place to, const Goods& goods) const;

    bool has(std::string_view field) const { return !answer(answers_, field).empty(); }
    std::string_view of(std::string_view field) const { return answer(answers_, field); }
    void wrong(std::string_view field, std::string_view code, TextArguments arguments = {});

    template <class T> Result<T> finish(T value) {
        if (!fields_.empty()) {
            return refuse(Refusal{"intake.wrong_fields", {}, std::move(fields_)});
        }
        return value;
    }

  private:
    void read_weight(Goods& goods, const Category* category);

    const Answers& answers_;
    std::vector<FieldRefusal> fields_;
};

} // namespace kringwerk::intake
