// SPDX-License-Identifier: EUPL-1.2
// Who works at a centre or in the network: the list, and a page for each person.
#include "base/words.hpp"
#include "rooms/people/crew_forms.hpp"
#include "rooms/people/rights.hpp"
#include "rooms/people/sections.hpp"

namespace kringwerk::people {
namespace {

namespace json = boost::json;

std::string address_of(const Visit& visit, PersonId id) {
    return visit.address("mensen") + "/" + std::to_string(id.value);
}

bool may_change(const Visit& visit) {
    return visit.may(visit.place ? Right::manage_people : Right::manage_network);
}

bool held_here(const Visit& visit, const RoleHeld& held) { return held.centre == visit.centre(); }

/// The roles that the visitor may give here; the first is offered.
std::vector<PersonForm::Option> offered_roles(const Visit& visit) {
    std::vector<PersonForm::Option> options;
    for (const auto& row : roles_of_people()) {
        const std::string code(row.code);
        if (row.of_network != !visit.place) continue;
        if (!may_give(visit.caller, {visit.centre(), row.role})) continue;
        options.push_back({code, visit.say("role." + code), options.empty()});
    }
    return options;
}

json::array state_chips(const Visit& visit, const Person& person) {
    json::array chips;
    if (person.blocked_at) chips.push_back(chip("stop", visit.say("crew.blocked")));
    if (person.locked_until > visit.request.received) {
        chips.push_back(chip("wait", visit.say("crew.locked")));
    }
    if (person.totp_on) chips.push_back(chip("ok", visit.say("crew.second_step")));
    chips.push_back(person.pin ? chip("plain", visit.say("crew.has_pin"))
                               : chip("plain", visit.say("crew.no_pin")));
    return chips;
}

std::string roles_in_words(const Visit& visit, const Person& person) {
    std::string words;
    for (const auto& held : person.roles) {
        if (!held_here(visit, held)) continue;
        if (!words.empty()) words += " ";
        words += role_sentence(visit.desk.site.texts, visit.language, held.role);
    }
    return words;
}

Section list_section(const Visit& visit, Snapshot& view) {
    const auto centre = visit.centre();
    Section made{"list", visit.say(centre ? "crew.list" : "crew.list_network")};
    made.none = visit.say("crew.nobody");
    for (const auto& person : centre ? people_of_centre(view, *centre) : people_of_network(view)) {
        Line line{person.name};
        line.url = address_of(visit, person.id);
        line.note = roles_in_words(visit, person);
        line.chips = state_chips(visit, person);
        made.lines.push_back(std::move(line));
    }
    return made;
}

/// "Gemaakt 3 dagen geleden, op 12-03-2027 11:36. Werkt tot 19-03-2027 11:36."
std::string age_of(const Visit& visit, const OpenLink& open) {
    const auto days = local_day(visit.request.received).number - local_day(open.made_at).number;
    const auto code = days == 0   ? "crew.invited_today"
                      : days == 1 ? "crew.invited_yesterday"
                                  : "crew.invited_before";
    return visit.say(code, {{"days", show_whole(visit.language, days)},
                            {"moment", show_moment(visit.language, open.made_at)},
                            {"end", show_moment(visit.language, open.link.ends_at)}});
}

/// Invitations that nobody used yet; the link itself stands nowhere.
Section invitation_section(const Visit& visit, Snapshot& view) {
    Section made{"invitations", visit.say("crew.invitations")};
    made.note = visit.say("crew.invitations_note");
    const auto open = open_links(view, LinkPurpose::invite, visit.centre(), visit.request.received);
    for (const auto& one : open) {
        const auto role = one.link.role.value();
        Line line{one.link.name};
        line.note = visit.say("role." + std::string(code_of(role))) + ". " + age_of(visit, one);
        if (may_change(visit) && may_give(visit.caller, {visit.centre(), role})) {
            line.buttons.push_back(line_button(visit.address("mensen"), "withdraw", "invitation",
                                               hex(one.hash), visit.say("crew.withdraw")));
        }
        made.lines.push_back(std::move(line));
    }
    return made;
}

std::string refusal_words(const Visit& visit, const CameBack& back) {
    return visit.desk.site.texts.say(visit.language, back.refusal);
}

json::array list_forms(const Visit& visit, const CameBack* back) {
    const auto roles = offered_roles(visit);
    const auto& texts = visit.desk.site.texts;
    PersonForm invitation(texts, visit.language, "invite", back);
    invitation.text("name", "");
    invitation.select("role", roles);
    json::array forms{invitation.take(visit.address("mensen"))};
    if (!visit.place) return forms; // who works in the network signs in
    PersonForm worker(texts, visit.language, "worker", back);
    worker.text("name", "");
    worker.select("role", roles);
    worker.pin("pin");
    forms.push_back(worker.take(visit.address("mensen")));
    return forms;
}

void add_done(const Visit& visit, json::object& data, const CameBack* back) {
    const auto done = "crew.done." + std::string(visit.request.query_value("klaar").value_or(""));
    if (!back && visit.desk.site.texts.has(visit.language, done)) data["done"] = visit.say(done);
}

http::Response list_page(const Visit& visit, const CameBack* back) {
    const auto heading = visit.place ? visit.say("crew.heading", {{"centre", visit.place->name}})
                                     : visit.say("crew.heading_network");
    auto data = layout_of(visit, heading, "mensen", back != nullptr);
    add_done(visit, data, back);
    auto [section, invitations] = visit.desk.site.store.read([&](Snapshot& view) {
        return std::pair(list_section(visit, view), invitation_section(visit, view));
    });
    if (may_change(visit)) section.forms = list_forms(visit, back);
    if (back && back->what == "withdraw") invitations.note = refusal_words(visit, *back);
    const bool shown = !invitations.lines.empty() || (back && back->what == "withdraw");
    data["sections"] = json::array{section.take()};
    if (shown) data["sections"].as_array().push_back(invitations.take());
    return http::html(
        visit.desk.site.pages.render_page(visit.language, "rooms/people/pages/sections", data),
        back ? 400 : 200);
}

Section role_section(const Visit& visit, const Person& person, const CameBack* back) {
    Section made{"roles", visit.say("crew.roles")};
    made.none = visit.say("crew.no_roles");
    const bool changes = may_change(visit);
    for (const auto& held : person.roles) {
        if (!held_here(visit, held)) continue;
        const std::string code(code_of(held.role));
        Line line{visit.say("role." + code)};
        line.note = role_sentence(visit.desk.site.texts, visit.language, held.role);
        if (changes && may_give(visit.caller, held)) {
            line.buttons.push_back(line_button(address_of(visit, person.id), "take_role", "role",
                                               code, visit.say("crew.take_role")));
        }
        made.lines.push_back(std::move(line));
    }
    if (!changes) return made;
    PersonForm form(visit.desk.site.texts, visit.language, "give_role", back);
    form.select("role", offered_roles(visit));
    made.forms.push_back(form.take(address_of(visit, person.id)));
    return made;
}

Section entry_section(const Visit& visit, const Person& person, const CameBack* back) {
    Section made{"entry", visit.say("crew.entry")};
    made.lines.push_back({person.email.empty() ? visit.say("crew.no_mail") : person.email});
    made.lines.back().chips = state_chips(visit, person);
    if (!may_change(visit)) return made;
    const auto action = address_of(visit, person.id);
    if (!may_manage(visit.caller, person)) {
        made.note = visit.say("crew.above_you");
        return made;
    }
    const auto& texts = visit.desk.site.texts;
    PersonForm pin(texts, visit.language, "pin", back);
    pin.pin("pin");
    made.forms.push_back(pin.take(action));
    if (!person.email.empty()) {
        PersonForm reset(texts, visit.language, "offer_reset", back);
        made.forms.push_back(reset.take(action));
    }
    PersonForm door(texts, visit.language, person.blocked_at ? "unblock" : "block", back);
    if (!person.blocked_at) door.stops();
    made.forms.push_back(door.take(action, {{"name", person.name}}));
    return made;
}

/// The person of the address, when that person works here.
std::optional<Person> person_of_address(const Visit& visit) {
    const auto number = parse_whole(visit.request.parameter("person"));
    if (!number) return std::nullopt;
    auto found =
        visit.desk.site.store.read([&](Snapshot& view) { return person(view, PersonId{*number}); });
    const auto here = [&] {
        for (const auto& held : found->roles) {
            if (held_here(visit, held)) return true;
        }
        return false;
    };
    return found && here() ? found : std::nullopt;
}

http::Response person_page(const Visit& visit, const Person& person, const CameBack* back) {
    auto data = layout_of(visit, person.name, "mensen", back != nullptr);
    add_done(visit, data, back);
    data["breadcrumb"].as_array().back().as_object()["url"] = visit.address("mensen");
    data["breadcrumb"].as_array().push_back(json::object{{"label", person.name}});
    data["sections"] = json::array{role_section(visit, person, back).take(),
                                   entry_section(visit, person, back).take()};
    return http::html(
        visit.desk.site.pages.render_page(visit.language, "rooms/people/pages/sections", data),
        back ? 400 : 200);
}

http::Response show_list(const Desk& desk, const http::Request& request, Scope scope) {
    const auto came = visit(desk, request, scope, Right::see_people);
    if (const auto* const answer = std::get_if<http::Response>(&came)) return *answer;
    return list_page(std::get<Visit>(came), nullptr);
}

http::Response show_person(const Desk& desk, const http::Request& request, Scope scope) {
    const auto came = visit(desk, request, scope, Right::see_people);
    if (const auto* const answer = std::get_if<http::Response>(&came)) return *answer;
    const auto& here = std::get<Visit>(came);
    const auto found = person_of_address(here);
    if (!found) return stopped(desk.site, request, 404, "refusal.people.no_such_person");
    return person_page(here, *found, nullptr);
}

/// Where somebody lands after a form was taken: at the link that it made, or at the page again.
http::Response after(const Visit& visit, std::string_view what, const CrewDone& done) {
    const bool reset = what == "offer_reset";
    if (!done.code.empty()) {
        return link_page(visit, "mensen", link_address(visit.request, "/welkom", done.code),
                         reset ? "crew.reset_made" : "crew.invite_made", {});
    }
    // Who lost a role may have lost the last one, and an invitation has no page.
    const bool gone = what == "worker" || what == "take_role" || what == "withdraw";
    const auto to = gone ? visit.address("mensen") : address_of(visit, done.person);
    return http::see_other(to + "?klaar=" + std::string(what));
}

Task<http::Response> take_crew_form(Desk desk, const http::Request& request, Scope scope,
                                    bool of_one) {
    const auto right = scope == Scope::centre ? Right::manage_people : Right::manage_network;
    const auto came = visit_with_form(desk, request, scope, right);
    if (const auto* const answer = std::get_if<http::Response>(&came)) co_return *answer;
    const auto& here = std::get<Visit>(came);
    const auto found = of_one ? person_of_address(here) : std::nullopt;
    if (of_one && !found) {
        co_return stopped(desk.site, request, 404, "refusal.people.no_such_person");
    }
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const std::string what(form->value_or_empty("what"));
    const auto come_back = [&](const Refusal& refusal) {
        if (refusal.code == "people.no_such_task") return http::problem(request, 400, refusal);
        const CameBack back{what == "take_role" ? "give_role" : what, *form, refusal};
        return found ? person_page(here, *found, &back) : list_page(here, &back);
    };
    const auto change = co_await read_crew_change(here, found ? found->id : PersonId{}, *form);
    if (!change) co_return come_back(change.error());
    const auto done = co_await desk.site.store.write(*change);
    if (!done) co_return come_back(done.error());
    co_return after(here, what, *done);
}

} // namespace

http::Routes crew_routes(const Desk& desk) {
    http::Routes routes;
    for (const auto& [scope, base] : {std::pair(Scope::centre, std::string("/centra/{centre}")),
                                      std::pair(Scope::network, std::string())}) {
        const auto list = [desk, scope = scope](const http::Request& request) {
            return show_list(desk, request, scope);
        };
        const auto one = [desk, scope = scope](const http::Request& request) {
            return show_person(desk, request, scope);
        };
        const auto to_list = [desk, scope = scope](const http::Request& request) {
            return take_crew_form(desk, request, scope, false);
        };
        const auto to_one = [desk, scope = scope](const http::Request& request) {
            return take_crew_form(desk, request, scope, true);
        };
        routes.push_back({http::Method::get, base + "/mensen", http::at_once(list)});
        routes.push_back({http::Method::post, base + "/mensen", to_list});
        routes.push_back({http::Method::get, base + "/mensen/{person}", http::at_once(one)});
        routes.push_back({http::Method::post, base + "/mensen/{person}", to_one});
    }
    return routes;
}

} // namespace kringwerk::people
