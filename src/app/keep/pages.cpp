// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/pages.hpp"

#include "rooms/people/sections.hpp"

namespace kringwerk::app::keep {
namespace {

namespace json = boost::json;
using people::chip;

constexpr std::size_t most_listed = 12;

/// What the whole page says in one line: well, or what is wrong.
people::Line verdict(const people::Visit& here, const Schedule& schedule,
                     const Standing& standing) {
    people::Line line;
    line.name = here.say("backups.last");
    line.note = standing.last_good ? people::show_moment(here.language, *standing.last_good)
                                   : here.say("backups.never");
    const auto* const words = !schedule.runs()     ? "backups.off"
                              : standing.running   ? "backups.running"
                              : standing.fault     ? "backups.failed"
                              : standing.missed    ? "backups.missed"
                              : standing.last_good ? "backups.fine"
                                                   : "backups.first";
    const auto* const tone = !schedule.runs()      ? "wait"
                             : standing.running    ? "info"
                             : standing.alarming() ? "stop"
                             : standing.last_good  ? "ok"
                                                   : "info";
    line.chips.push_back(chip(tone, here.say(words)));
    return line;
}

people::Line plain(std::string name, std::string note) {
    people::Line line;
    line.name = std::move(name);
    line.note = std::move(note);
    return line;
}

people::Section state_section(const people::Visit& here, const Schedule& schedule,
                              const Standing& standing) {
    people::Section section;
    section.id = "stand";
    section.title = here.say("backups.state");
    section.note = here.say(schedule.folder.empty()  ? "backups.how_to_begin"
                            : schedule.times.empty() ? "backups.by_hand"
                                                     : "backups.by_itself");
    section.lines.push_back(verdict(here, schedule, standing));
    if (standing.fault) {
        section.lines.push_back(plain(here.say("backups.what_went_wrong"),
                                      here.desk.site.texts.say(here.language, *standing.fault)));
    }
    if (standing.next) {
        section.lines.push_back(
            plain(here.say("backups.next"), people::show_moment(here.language, *standing.next)));
    }
    if (!schedule.folder.empty()) {
        section.lines.push_back(plain(here.say("backups.folder"), schedule.folder));
        section.lines.push_back(
            plain(here.say("backups.encryption"),
                  here.say(schedule.sealed ? "backups.sealed" : "backups.open")));
    }
    auto mail = plain(here.say("backups.mail"), standing.mail_fault.value_or(""));
    if (schedule.mail_server.empty())
        mail.note = here.say("backups.no_mail");
    else if (!standing.mail_fault)
        mail.note = here.say("backups.mail_fine");
    section.lines.push_back(std::move(mail));
    return section;
}

people::Section list_section(const people::Visit& here, const Standing& standing) {
    people::Section section;
    section.id = "lijst";
    section.title = here.say("backups.list");
    section.note = here.say("backups.list_note");
    section.none = here.say("backups.list_empty");
    for (const auto& id : standing.ids) {
        if (section.lines.size() == most_listed) break;
        const auto moment = moment_of(id);
        section.lines.push_back(
            plain(moment ? people::show_moment(here.language, *moment) : id, id));
    }
    return section;
}

http::Response show(const people::Desk& desk, const Watch& watch, const http::Request& request) {
    const auto came =
        people::visit(desk, request, people::Scope::network, people::Right::manage_network);
    if (const auto* const answer = std::get_if<http::Response>(&came)) return *answer;
    const auto& here = std::get<people::Visit>(came);
    const auto standing = watch.standing(request.received);
    auto data = people::layout_of(here, here.say("backups.heading"), "back-ups");
    data["intro"] = here.say("backups.intro");
    data["sections"] = json::array{state_section(here, watch.schedule(), standing).take(),
                                   list_section(here, standing).take()};
    return http::html(
        desk.site.pages.render_page(here.language, "rooms/people/pages/sections", data));
}

} // namespace

http::Routes routes(const people::Desk& desk, const Watch& watch) {
    const auto page = [desk, &watch](const http::Request& request) {
        return show(desk, watch, request);
    };
    return {{http::Method::get, "/back-ups", http::at_once(page)}};
}

std::optional<json::object> warning(Store& store, const Watch& watch,
                                    const http::Request& request) {
    if (!watch.alarming(request.received)) return std::nullopt;
    const auto caller = people::caller_of_request(store, request);
    if (!caller || !caller->may_in_network(people::Right::manage_network)) return std::nullopt;
    const auto standing = watch.standing(request.received);
    if (!standing.alarming()) return std::nullopt;
    const auto language = http::language_of(request);
    const auto& texts = Texts::built_in();
    const auto last = standing.last_good ? people::show_moment(language, *standing.last_good)
                                         : texts.say(language, "backups.never");
    const auto* const code = standing.fault ? "backups.warning_failed" : "backups.warning_missed";
    return json::object{{"words", texts.say(language, code, {{"last", last}})},
                        {"url", "/back-ups"}};
}

} // namespace kringwerk::app::keep
