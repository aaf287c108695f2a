// SPDX-License-Identifier: EUPL-1.2
// What was done with accounts, roles, devices and exports, newest first.
#include "rooms/people/accounts.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/devices.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/rights.hpp"

#include <boost/json/array.hpp>

#include <map>

namespace kringwerk::people {
namespace {

namespace json = boost::json;

constexpr std::int64_t most_events = 200;

/// The names behind the numbers of events, each looked up once.
class Names {
  public:
    Names(const Visit& visit, Snapshot& view) : visit_(visit), view_(view) {}

    std::string of(PersonId id) {
        if (id.value == 0) return visit_.say("trail.program");
        const auto known = names_.find(id.value);
        if (known != names_.end()) return known->second;
        const auto found = person(view_, id);
        return names_[id.value] = found ? found->name : visit_.say("trail.forgotten");
    }

  private:
    const Visit& visit_;
    Snapshot& view_;
    std::map<std::int64_t, std::string> names_;
};

/// What an event was about: a role by its name, anything else as it was noted.
std::string about_of(const Visit& visit, const Event& event) {
    const auto role = parse_role(event.about);
    return role ? visit.say("role." + event.about) : event.about;
}

json::object event_line(const Visit& visit, Names& names, const Event& event) {
    const auto code = "event." + event.what;
    const auto words = visit.desk.site.texts.has(visit.language, code)
                           ? visit.say(code, {{"by", names.of(event.by)},
                                              {"person", names.of(event.about_person)},
                                              {"about", about_of(visit, event)}})
                           : event.what;
    return {{"event_moment", show_moment(visit.language, event.at)}, {"event_words", words}};
}

http::Response show_trail(const Desk& desk, const http::Request& request, Scope scope) {
    const auto came = visit(desk, request, scope, Right::see_audit);
    if (const auto* const answer = std::get_if<http::Response>(&came)) return *answer;
    const auto& here = std::get<Visit>(came);
    const auto heading = here.place ? here.say("trail.heading", {{"centre", here.place->name}})
                                    : here.say("trail.heading_network");
    auto data = layout_of(here, heading, "spoor");
    data["events"] = desk.site.store.read([&](Snapshot& view) {
        json::array lines;
        Names names(here, view);
        for (const auto& event : events(view, here.centre(), most_events)) {
            lines.push_back(event_line(here, names, event));
        }
        return lines;
    });
    return http::html(desk.site.pages.render_page(here.language, "rooms/people/pages/trail", data));
}

} // namespace

http::Routes trail_routes(const Desk& desk) {
    const auto of_centre = [desk](const http::Request& request) {
        return show_trail(desk, request, Scope::centre);
    };
    const auto of_network = [desk](const http::Request& request) {
        return show_trail(desk, request, Scope::network);
    };
    return {{http::Method::get, "/centra/{centre}/spoor", http::at_once(of_centre)},
            {http::Method::get, "/spoor", http::at_once(of_network)}};
}

} // namespace kringwerk::people
