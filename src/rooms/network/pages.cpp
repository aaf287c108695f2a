// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/pages.hpp"

#include "base/words.hpp"
#include "rooms/network/centre_for.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace kringwerk::network {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_name = 120;
constexpr std::array<std::string_view, 3> field_names{"name", "municipality", "place"};

/// What the form says, as a row without id and slug. Refuses "network.wrong_fields" with the
/// fields: "network.name_needed", "network.municipality_needed", "network.place_needed",
/// "network.name_too_long".
Result<CentreRow> parse_centre(const http::Form& form) {
    CentreRow centre;
    centre.name = trimmed(form.value_or_empty("name"));
    centre.municipality = trimmed(form.value_or_empty("municipality"));
    centre.place = trimmed(form.value_or_empty("place"));
    Refusal refusal{"network.wrong_fields", {}, {}};
    for (const auto name : field_names) {
        const auto typed = trimmed(form.value_or_empty(name));
        const std::string field(name);
        if (typed.empty()) {
            refusal.fields.push_back({field, "network." + field + "_needed", {}});
        } else if (typed.size() > longest_name) {
            refusal.fields.push_back({field, "network.name_too_long", {}});
        }
    }
    if (!refusal.fields.empty()) return refuse(std::move(refusal));
    return centre;
}

http::Response form_page(const people::Site& site, const http::Request& request,
                         const http::Form& typed, const std::optional<Refusal>& refusal) {
    const auto language = http::language_of(request);
    const auto say = [&](std::string_view code) { return site.texts.say(language, code); };
    json::array fields;
    json::array errors;
    for (const auto name : field_names) {
        const std::string text = "new_centre." + std::string(name);
        json::object field{{"is_text", true},
                           {"id", name},
                           {"name", name},
                           {"label", say(text)},
                           {"value", typed.value_or_empty(name)}};
        if (site.texts.has(language, text + "_hint")) field["hint"] = say(text + "_hint");
        for (const auto& wrong : refusal ? refusal->fields : std::vector<FieldRefusal>{}) {
            if (wrong.field != name) continue;
            const auto words = site.texts.say(language, Refusal{wrong.code, wrong.arguments, {}});
            field["error"] = words;
            errors.push_back(json::object{{"field_id", name}, {"error", words}});
        }
        fields.push_back(std::move(field));
    }
    auto title = say("new_centre.heading");
    if (refusal) title = site.texts.say(language, "form.error_title", {{"title", title}});
    auto data = people::layout_of(site, request, title, true);
    data["nav"] = "centres";
    data["breadcrumb"] =
        json::array{json::object{{"label", say("nav.centres")}, {"url", "/centra"}},
                    json::object{{"label", say("new_centre.heading")}}};
    data["form"] = json::object{{"form_title", say("new_centre.question")},
                                {"action", request.target},
                                {"submit", say("new_centre.button")},
                                {"errors", std::move(errors)},
                                {"fields", std::move(fields)}};
    return http::html(site.pages.render_page(language, "rooms/network/pages/new-centre", data),
                      refusal ? 400 : 200);
}

http::Response show(const people::Site& site, const http::Request& request) {
    if (auto stop = stop_others(site, request, "new_centre.not_allowed")) return std::move(*stop);
    return form_page(site, request, {}, std::nullopt);
}

Task<http::Response> add(people::Site site, const http::Request& request) {
    if (auto stop = stop_others(site, request, "new_centre.not_allowed"))
        co_return std::move(*stop);
    const auto form = request.form();
    if (!form) co_return http::problem(request, 400, form.error());
    const auto centre = parse_centre(*form);
    if (!centre) co_return form_page(site, request, *form, centre.error());
    const auto added = co_await site.store.write(
        [&](Transaction& tx) { return add_centre(tx, *centre, request.received); });
    if (!added) co_return form_page(site, request, *form, added.error());
    co_return http::see_other("/centra/" + added->slug + "/balie");
}

} // namespace

http::Routes page_routes(const people::Site& site) {
    return {
        {http::Method::get, "/centra/nieuw",
         http::at_once([site](const http::Request& request) { return show(site, request); })},
        {http::Method::post, "/centra/nieuw",
         [site](const http::Request& request) { return add(site, request); }},
    };
}

} // namespace kringwerk::network
