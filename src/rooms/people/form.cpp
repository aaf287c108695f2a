// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/form.hpp"

namespace kringwerk::people {

namespace json = boost::json;

PersonForm::PersonForm(const Texts& texts, Language language, std::string_view what,
                       const CameBack* back)
    : texts_(texts), language_(language), what_(what) {
    if (back && back->what == what) back_ = back;
    hidden("what", what);
    if (!back_ || !back_->refusal.fields.empty()) return;
    errors_.push_back(
        json::object{{"field_id", what_}, {"error_words", texts.say(language, back_->refusal)}});
}

std::string PersonForm::words(std::string_view suffix, const TextArguments& arguments) const {
    const auto text = "form." + what_ + "." + std::string(suffix);
    return texts_.has(language_, text) ? texts_.say(language_, text, arguments) : std::string();
}

std::string PersonForm::id_of(std::string_view name) const {
    return what_ + "-" + std::string(name);
}

std::string_view PersonForm::kept(std::string_view name, std::string_view value) const {
    return back_ ? back_->form.value_or_empty(name) : value;
}

json::object PersonForm::start(std::string_view name, std::string_view type) const {
    return {{"name", name},         {"id", id_of(name)},
            {"label", words(name)}, {"hint", words(std::string(name) + "_hint")},
            {"type", type},         {"is_select", false},
            {"value", ""},          {"autocomplete", "off"},
            {"inputmode", ""},      {"error", ""}};
}

void PersonForm::add(json::object field, std::string_view name) {
    for (const auto& wrong : back_ ? back_->refusal.fields : std::vector<FieldRefusal>{}) {
        if (wrong.field != name) continue;
        const auto error = texts_.say(language_, Refusal{wrong.code, wrong.arguments, {}});
        field["error"] = error;
        errors_.push_back(json::object{{"field_id", id_of(name)}, {"error_words", error}});
    }
    fields_.push_back(std::move(field));
}

void PersonForm::text(std::string_view name, std::string_view value,
                      std::string_view autocomplete) {
    auto field = start(name, "text");
    field["value"] = kept(name, value);
    field["autocomplete"] = autocomplete;
    add(std::move(field), name);
}

void PersonForm::email(std::string_view name, std::string_view value) {
    auto field = start(name, "email");
    field["value"] = kept(name, value);
    field["autocomplete"] = "username";
    add(std::move(field), name);
}

void PersonForm::secret(std::string_view name, std::string_view autocomplete) {
    auto field = start(name, "password");
    field["autocomplete"] = autocomplete;
    add(std::move(field), name);
}

void PersonForm::pin(std::string_view name) {
    auto field = start(name, "password");
    field["inputmode"] = "numeric";
    add(std::move(field), name);
}

void PersonForm::code(std::string_view name) {
    auto field = start(name, "text");
    field["autocomplete"] = "one-time-code";
    field["inputmode"] = "numeric";
    add(std::move(field), name);
}

void PersonForm::select(std::string_view name, std::span<const Option> options) {
    auto field = start(name, "");
    field["is_select"] = true;
    json::array shown;
    for (const auto& option : options) {
        const bool chosen = back_ ? kept(name, {}) == option.value : option.chosen;
        shown.push_back(json::object{
            {"option_value", option.value}, {"option_label", option.label}, {"chosen", chosen}});
    }
    field["options"] = std::move(shown);
    add(std::move(field), name);
}

void PersonForm::hidden(std::string_view name, std::string_view value) {
    hidden_.push_back(json::object{{"hidden_name", name}, {"hidden_value", value}});
}

json::object PersonForm::take(std::string_view action, const TextArguments& arguments) {
    return {{"form_id", what_},
            {"form_title", words("title", arguments)},
            {"form_note", words("note", arguments)},
            {"action", action},
            {"submit", words("button", arguments)},
            {"submit_class", button_class_},
            {"hidden", std::move(hidden_)},
            {"errors", std::move(errors_)},
            {"fields", std::move(fields_)}};
}

json::object line_button(std::string_view action, std::string_view what, std::string_view key,
                         std::string_view value, std::string_view words) {
    return {{"button_action", action},
            {"button_what", what},
            {"button_key", key},
            {"button_value", value},
            {"button_words", words}};
}

} // namespace kringwerk::people
