// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/scale_form.hpp"

#include "rooms/network/register_forms.hpp"

namespace kringwerk::network {
namespace {

namespace json = boost::json;

std::vector<SetUpForm::Option> languages_of_scales(const Texts& texts, Language language,
                                                   ScaleProfile chosen) {
    std::vector<SetUpForm::Option> options;
    for (const auto code : scale_profile_codes()) {
        options.push_back({std::string(code),
                           texts.say(language, "scale_profile." + std::string(code)),
                           code == code_of(chosen)});
    }
    return options;
}

} // namespace

json::object scale_form(const Texts& texts, Language language,
                        const std::optional<Returned>& returned, const Scale& scale,
                        std::string_view action) {
    SetUpForm form(texts, language, "scale", returned);
    // A form that came back keeps the scale that it is about.
    const bool came_back = returned && returned->what == "scale";
    const int number = came_back ? parse_number(returned->form) : scale.number;
    const auto known = [](std::int64_t value, std::string words) {
        return value == 0 ? std::string() : std::move(words);
    };
    form.hidden("number", std::to_string(number));
    form.text("name", scale.name);
    form.text("place", scale.place);
    form.text("host", scale.host);
    form.number("port", known(scale.port, std::to_string(scale.port)));
    form.select("profile", languages_of_scales(texts, language, scale.profile));
    form.text("pattern", scale.pattern);
    form.kilograms("most", known(scale.most.value, format_decimal(scale.most.value, 3)));
    form.number("step", known(scale.step.value, std::to_string(scale.step.value)));
    form.date("verified_until",
              scale.verified_until ? format_day(*scale.verified_until) : std::string());
    auto made = form.take(action);
    if (number != 0) made["form_title"] = texts.say(language, "set_up.scale.change_title");
    if (number != 0) made["submit"] = texts.say(language, "set_up.scale.change_button");
    return made;
}

} // namespace kringwerk::network
