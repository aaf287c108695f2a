// SPDX-License-Identifier: EUPL-1.2
#include "app/first/pages.hpp"

#include "rooms/network/municipalities.hpp"
#include "rooms/network/register.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace kringwerk::app::first {
namespace {

namespace json = boost::json;

std::string_view code_of(State state) {
    return state == State::done ? "done" : state == State::later ? "later" : "open";
}

int number_of(Step step) { return static_cast<int>(step) + 1; }

std::string text_of(Step step, std::string_view part) {
    return "begin." + std::string(row_of(step).code) + "." + std::string(part);
}

/// Where "Back" leads; the first manager is asked once only.
std::string url_before(Step step) {
    return step <= Step::centre ? std::string()
                                : url_of(static_cast<Step>(static_cast<int>(step) - 1));
}

/// What the form shows before anybody typed: what the centre is called and where it stands.
void put_centre_fields(const Come& come, network::SetUpForm& form) {
    network::CentreRow row;
    network::Registered known;
    if (come.progress.centre) {
        row = *come.progress.centre;
        known =
            come.site().store.read([&](Snapshot& view) { return network::registered(view, row); });
    }
    form.text("name", row.name);
    form.text("postcode", known.address.postcode);
    form.text("place", row.place);
    form.text("municipality", row.municipality, "municipalities");
}

} // namespace

std::string url_of(Step step) { return "/begin/" + std::string(row_of(step).path); }

std::string url_of_next(const Progress& far) {
    const auto next = far.next();
    return next ? url_of(*next) : std::string("/begin/klaar");
}

json::object stepper_of(const Texts& texts, Language language, const Progress& progress,
                        std::optional<Step> now) {
    json::array steps;
    for (const auto& row : all_steps()) {
        const bool current = row.step == now;
        const auto state = progress.of(row.step);
        const bool open = progress.centre || row.step == Step::centre;
        steps.push_back(json::object{
            {"step_words", texts.say(language, text_of(row.step, "step"))},
            {"step_state", current ? "now" : code_of(state)},
            {"step_now", current},
            {"step_done", state == State::done && !current},
            {"step_url", row.path.empty() || current || !open ? std::string() : url_of(row.step)}});
    }
    auto words = texts.say(language, "begin.all_asked");
    if (now) {
        words = texts.say(
            language, "begin.step",
            {{"number", std::to_string(number_of(*now))}, {"all", std::to_string(step_count)}});
    }
    return {{"steps_name", texts.say(language, "begin.steps")},
            {"steps_words", words},
            {"steps", std::move(steps)}};
}

json::object stepper_of_manager(Language language) {
    Progress before;
    auto made = stepper_of(Texts::built_in(), language, before, Step::manager);
    for (auto& step : made.at("steps").as_array()) step.as_object()["step_url"] = "";
    return made;
}

json::object frame_of(const Come& come, Step step, bool refused) {
    const auto heading = come.say(text_of(step, "question"));
    auto title = heading;
    if (refused) title = come.say("form.error_title", {{"title", title}});
    auto data = people::layout_of(come.site(), come.request, title, true);
    data["stepper"] = stepper_of(come.site().texts, come.language, come.progress, step);
    data["heading"] = heading;
    data["intro"] = come.say(text_of(step, "intro"));
    data["action"] = url_of(step);
    data["back_url"] = url_before(step);
    data["may_wait"] = row_of(step).may_wait;
    return data;
}

http::Response shown(const Come& come, std::string_view page, const json::object& data,
                     bool refused) {
    const auto path = "app/pages/begin-" + std::string(page);
    return http::html(come.site().pages.render_page(come.language, path, data),
                      refused ? 400 : 200);
}

http::Response centre_page(const Come& come, const std::optional<network::Returned>& returned) {
    const bool refused = returned.has_value();
    auto data = frame_of(come, Step::centre, refused);
    network::SetUpForm form(come.site().texts, come.language, "first_centre", returned);
    put_centre_fields(come, form);
    auto made = form.take(url_of(Step::centre));
    made["submit_class"] = "go";
    data["form"] = std::move(made);
    json::array names;
    for (const auto& row : network::municipalities()) names.push_back(json::value(row.name));
    data["municipalities"] = std::move(names);
    return shown(come, "centre", data, refused);
}

http::Response blocks_page(const Come& come, const std::optional<Refusal>& refusal) {
    auto data = frame_of(come, Step::blocks, refusal.has_value());
    const auto known = come.site().store.read(
        [&](Snapshot& view) { return network::registered(view, *come.progress.centre).blocks; });
    json::array tiles;
    for (const auto code : network::block_codes()) {
        const auto block = network::parse_block(code).value();
        if (block > network::Block::repair) break; // firms and government stand beside a centre
        const auto there = [&](const auto& row) { return row.block == block; };
        tiles.push_back(json::object{{"block_code", code},
                                     {"icon", network::icon_of(block)},
                                     {"block_words", come.say("block." + std::string(code))},
                                     {"block_note", come.say("begin.block." + std::string(code))},
                                     {"chosen", !refusal && std::ranges::any_of(known, there)}});
    }
    data["tiles"] = std::move(tiles);
    data["go_form"] = "answer";
    if (refusal) data["wrong"] = come.say(*refusal);
    return shown(come, "blocks", data, refusal.has_value());
}

http::Response crew_page(const Come& come, const people::CameBack* back) {
    auto data = frame_of(come, Step::crew, back != nullptr);
    people::PersonForm form(come.site().texts, come.language, "first_worker", back);
    form.text("name", "");
    form.pin("pin");
    form.goes_on();
    data["form"] = form.take(url_of(Step::crew));
    json::array there;
    const auto crew = come.site().store.read(
        [&](Snapshot& view) { return people::people_of_centre(view, come.progress.centre->id); });
    for (const auto& person : crew) there.push_back(json::value(person.name));
    data["there"] = std::move(there);
    data["people_url"] = "/centra/" + come.progress.centre->slug + "/mensen";
    return shown(come, "crew", data, back != nullptr);
}

http::Response books_page(const Come& come) {
    auto data = frame_of(come, Step::books, false);
    const auto& premises = come.with.premises;
    const auto folder = shell_word(premises.folder + "-oefenen");
    const auto program = shell_word(premises.program);
    data["practise"] = json::array{
        json::value(program + " demo --data " + folder),
        json::value(program + " serve --data " + folder + " --port 8081 --secure-port 0")};
    data["folder"] = premises.folder;
    return shown(come, "books", data, false);
}

std::string start_of(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return std::string(text.substr(0, most));
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789/._-+:@";
    if (!text.empty() && text.find_first_not_of(harmless) == text.npos) return std::string(text);
    std::string quoted = "'";
    for (const char sign : text) {
        if (sign == '\'') quoted += "'\\'";
        quoted += sign;
    }
    return quoted + "'";
}

} // namespace kringwerk::app::first
