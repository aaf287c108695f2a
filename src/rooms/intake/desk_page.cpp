// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/desk_page.hpp"

#include "base/words.hpp"
#include "rooms/intake/questions.hpp"
#include "rooms/ledger/ledger.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

constexpr std::int64_t most_recent = 10;

/// One page on its way.
struct Page {
    const Desk& desk;
    const http::Request& request;
    const Visit& visit;
    const Shown& shown;
    Words words;
    Snapshot& view;
};

std::string booking_url(const Page& page, std::int64_t sequence) {
    return "/centra/" + page.visit.centre.slug + "/boekingen/" + std::to_string(sequence);
}

/// The form that reverses one booking, filled in so far.
std::string undo_url(const Page& page, const ledger::Movement& movement) {
    if (movement.reverses || movement.closes) return {};
    const auto& form = row_of(FormName::reverse);
    if (!may_use(page.visit, form)) return {};
    if (ledger::reversal_of(page.view, movement.centre, movement.id)) return {};
    const auto url = form_url(page.request, page.visit.centre, form);
    return url + (url.find('?') == url.npos ? "?" : "&") +
           "boeking=" + std::to_string(movement.sequence);
}

json::array tiles_of(const Page& page) {
    json::array tiles;
    for (const auto& form : all_forms()) {
        if (!may_use(page.visit, form)) continue;
        tiles.push_back(
            json::object{{"icon", form.icon},
                         {"label", page.words.say("desk." + std::string(form.code) + ".name")},
                         {"tile_url", form_url(page.request, page.visit.centre, form)},
                         {"current", form.name == page.shown.form}});
    }
    return tiles;
}

/// What the booking to be reversed was, said above its form.
std::string note_of(const Page& page, const FormRow& form) {
    const auto note = page.words.say_if_there("desk." + std::string(form.code) + ".note");
    if (form.name != FormName::reverse) return note;
    const auto number = parse_whole(answer(page.shown.answers, "booking")).value_or(0);
    const auto movement = ledger::movement(page.view, page.visit.centre.id, number);
    if (!movement) return note;
    const auto amount = page.words.amount(*movement);
    return page.words.what(*movement) + (amount.empty() ? "" : ", " + amount);
}

void put_form(const Page& page, json::object& data) {
    const auto& form = row_of(page.shown.form);
    const auto text = "desk." + std::string(form.code);
    if (!may_use(page.visit, form)) {
        data["nothing"] = page.words.say("desk.not_granted");
        return;
    }
    FormFields fields(page.words, page.shown.answers, page.shown.refusal,
                      network::registered(page.view, page.visit.centre));
    const Asking asking{page.view, page.words, page.visit.centre.id, page.desk.categories,
                        local_day(page.request.received)};
    if (!ask(asking, form.name, fields)) {
        data["nothing"] = page.words.say(text + ".nothing");
        return;
    }
    // A form that comes back keeps its id: what was refused was not booked.
    auto id = std::string(answer(page.shown.answers, "id"));
    const bool used = page.shown.refusal && page.shown.refusal->code == "intake.already_sent";
    if (used || !parse_uuid(id)) id = format_uuid(new_uuid7(page.request.received));
    json::object shown{{"form_title", page.words.say(text + ".question")},
                       {"form_note", note_of(page, form)},
                       {"action", form_url(page.request, page.visit.centre, form)},
                       {"submit", page.words.say(text + ".button")},
                       {"submit_class", form.name == FormName::close_month ? "stop" : "go"},
                       {"hidden", json::array{json::object{{"name", "id"}, {"value", id}}}},
                       {"errors", fields.errors()}};
    shown["fields"] = fields.take();
    data["form"] = std::move(shown);
}

void put_done(const Page& page, json::object& data) {
    if (page.request.query_value("klopt")) {
        data["done"] = json::object{{"words", page.words.say("desk.count_agrees")}};
        return;
    }
    const auto number = parse_whole(page.request.query_value("gedaan").value_or("")).value_or(0);
    const auto movement = ledger::movement(page.view, page.visit.centre.id, number);
    if (!movement) return;
    const auto amount = page.words.amount(*movement);
    const bool again = page.request.query_value("al").has_value();
    auto words = page.words.what(*movement) + (amount.empty() ? "" : ", " + amount) + ".";
    if (again) words += " " + page.words.say("desk.counts_once");
    data["done"] = json::object{{"words", words},
                                {"undo_url", undo_url(page, *movement)},
                                {"booking_url", booking_url(page, movement->sequence)}};
}

json::array recent_of(const Page& page) {
    json::array recent;
    const auto head = ledger::head(page.view, page.visit.centre.id);
    if (!head) return recent;
    const auto today = local_day(page.request.received);
    auto movements = ledger::movements_after(
        page.view, page.visit.centre.id, std::max<std::int64_t>(head->sequence - most_recent, 0),
        most_recent);
    std::reverse(movements.begin(), movements.end());
    for (const auto& movement : movements) {
        if (local_day(movement.booked_at) != today) continue;
        recent.push_back(json::object{
            {"when", format_clock(movement.booked_at)},
            {"what", page.words.what(movement)},
            {"recent_amount", page.words.amount(movement)},
            {"recent_url", booking_url(page, movement.sequence)},
            {"recent_undo_url", undo_url(page, movement)},
            {"recent_undone",
             ledger::reversal_of(page.view, movement.centre, movement.id).has_value()}});
    }
    return recent;
}

} // namespace

std::string form_url(const http::Request& request, const network::CentreRow& centre,
                     const FormRow& form) {
    auto url = "/centra/" + centre.slug + "/balie/" + std::string(form.path);
    if (request.query_value("taal") || request.query_value("lang")) {
        url += "?taal=" + std::string(code_of(http::language_of(request)));
    }
    return url;
}

bool may_use(const Visit& visit, const FormRow& form) {
    const auto& caller = visit.caller;
    const auto centre = visit.centre.id;
    if (form.name == FormName::close_month && !caller.may(people::Right::close_month, centre)) {
        return false;
    }
    return caller.may_post(ledger::Ways::built_in().kind(form.kind).number, centre);
}

namespace {

/// The other pages of this centre, for who may use them.
void put_neighbours(const Visit& visit, json::object& data) {
    const auto put = [&](people::Right right, std::string_view name, std::string_view path) {
        if (!visit.caller.may(right, visit.centre.id)) return;
        data[name] = "/centra/" + visit.centre.slug + "/" + std::string(path);
    };
    put(people::Right::read, "gate_url", "poort");
    put(people::Right::see_people, "people_url", "mensen");
    put(people::Right::manage_devices, "devices_url", "apparaten");
    put(people::Right::manage_devices, "scales_url", "weegschalen");
    put(people::Right::see_audit, "trail_url", "spoor");
    put(people::Right::manage_centre, "set_up_url", "inrichten");
}

} // namespace

http::Response desk_page(const Desk& desk, const http::Request& request, const Visit& visit,
                         const Shown& shown) {
    const auto language = http::language_of(request);
    const Words words(desk.site.texts, language);
    const auto title = words.say("desk." + std::string(row_of(shown.form).code) + ".name");
    auto data = people::layout_of(desk.site, request,
                                  {visit.centre.name, visit.centre.slug, title,
                                   words.say("desk.name"), shown.refusal.has_value()});
    data["heading"] = words.say("desk.heading", {{"centre", visit.centre.name}});
    put_neighbours(visit, data);
    data["may_add_centres"] = visit.caller.may_in_network(people::Right::manage_network);
    desk.site.store.read([&](Snapshot& view) {
        const Page page{desk, request, visit, shown, words, view};
        data["tiles"] = tiles_of(page);
        data["begins"] = desk.begins && desk.begins(view, visit.caller, visit.centre.id);
        put_form(page, data);
        if (!shown.refusal) put_done(page, data);
        data["recent"] = recent_of(page);
        return true;
    });
    return http::html(desk.site.pages.render_page(language, "rooms/intake/pages/desk", data),
                      shown.refusal ? 400 : 200);
}

} // namespace kringwerk::intake
