// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/counter_set.hpp"

#include "base/hash.hpp"
#include "rooms/intake/elsewhere.hpp"
#include "rooms/intake/gate_store.hpp"
#include "rooms/intake/words.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/array.hpp>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

json::value or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array list_of(std::span<const std::string_view> codes) {
    json::array list;
    for (const auto code : codes) list.emplace_back(code);
    return list;
}

json::value pin_json(const std::optional<people::PinCheck>& pin) {
    if (!pin) return nullptr;
    return json::object{
        {"salt", hex(pin->salt)}, {"hash", hex(pin->hash)}, {"rounds", people::PinCheck::rounds}};
}

/// The role that says most, of those that hold here: the last in the order of the rights table.
json::object person_json(const people::Person& person, CentreId centre) {
    const auto caller = people::caller_for(person);
    json::array rights;
    for (const auto& row : people::all_rights()) {
        if (caller.may(row.right, centre)) rights.emplace_back(row.code);
    }
    return {{"id", person.id.value},
            {"name", person.name},
            {"role", people::code_of(caller.role_at(centre))},
            {"rights", std::move(rights)},
            {"pin", pin_json(person.pin)}};
}

json::array people_json(Snapshot& view, CentreId centre) {
    json::array list;
    std::set<people::PersonId> known;
    for (const auto& group :
         {people::people_of_centre(view, centre), people::people_of_network(view)}) {
        for (const auto& person : group) {
            if (person.blocked_at || !known.insert(person.id).second) continue;
            list.push_back(person_json(person, centre));
        }
    }
    return list;
}

json::array streams_json(const Texts& texts, const network::Registered& registered) {
    json::array list;
    for (const auto& row : ledger::all_streams()) {
        if (!registered.offers(row.key)) continue;
        const auto code = "key." + std::string(row.code);
        list.push_back(
            json::object{{"code", row.code},
                         {"name_nl", texts.say(Language::nl, code)},
                         {"name_en", texts.say(Language::en, code)},
                         {"icon", row.key == ledger::mixed ? "handbag" : icon_of(row.key)}});
    }
    return list;
}

/// One of the network's own has its names and its stream only.
json::object category_json(const network::NetworkCategory& category) {
    json::object shown{{"number", category.id.value},
                       {"code", "own-" + std::to_string(category.id.value)},
                       {"stream", ledger::code_of(category.stream)},
                       {"name_nl", category.names.nl},
                       {"name_en", category.names.en},
                       {"icon", icon_of(category.stream)},
                       {"grams", nullptr},
                       {"hazards", json::array{}},
                       {"stop", nullptr}};
    if (const auto* const line = category.built_in) {
        shown["code"] = line->code;
        shown["icon"] = line->icon;
        if (line->grams) shown["grams"] = line->grams->value;
        shown["hazards"] = list_of(line->hazards);
        shown["stop"] = or_null(line->stop);
    }
    return shown;
}

json::array categories_json(Snapshot& view, Day day) {
    json::array list;
    for (const auto& category : network::categories_on(view, day)) {
        if (category.offered) list.push_back(category_json(category));
    }
    return list;
}

json::array advice_json(const std::vector<network::Advice>& advices) {
    json::array list;
    for (const auto& advice : advices) {
        list.push_back(json::object{{"code", advice.code},
                                    {"name_nl", advice.name_nl},
                                    {"name_en", advice.name_en},
                                    {"what_to_do_nl", advice.what_to_do_nl},
                                    {"what_to_do_en", advice.what_to_do_en}});
    }
    return list;
}

json::array tares_json(Snapshot& view, CentreId centre, Day day) {
    json::array list;
    for (const auto& tare : network::tares(view, centre)) {
        if (tare.retired_at || tare.valid_from > day) continue;
        list.push_back(json::object{{"number", tare.number},
                                    {"name", tare.name},
                                    {"kind", network::code_of(tare.kind)},
                                    {"grams", tare.grams.value}});
    }
    return list;
}

json::array scales_json(Snapshot& view, CentreId centre) {
    json::array list;
    for (const auto& scale : network::scales(view, centre)) {
        if (scale.retired_at) continue;
        list.push_back(json::object{{"number", scale.number},
                                    {"name", scale.name},
                                    {"place", scale.place},
                                    {"most_g", scale.most.value},
                                    {"step_g", scale.step.value}});
    }
    return list;
}

json::array reasons_json() {
    json::array list;
    for (const auto& reason : refusal_reasons()) {
        list.push_back(json::object{{"code", reason.code}, {"icon", reason.icon}});
    }
    return list;
}

json::object settings_json(Snapshot& view, CentreId centre) {
    const auto setting = gate_setting(view, centre);
    return {{"pin_hours", pin_hours},
            {"resident_check", code_of(setting.check)},
            {"quota_per_year", setting.quota}};
}

} // namespace

json::object counter_set(Snapshot& view, const people::Device& device, const people::Site& site,
                         Instant now) {
    const auto centre = network::centre(view, device.centre);
    ensure(centre.has_value(), "a device stands in a centre");
    const auto registered = network::registered(view, *centre);
    const auto& tables = network::Catalogue::built_in().tables();
    const auto today = local_day(now);
    return {{"network", site.network},
            {"demo", site.demo},
            {"centre", json::object{{"id", centre->id.value},
                                    {"slug", centre->slug},
                                    {"name", centre->name},
                                    {"place", centre->place}}},
            {"device", json::object{{"number", device.device}, {"name", device.name}}},
            {"settings", settings_json(view, device.centre)},
            {"people", people_json(view, device.centre)},
            {"streams", streams_json(site.texts, registered)},
            {"categories", categories_json(view, today)},
            {"hazards", advice_json(tables.hazards)},
            {"stops", advice_json(tables.stops)},
            {"tares", tares_json(view, device.centre, today)},
            {"scales", scales_json(view, device.centre)},
            {"refusal_reasons", reasons_json()},
            {"vehicles", list_of(vehicles())},
            {"visit_reasons", list_of(visit_reasons())},
            {"elsewhere", elsewhere_json(view, *centre, registered, today)}};
}

} // namespace kringwerk::intake
