// SPDX-License-Identifier: EUPL-1.2
// What comes after the questions: the first tablet, and two sheets for the printer.
#include "app/first/pages.hpp"
#include "platform/page/qr.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/array.hpp>

namespace kringwerk::app::first {
namespace {

namespace json = boost::json;

json::array put_off(const Come& come) {
    json::array rows;
    for (const auto& row : all_steps()) {
        if (come.progress.of(row.step) == State::done) continue;
        rows.push_back(
            json::object{{"later_words", come.say("begin." + std::string(row.code) + ".question")},
                         {"later_url", url_of(row.step)}});
    }
    return rows;
}

/// A form that another room takes: this browser, or another one, becomes a device of the centre.
json::object pair_form(const Come& come, std::string_view what, std::string_view title) {
    people::PersonForm form(come.site().texts, come.language, what, nullptr);
    form.text("name", come.say("begin.done.tablet_name"));
    if (what == "pair_this") form.goes_on();
    auto made = form.take("/centra/" + come.progress.centre->slug + "/apparaten");
    made["form_title"] = come.say(title);
    return made;
}

json::object layout(const Come& come, std::string_view heading) {
    auto data = people::layout_of(come.site(), come.request, come.say(heading), true);
    data["heading"] = come.say(heading);
    return data;
}

/// A line of the recovery sheet: when it is needed, and what to type.
json::object remedy(const Come& come, std::string_view code, const std::string& command) {
    const auto& premises = come.with.premises;
    return {{"remedy_words", come.say("begin.sheet." + std::string(code))},
            {"command", shell_word(premises.program) + " " + command + " --data " +
                            shell_word(premises.folder)}};
}

} // namespace

http::Response done_page(const Come& come) {
    const auto& centre = *come.progress.centre;
    const auto later = put_off(come);
    auto data = layout(come, later.empty() ? "begin.done.heading" : "begin.done.almost");
    data["stepper"] = stepper_of(come.site().texts, come.language, come.progress, std::nullopt);
    data["intro"] = come.say("begin.done.intro", {{"centre", centre.name}});
    data["later"] = later;
    data["may_end"] = !come.progress.over();
    data["this_browser"] = pair_form(come, "pair_this", "begin.done.this_browser");
    data["other_browser"] = pair_form(come, "pair", "begin.done.other_browser");
    data["desk_url"] = "/centra/" + centre.slug + "/balie";
    put_tablet(data, come.site(), come.with.premises.tablet, come.language);
    return shown(come, "done", data, false);
}

http::Response proof_page(const Come& come) {
    auto data = layout(come, "begin.proof.heading");
    data["centre_name"] = come.progress.centre->name;
    data["back_url"] = url_of(Step::machines);
    data["day"] = show_day_in_words(come.language, local_day(come.request.received));
    const auto code = page::qr_svg("KRINGWERK-PROEF", come.say("begin.proof.code"));
    data["code"] = code ? *code : std::string();
    return shown(come, "proof", data, false);
}

http::Response sheet_page(const Come& come) {
    const auto& premises = come.with.premises;
    auto data = layout(come, "begin.sheet.heading");
    data["centre_name"] = come.progress.centre->name;
    data["day"] = show_day(come.language, local_day(come.request.received));
    data["address"] =
        (come.request.secure ? "https://" : "http://") + std::string(come.request.header("host"));
    data["folder"] = premises.folder;
    data["start"] = shell_word(premises.program) + " serve --data " + shell_word(premises.folder);
    const auto mail = " --email " + come.say("begin.sheet.your_mail");
    const auto name = " --name " + come.say("begin.sheet.your_name");
    data["remedies"] = json::array{remedy(come, "forgotten", "admin reset-password" + mail),
                                   remedy(come, "locked", "admin unlock" + mail),
                                   remedy(come, "nobody", "admin create" + name + mail)};
    const auto copy = shell_word(premises.folder + "-kopie");
    data["copy"] = "cp -a " + shell_word(premises.folder) + " " + copy;
    data["check_copy"] = shell_word(premises.program) + " verify --data " + copy;
    return shown(come, "sheet", data, false);
}

} // namespace kringwerk::app::first
