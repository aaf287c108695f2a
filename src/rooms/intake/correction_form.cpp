// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/correction_form.hpp"

#include "rooms/intake/numbers.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::intake {
namespace {

constexpr std::size_t empty_rows = 2;
constexpr std::array<std::string_view, 6> offered_mistakes{
    "wrong-weight", "wrong-stream", "booked-twice", "did-not-happen", "practice", "other-mistake"};

using Wrong = std::vector<FieldRefusal>;

/// One row of the form, and the line that it began with.
class LineRow {
  public:
    LineRow(const Answers& answers, std::size_t number, const GateLine* before, Wrong& wrong)
        : answers_(answers), number_(std::to_string(number)), before_(before), wrong_(wrong) {}

    /// Nothing for a row that is left out, or that is wrong.
    std::optional<GateLine> line(Snapshot& view, Day day) {
        if (of("kg").empty()) {
            const bool begun = before_ == nullptr && !of("stream").empty();
            if (begun) refuse_field("kg", "intake.line_weight_needed");
            return std::nullopt;
        }
        const auto wrong_before = wrong_.size();
        auto line = before_ ? *before_ : GateLine{};
        read_goods(line);
        read_weight(line);
        if (wrong_.size() == wrong_before) {
            const auto code = wrong_category(view, line, day);
            if (!code.empty()) refuse_field(code == "intake.hard_stop" ? "lane" : "stream", code);
        }
        return wrong_.size() == wrong_before ? std::optional(std::move(line)) : std::nullopt;
    }

  private:
    std::string_view of(std::string_view field) const {
        return answer(answers_, std::string(field) + "_" + number_);
    }
    void refuse_field(std::string_view field, std::string_view code) {
        wrong_.push_back({std::string(field) + "_" + number_, std::string(code), {}});
    }

    void read_goods(GateLine& line) {
        const auto lane = parse_lane(of("lane"));
        if (!lane) refuse_field("lane", "intake.choose_lane");
        const auto stream = ledger::parse_key(ledger::Book::goods, of("stream"));
        if (!stream) refuse_field("stream", "intake.choose_stream");
        line.lane = lane.value_or(line.lane);
        if (!stream || *stream == line.stream) return;
        line.stream = *stream;
        line.category = {}; // the thing was one of the other stream
        line.weighing.pieces = {};
    }

    void read_weight(GateLine& line) {
        const auto grams = read_grams();
        const auto basis = ledger::parse_basis(of("basis"));
        if (!basis || *basis == ledger::Basis::none) refuse_field("basis", "intake.choose_basis");
        if (!grams || !basis) return;
        auto& weighing = line.weighing;
        if (*grams != weighing.grams) {
            const auto pieces = weighing.pieces;
            weighing = Weighing{}; // the scale did not say this
            weighing.grams = *grams;
            weighing.pieces = pieces;
        }
        weighing.basis = *basis;
        const bool as_it_was = before_ && before_->weighing.basis == ledger::Basis::standard &&
                               before_->weighing.grams == *grams &&
                               before_->category == line.category;
        if (*basis == ledger::Basis::standard && !as_it_was) {
            refuse_field("basis", "intake.not_standard");
        }
    }

    std::optional<Grams> read_grams() {
        const auto typed_text = of("kg");
        if (before_) { // as it stood in the form: three decimals would be ambiguous otherwise
            const auto grams = before_->weighing.grams;
            if (typed_text == typed_kilograms(Language::nl, grams)) return grams;
            if (typed_text == typed_kilograms(Language::en, grams)) return grams;
        }
        const auto typed = parse_typed(typed_text, 3, "kg");
        std::string_view code;
        if (!typed) {
            code = "intake.mass_unreadable";
        } else if (typed->ambiguous) {
            code = "intake.mass_ambiguous";
        } else if (typed->value == 0) {
            code = "intake.mass_zero";
        } else if (Grams{typed->value} > heaviest) {
            code = "intake.mass_too_much";
        }
        if (code.empty()) return Grams{typed->value};
        refuse_field("kg", code);
        return std::nullopt;
    }

    const Answers& answers_;
    std::string number_;
    const GateLine* before_;
    Wrong& wrong_;
};

bool is_same(const GateLine& left, const GateLine& right) {
    return left.lane == right.lane && left.stream == right.stream &&
           left.category == right.category && left.weighing.grams == right.weighing.grams &&
           left.weighing.basis == right.weighing.basis;
}

} // namespace

std::size_t rows_of(const KeptVisit& wrong) { return wrong.visit.lines.size() + empty_rows; }

std::string typed_kilograms(Language language, Grams mass) {
    auto decimals = std::to_string(1000 + mass.value % 1000).substr(1);
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    const auto whole = std::to_string(mass.value / 1000);
    if (decimals.empty()) return whole;
    return whole + (language == Language::nl ? "," : ".") + decimals;
}

Answers answers_of(const KeptVisit& wrong, Language language) {
    Answers answers;
    for (std::size_t i = 0; i < rows_of(wrong); ++i) {
        const auto at = "_" + std::to_string(i + 1);
        answers["lane" + at] = code_of(Lane::reuse);
        answers["basis" + at] = ledger::code_of(ledger::Basis::measured);
        if (i >= wrong.visit.lines.size()) continue;
        const auto& line = wrong.visit.lines[i];
        answers["lane" + at] = code_of(line.lane);
        answers["stream" + at] = ledger::code_of(line.stream);
        answers["kg" + at] = typed_kilograms(language, line.weighing.grams);
        answers["basis" + at] = ledger::code_of(line.weighing.basis);
    }
    return answers;
}

std::span<const std::string_view> mistakes() { return offered_mistakes; }

Result<ledger::Reason> read_mistake(const Answers& answers) {
    const auto code = answer(answers, "reason");
    const auto* const known = std::find(offered_mistakes.begin(), offered_mistakes.end(), code);
    if (known == offered_mistakes.end()) {
        return refuse(Refusal{
            "intake.wrong_fields", {}, {FieldRefusal{"reason", "intake.choose_reason", {}}}});
    }
    return *ledger::parse_reason(code);
}

Result<Correction> read_correction(Snapshot& view, const Answers& answers, const KeptVisit& wrong) {
    Wrong fields;
    const auto mistake = read_mistake(answers);
    if (!mistake) fields = mistake.error().fields;
    Correction correction{wrong.id, mistake.value_or(ledger::Reason{}), wrong.visit};
    auto& lines = correction.right.lines;
    lines.clear();
    for (std::size_t i = 0; i < rows_of(wrong); ++i) {
        const auto* const before = i < wrong.visit.lines.size() ? &wrong.visit.lines[i] : nullptr;
        if (auto line = LineRow(answers, i + 1, before, fields).line(view, wrong.day)) {
            lines.push_back(*std::move(line));
        }
    }
    if (!fields.empty()) return refuse(Refusal{"intake.wrong_fields", {}, std::move(fields)});
    if (lines.empty()) return refuse("intake.no_lines");
    if (std::equal(lines.begin(), lines.end(), wrong.visit.lines.begin(), wrong.visit.lines.end(),
                   is_same)) {
        return refuse("intake.nothing_changed");
    }
    return correction;
}

} // namespace kringwerk::intake
