// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/fields.hpp"

#include "rooms/ledger/ledger.hpp"

#include <algorithm>
#include <vector>

namespace kringwerk::intake {

namespace json = boost::json;

std::string FormFields::error_at(std::string_view name) const {
    if (!refusal_) return {};
    for (const auto& wrong : refusal_->fields) {
        if (wrong.field != name) continue;
        auto arguments = wrong.arguments;
        arguments.emplace_back("question", words_.say("desk.field." + wrong.field));
        return words_.say(Refusal{wrong.code, std::move(arguments), {}});
    }
    return {};
}

json::object FormFields::start(std::string_view name, std::string_view type) const {
    return {{"id", name},
            {"name", name},
            {type, true},
            {"label", words_.say("desk.field." + std::string(name))},
            {"hint", words_.say_if_there("desk.hint." + std::string(name))},
            {"error", error_at(name)},
            {"value", answer(answers_, name)}};
}

json::object FormFields::option(std::string_view name, std::string_view value,
                                std::string_view label, bool chosen_ahead) const {
    const auto given = answer(answers_, name);
    return {{"value", value},
            {"label", label},
            {"chosen", given.empty() ? chosen_ahead : given == value}};
}

void FormFields::choices(std::string_view name, std::span<const Option> options, Ahead ahead) {
    auto field = start(name, "is_choices");
    field["hint"] = ""; // hints say how to type
    field["two"] = options.size() > 1;
    json::array shown;
    for (const auto& [value, label] : options) {
        shown.push_back(option(name, value, label, shown.empty() && ahead == Ahead::first));
    }
    field["options"] = std::move(shown);
    fields_.push_back(std::move(field));
}

void FormFields::select(std::string_view name, std::span<const Option> options) {
    auto field = start(name, "is_select");
    json::array shown;
    for (const auto& [value, label] : options) {
        shown.push_back(option(name, value, label, shown.empty()));
    }
    field["options"] = std::move(shown);
    fields_.push_back(std::move(field));
}

void FormFields::places(std::string_view name, std::span<const ledger::Place> offered) {
    std::vector<Option> options;
    for (const auto place : offered) {
        if (!centre_.offers(place)) continue;
        options.push_back({std::string(ledger::row_of(place).code), words_.place(place)});
    }
    choices(name, options, Ahead::first);
}

void FormFields::streams() {
    auto field = start("stream", "is_choices");
    field["two"] = true;
    json::array shown;
    for (const auto& row : ledger::all_streams()) {
        if (!centre_.offers(row.key)) continue;
        auto stream = option("stream", row.code, words_.stream(row.key), false);
        stream["icon"] = icon_of(row.key);
        shown.push_back(std::move(stream));
    }
    field["options"] = std::move(shown);
    fields_.push_back(std::move(field));
}

void FormFields::other_stream(std::string_view name) {
    std::vector<Option> options{{"", words_.say("desk.same_stream")}};
    for (const auto& row : ledger::all_streams()) {
        if (!centre_.offers(row.key)) continue;
        options.push_back({std::string(row.code), words_.stream(row.key)});
    }
    select(name, options);
}

void FormFields::mass() { fields_.push_back(start("kg", "is_mass")); }
void FormFields::price() { fields_.push_back(start("price", "is_money")); }
void FormFields::pieces() { number("pieces"); }
void FormFields::number(std::string_view name) { fields_.push_back(start(name, "is_number")); }
void FormFields::text(std::string_view name) { fields_.push_back(start(name, "is_text")); }

void FormFields::basis() {
    const std::vector<Option> options{{"measured", words_.say("desk.read_off")},
                                      {"estimated", words_.say("desk.estimated")}};
    choices("basis", options, Ahead::first);
}

void FormFields::means() {
    const std::vector<Option> options{{"card", words_.say("desk.by_card")},
                                      {"cash", words_.say("desk.in_cash")}};
    choices("means", options, Ahead::nothing);
}

void FormFields::category(const Categories& categories) {
    if (categories.empty()) return;
    std::vector<Option> options;
    for (const auto& row : categories) {
        const auto& name = words_.language() == Language::nl ? row.name_nl : row.name_en;
        options.push_back({std::to_string(row.id.value), name});
    }
    std::sort(options.begin(), options.end(),
              [](const Option& left, const Option& right) { return left.label < right.label; });
    options.insert(options.begin(), Option{"", words_.say("desk.no_category")});
    select("category", options);
}

void FormFields::reasons(std::string_view use) {
    std::vector<Option> options;
    for (const auto& row : ledger::all_reasons()) {
        if (row.use != use || row.code == "contradiction-settled") continue;
        const std::string code(row.code);
        options.push_back({code, words_.say("reason." + code)});
    }
    choices("reason", options, use == "count" ? Ahead::first : Ahead::nothing);
}

void FormFields::reasons_if_reversed() {
    reasons("reverse");
    fields_.back().as_object()["hint"] = words_.say("desk.reason_if_reversed");
}

json::array FormFields::errors() const {
    json::array errors;
    if (!refusal_) return errors;
    const auto add = [&](std::string_view id, std::string_view words) {
        errors.push_back(json::object{{"field_id", id}, {"error", words}});
    };
    if (refusal_->fields.empty() && !fields_.empty()) {
        add(fields_.front().at("id").as_string(), words_.say(*refusal_));
    }
    for (const auto& field : fields_) {
        const auto& error = field.at("error").as_string();
        if (!error.empty()) add(field.at("id").as_string(), error);
    }
    return errors;
}

} // namespace kringwerk::intake
