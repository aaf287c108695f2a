// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/set_up_fields.hpp"

#include <algorithm>

namespace kringwerk::network {

namespace json = boost::json;

std::string_view form_of(std::string_view what) {
    return what.substr(0, what.find("_re")); // "_remove", "_retire"
}

std::string_view part_of(std::string_view what) {
    return form_of(what) == "closed_day" ? "hours" : form_of(what);
}

SetUpForm::SetUpForm(const Texts& texts, Language language, std::string_view what,
                     const std::optional<Returned>& returned)
    : texts_(texts), language_(language), what_(what) {
    if (returned && returned->what == what) returned_ = &*returned;
    hidden("what", what);
}

std::string SetUpForm::words(std::string_view suffix) const {
    const auto code = "set_up." + what_ + "." + std::string(suffix);
    return texts_.has(language_, code) ? texts_.say(language_, code) : std::string();
}

std::string SetUpForm::id_of(std::string_view name) const {
    return what_ + "-" + std::string(name);
}

json::object SetUpForm::start(std::string_view name, std::string_view type,
                              std::string_view value) const {
    const auto kept = returned_ ? returned_->form.value_or_empty(name) : value;
    return {{type, true},
            {"name", name},
            {"id", id_of(name)},
            {"label", words(name)},
            {"hint", words(std::string(name) + "_hint")},
            {"value", kept},
            {"list", ""}};
}

void SetUpForm::add(json::object field, std::string_view name) {
    for (const auto& wrong : returned_ && returned_->refusal ? returned_->refusal->fields
                                                             : std::vector<FieldRefusal>{}) {
        if (wrong.field != name) continue;
        const auto error = texts_.say(language_, Refusal{wrong.code, wrong.arguments, {}});
        field["error"] = error;
        errors_.push_back(json::object{{"field_id", id_of(name)}, {"error", error}});
    }
    fields_.push_back(std::move(field));
}

void SetUpForm::text(std::string_view name, std::string_view value, std::string_view list) {
    auto field = start(name, "is_text", value);
    field["list"] = list;
    add(std::move(field), name);
}

void SetUpForm::long_text(std::string_view name, std::string_view value) {
    auto field = start(name, "is_text", value);
    field["long"] = true;
    add(std::move(field), name);
}

void SetUpForm::number(std::string_view name, std::string_view value) {
    add(start(name, "is_number", value), name);
}

void SetUpForm::kilograms(std::string_view name, std::string_view value) {
    add(start(name, "is_mass", value), name);
}

void SetUpForm::date(std::string_view name, std::string_view value) {
    add(start(name, "is_date", value), name);
}

json::array SetUpForm::options_of(std::string_view name, std::span<const Option> options) const {
    json::array shown;
    for (const auto& option : options) {
        bool chosen = option.chosen;
        if (returned_) {
            const auto& parts = returned_->form.parts;
            chosen = std::any_of(parts.begin(), parts.end(), [&](const http::Part& part) {
                return part.name == name && part.content == option.value;
            });
        }
        shown.push_back(
            json::object{{"value", option.value}, {"label", option.label}, {"chosen", chosen}});
    }
    return shown;
}

void SetUpForm::select(std::string_view name, std::span<const Option> options) {
    auto field = start(name, "is_select", {});
    field["options"] = options_of(name, options);
    add(std::move(field), name);
}

void SetUpForm::checks(std::string_view name, std::span<const Option> options) {
    auto field = start(name, "is_checks", {});
    field["options"] = options_of(name, options);
    add(std::move(field), name);
}

void SetUpForm::hidden(std::string_view name, std::string_view value) {
    hidden_.push_back(json::object{{"name", name}, {"value", value}});
}

void SetUpForm::other_button(std::string_view name) {
    other_ = {{"other_name", name}, {"other_words", words(name)}};
}

/// What is about no field of the form stands first.
json::array SetUpForm::errors_about_all() const {
    json::array errors;
    if (returned_ && returned_->refusal && returned_->refusal->fields.empty()) {
        errors.push_back(json::object{{"field_id", part_of(what_)},
                                      {"error", texts_.say(language_, *returned_->refusal)}});
    }
    return errors;
}

json::object SetUpForm::take(std::string_view action) {
    auto errors = errors_about_all();
    for (auto& error : errors_) errors.push_back(std::move(error));
    json::object made{{"form_title", words("title")},
                      {"form_note", words("note")},
                      {"action", action},
                      {"submit", words("button")},
                      {"submit_class", "main"},
                      {"hidden", std::move(hidden_)},
                      {"errors", std::move(errors)},
                      {"fields", std::move(fields_)}};
    if (!other_.empty()) made["other_submit"] = std::move(other_);
    return made;
}

} // namespace kringwerk::network
