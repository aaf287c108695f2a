// SPDX-License-Identifier: EUPL-1.2
// The devices that people of a centre share: which there are, and how a browser becomes one.
#include "base/words.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/devices.hpp"
#include "rooms/people/events.hpp"
#include "rooms/people/form.hpp"
#include "rooms/people/links.hpp"
#include "rooms/people/sections.hpp"

#include <algorithm>
#include <cstdlib>

namespace kringwerk::people {
namespace {

namespace json = boost::json;

constexpr http::Limits pairing_limits{4096, std::chrono::seconds(10), 20};
constexpr std::chrono::hours device_lasts{24 * 400}; // the longest that browsers keep a cookie
constexpr std::string_view app_address = "/app";

void keep_key(http::Response& answer, const http::Request& request, std::string_view key) {
    http::set_cookie(answer, request, device_cookie, key, device_lasts);
}

json::array device_chips(const Visit& visit, const Device& device) {
    constexpr std::int64_t minute = 60'000;
    constexpr std::int64_t tolerable = 2 * minute;
    const auto number = [&](std::int64_t value) { return show_whole(visit.language, value); };
    json::array chips;
    if (device.blocked_at) {
        return {chip("stop", visit.say("device.blocked"))};
    }
    if (device.missing() > 0) {
        chips.push_back(
            chip("stop", visit.say("device.missing", {{"number", number(device.missing())}})));
    }
    if (device.wiped_at) {
        chips.push_back(
            chip("stop", visit.say("device.wiped",
                                   {{"moment", show_moment(visit.language, *device.wiped_at)}})));
    }
    if (device.waiting > 0) {
        chips.push_back(
            chip("wait", visit.say("device.waiting", {{"number", number(device.waiting)}})));
    }
    if (std::abs(device.offset_ms) > tolerable) {
        // The server's clock minus the device's: above zero the device is behind.
        const auto code = device.offset_ms > 0 ? "device.clock_behind" : "device.clock_ahead";
        const auto minutes = number(std::abs(device.offset_ms) / minute);
        chips.push_back(chip("wait", visit.say(code, {{"minutes", minutes}})));
    }
    if (chips.empty()) chips.push_back(chip("ok", visit.say("device.fine")));
    return chips;
}

Line device_line(const Visit& visit, const Device& device) {
    Line line{device.name};
    line.note = visit.say("device.seen", {{"moment", show_moment(visit.language, device.seen_at)}});
    if (device.waiting > 0 && device.oldest_at.ms > 0) {
        line.note += " " + visit.say("device.oldest",
                                     {{"moment", show_moment(visit.language, device.oldest_at)}});
    }
    line.chips = device_chips(visit, device);
    const auto number = std::to_string(device.device);
    if (device.blocked_at) {
        line.buttons.push_back(line_button(visit.address("apparaten"), "unblock_device", "device",
                                           number, visit.say("device.unblock")));
        return line;
    }
    line.links.push_back(line_link(visit.address("apparaten") + "?naam=" + number + "#rename",
                                   visit.say("device.rename")));
    line.links.push_back(
        line_link(visit.address("apparaten") + "?blokkeer=" + number + "#block_device",
                  visit.say("device.block")));
    return line;
}

enum class DeviceState { open, blocked };

/// The device that an address or a form names, when its door is so.
std::optional<Device> device_named(Snapshot& view, const Visit& visit, std::string_view number,
                                   DeviceState state = DeviceState::open) {
    const auto asked = parse_whole(number);
    for (auto& device : devices(view, *visit.centre())) {
        const auto is = device.blocked_at ? DeviceState::blocked : DeviceState::open;
        if (asked && device.device == *asked && is == state) return std::move(device);
    }
    return std::nullopt;
}

/// The number of the device that a form is about: the one that came back, or the one asked for.
std::string number_for(const Visit& visit, const CameBack* back, std::string_view what,
                       std::string_view query) {
    if (back && back->what == what) return std::string(back->form.value_or_empty("device"));
    return std::string(visit.request.query_value(query).value_or(""));
}

json::array device_forms(const Visit& visit, Snapshot& view, const CameBack* back) {
    const auto& texts = visit.desk.site.texts;
    const auto action = visit.address("apparaten");
    json::array forms;
    if (const auto device = device_named(view, visit, number_for(visit, back, "rename", "naam"))) {
        PersonForm form(texts, visit.language, "rename", back);
        form.text("name", device->name);
        form.hidden("device", std::to_string(device->device));
        forms.push_back(form.take(action, {{"name", device->name}}));
    }
    if (const auto device =
            device_named(view, visit, number_for(visit, back, "block_device", "blokkeer"))) {
        PersonForm form(texts, visit.language, "block_device", back);
        form.hidden("device", std::to_string(device->device));
        form.stops();
        forms.push_back(form.take(action, {{"name", device->name}}));
    }
    PersonForm pair(texts, visit.language, "pair", back);
    pair.text("name", "");
    forms.push_back(pair.take(action));
    PersonForm pair_this(texts, visit.language, "pair_this", back);
    pair_this.text("name", "");
    forms.push_back(pair_this.take(action));
    return forms;
}

http::Response devices_page(const Visit& visit, const CameBack* back) {
    auto data = layout_of(visit, visit.say("device.heading", {{"centre", visit.place->name}}),
                          "apparaten", back != nullptr);
    data["intro"] = visit.say("device.intro");
    const auto done = "device.done." + std::string(visit.request.query_value("klaar").value_or(""));
    if (!back && visit.desk.site.texts.has(visit.language, done)) data["done"] = visit.say(done);
    data["sections"] = visit.desk.site.store.read([&](Snapshot& view) {
        Section made{"list", visit.say("device.list")};
        made.none = visit.say("device.none");
        for (const auto& device : devices(view, *visit.centre())) {
            made.lines.push_back(device_line(visit, device));
        }
        made.forms = device_forms(visit, view, back);
        return json::array{made.take()};
    });
    return http::html(
        visit.desk.site.pages.render_page(visit.language, "rooms/people/pages/sections", data),
        back ? 400 : 200);
}

Event device_event(const Visit& visit, std::string_view what, std::string_view about) {
    Event event;
    event.centre = visit.centre();
    event.at = visit.request.received;
    event.what = what;
    event.by = visit.caller.person;
    event.about = about;
    return event;
}

/// What a form about devices does. Refuses "people.no_such_task", "people.no_such_device",
/// "people.device_name_needed". Gives the code of a link or the key of a new device.
Result<std::string> change_devices(Transaction& tx, const Visit& visit, const http::Form& form) {
    const auto what = form.value_or_empty("what");
    const auto name = trimmed(form.value_or_empty("name"));
    const auto centre = *visit.centre();
    const auto now = visit.request.received;
    if (what == "pair") {
        if (!is_device_name(name)) return refuse("people.device_name_needed");
        Link link;
        link.purpose = LinkPurpose::device;
        link.centre = centre;
        link.name = name;
        note(tx, device_event(visit, "device-offered", name));
        return make_link(tx, std::move(link), now);
    }
    if (what == "pair_this") {
        auto key = add_device(tx, centre, name, now);
        if (key) note(tx, device_event(visit, "device-paired", name));
        return key;
    }
    if (what == "unblock_device") {
        const auto blocked =
            device_named(tx, visit, form.value_or_empty("device"), DeviceState::blocked);
        if (!blocked) return refuse("people.no_such_device");
        unblock_device(tx, centre, blocked->device);
        note(tx, device_event(visit, "device-unblocked", blocked->name));
        return std::string();
    }
    if (what != "rename" && what != "block_device") return refuse("people.no_such_task");
    const auto device = device_named(tx, visit, form.value_or_empty("device"));
    if (!device) return refuse("people.no_such_device");
    if (what == "block_device") {
        block_device(tx, centre, device->device, now);
        note(tx, device_event(visit, "device-blocked", device->name));
        return std::string();
    }
    const auto renamed = rename_device(tx, centre, device->device, name);
    if (!renamed) return refuse(renamed.error());
    note(tx, device_event(visit, "device-renamed", name));
    return std::string();
}

/// The address that a tablet opens to be paired. It needs https; whoever asks without it, from the
/// server's own machine perhaps, knows an address that is of no use to a tablet.
std::string pairing_address(const Visit& visit, std::string_view code) {
    const auto at = visit.desk.tablets_at ? visit.desk.tablets_at() : std::string();
    if (visit.request.secure || at.empty()) return link_address(visit.request, "/apparaat", code);
    return at + "/apparaat?code=" + std::string(code);
}

http::Response after_devices(const Visit& visit, const http::Form& form, const std::string& made) {
    const std::string what(form.value_or_empty("what"));
    const auto name = trimmed(form.value_or_empty("name"));
    if (what == "pair") {
        return link_page(visit, "apparaten", pairing_address(visit, made), "device.link_made",
                         {{"name", std::string(name)}});
    }
    const bool here = what == "pair_this";
    auto answer = http::see_other(here ? std::string(app_address)
                                       : visit.address("apparaten") + "?klaar=" + what);
    if (here) keep_key(answer, visit.request, made);
    return answer;
}

Task<http::Response> take_devices(Desk desk, const http::Request& request) {
    const auto came = visit_with_form(desk, request, Scope::centre, Right::manage_devices);
    if (const auto* const answer = std::get_if<http::Response>(&came)) co_return *answer;
    const auto& here = std::get<Visit>(came);
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const auto change = [&](Transaction& tx) { return change_devices(tx, here, *form); };
    const auto made = co_await desk.site.store.write(change);
    if (made) co_return after_devices(here, *form, *made);
    auto refusal = made.error();
    if (refusal.code == "people.no_such_task") co_return http::problem(request, 400, refusal);
    if (refusal.code == "people.device_name_needed") {
        refusal = {"fields.wrong", {}, {{"name", refusal.code, {}}}};
    }
    const CameBack back{std::string(form->value_or_empty("what")), *form, refusal};
    co_return devices_page(here, &back);
}

/// A link that makes the browser which opens it a device, with the centre's name.
struct Pairing {
    Link link;
    Place place;
};

Result<Pairing> pairing_of(const Desk& desk, Snapshot& view, std::string_view code, Instant now) {
    const auto link = link_of(view, code, now);
    if (!link) return refuse(link.error());
    const auto place = link->centre && link->purpose == LinkPurpose::device
                           ? desk.place(view, *link->centre)
                           : std::nullopt;
    if (!place) return refuse("people.link_unknown");
    return Pairing{*link, *place};
}

http::Response no_pairing(const Site& site, const http::Request& request, const Refusal& refusal) {
    return stopped(site, request, 404, "refusal." + refusal.code);
}

http::Response show_pairing(const Desk& desk, const http::Request& request) {
    const auto& site = desk.site;
    const auto language = http::language_of(request);
    const auto code = request.query_value("code").value_or("");
    const auto pairing = site.store.read(
        [&](Snapshot& view) { return pairing_of(desk, view, code, request.received); });
    if (!pairing) return no_pairing(site, request, pairing.error());
    const TextArguments named{{"name", pairing->link.name}, {"centre", pairing->place.name}};
    PersonForm form(site.texts, language, "become_device", nullptr);
    form.hidden("code", code);
    auto data = layout_of(site, request, site.texts.say(language, "device.become"), false);
    data["heading"] = site.texts.say(language, "device.become");
    data["form"] = form.take("/apparaat", named);
    return http::html(site.pages.render_page(language, "rooms/people/pages/welcome", data));
}

Result<std::string> pair_by_link(const Desk& desk, Transaction& tx, std::string_view code,
                                 Instant now) {
    const auto pairing = pairing_of(desk, tx, code, now);
    if (!pairing) return refuse(pairing.error());
    const auto used = use_link(tx, code, now);
    if (!used) return refuse(used.error());
    auto key = add_device(tx, pairing->place.id, used->name, now);
    if (!key) return key;
    Event event;
    event.centre = pairing->place.id;
    event.at = now;
    event.what = "device-paired";
    event.about = used->name;
    note(tx, event);
    return key;
}

Task<http::Response> take_pairing(Desk desk, const http::Request& request) {
    const auto& site = desk.site;
    if (!sent_from_here(request)) co_return stopped(site, request, 403, "error.other_site");
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const auto pair = [&](Transaction& tx) {
        return pair_by_link(desk, tx, form->value_or_empty("code"), request.received);
    };
    const auto key = co_await site.store.write(pair);
    if (!key) co_return no_pairing(site, request, key.error());
    auto answer = http::see_other(app_address);
    keep_key(answer, request, *key);
    co_return answer;
}

http::Response show_devices(const Desk& desk, const http::Request& request) {
    const auto came = visit(desk, request, Scope::centre, Right::manage_devices);
    if (const auto* const answer = std::get_if<http::Response>(&came)) return *answer;
    return devices_page(std::get<Visit>(came), nullptr);
}

} // namespace

http::Routes device_routes(const Desk& desk) {
    return {
        {http::Method::get, "/centra/{centre}/apparaten",
         http::at_once(
             [desk](const http::Request& request) { return show_devices(desk, request); })},
        {http::Method::post, "/centra/{centre}/apparaten",
         [desk](const http::Request& request) { return take_devices(desk, request); }},
        {http::Method::get, "/apparaat", http::at_once([desk](const http::Request& request) {
             return show_pairing(desk, request);
         }),
         pairing_limits},
        {http::Method::post, "/apparaat",
         [desk](const http::Request& request) { return take_pairing(desk, request); },
         pairing_limits},
    };
}

} // namespace kringwerk::people
