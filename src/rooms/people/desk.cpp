// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/desk.hpp"

#include "platform/http/encoding.hpp"
#include "platform/page/qr.hpp"
#include "rooms/people/rights.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>

namespace kringwerk::people {
namespace {

namespace json = boost::json;

struct Neighbour {
    std::string_view page;
    Right right;
};
constexpr std::array<Neighbour, 4> neighbours{{{"mensen", Right::see_people},
                                               {"apparaten", Right::manage_devices},
                                               {"spoor", Right::see_audit},
                                               {"back-ups", Right::manage_network}}};

/// The pages beside this one that the visitor may open. Devices belong to a centre, backups to
/// none.
json::array neighbour_links(const Visit& visit, std::string_view page) {
    json::array links;
    for (const auto& each : neighbours) {
        if (!visit.may(each.right) || (!visit.place && each.page == "apparaten")) continue;
        if (visit.place && each.page == "back-ups") continue;
        links.push_back(json::object{{"label", visit.say("crew.page." + std::string(each.page))},
                                     {"url", visit.address(each.page)},
                                     {"current", each.page == page}});
    }
    if (visit.caller.person.value != 0) {
        links.push_back(json::object{
            {"label", visit.say("crew.page.account")}, {"url", "/account"}, {"current", false}});
    }
    return links;
}

Task<std::optional<PinCheck>> stretched_by(SecretPool& secrets, std::string pin) {
    if (pin.empty()) co_return std::nullopt;
    const auto made = std::make_shared<PinCheck>();
    const auto stretch = [pin, made] {
        *made = make_pin(pin);
        return true;
    };
    std::ignore = co_await secrets.check(stretch);
    co_return *made;
}

/// Such an address means the device that opens it, not this server.
bool leads_to_this_computer(std::string_view address) {
    address.remove_prefix(std::min(address.find("://") + 3, address.size()));
    return address.starts_with("127.") || address.starts_with("localhost") ||
           address.starts_with("[::1]");
}

} // namespace

std::optional<CentreId> Visit::centre() const {
    return place ? std::optional(place->id) : std::nullopt;
}

bool Visit::may(Right right) const {
    return place ? caller.may(right, place->id) : caller.may_in_network(right);
}

std::string Visit::address(std::string_view page) const {
    return (place ? "/centra/" + place->slug : std::string()) + "/" + std::string(page);
}

std::variant<Visit, http::Response> visit(const Desk& desk, const http::Request& request,
                                          Scope scope, Right right) {
    std::optional<Place> place;
    if (scope == Scope::centre) {
        place = desk.site.store.read(
            [&](Snapshot& view) { return desk.place_by_slug(view, request.parameter("centre")); });
        if (!place) return stopped(desk.site, request, 404);
    }
    auto caller = caller_of_request(desk.site.store, request);
    if (!caller) return lead_to_sign_in(request);
    Visit found{desk, request, http::language_of(request), std::move(place), std::move(*caller)};
    if (!found.may(right)) return stopped(desk.site, request, 403, "crew.not_allowed");
    return found;
}

std::variant<Visit, http::Response> visit_with_form(const Desk& desk, const http::Request& request,
                                                    Scope scope, Right right) {
    auto found = visit(desk, request, scope, right);
    if (std::holds_alternative<Visit>(found) && !sent_from_here(request)) {
        return stopped(desk.site, request, 403, "error.other_site");
    }
    return found;
}

http::Routes page_routes(const Desk& desk) {
    http::Routes all;
    for (const auto& part : {sign_in_routes, welcome_routes, account_routes, crew_routes,
                             device_routes, trail_routes}) {
        for (auto& route : part(desk)) all.push_back(std::move(route));
    }
    return all;
}

json::object layout_of(const Visit& visit, std::string_view title, std::string_view page,
                       bool refused) {
    auto words = std::string(title);
    if (refused) words = visit.say("form.error_title", {{"title", words}});
    auto data = layout_of(visit.desk.site, visit.request, words, true);
    data["heading"] = title;
    data["nav"] = "centres";
    json::array trail;
    if (!visit.place) {
        trail.push_back(json::object{{"label", visit.say("crew.network")}, {"url", "/centra"}});
    } else {
        trail.push_back(json::object{{"label", visit.say("nav.centres")}, {"url", "/centra"}});
        trail.push_back(
            json::object{{"label", visit.place->name}, {"url", "/centra/" + visit.place->slug}});
    }
    trail.push_back(json::object{{"label", visit.say("crew.page." + std::string(page))}});
    data["breadcrumb"] = std::move(trail);
    data["neighbours"] = neighbour_links(visit, page);
    return data;
}

std::string link_address(const http::Request& request, std::string_view page,
                         std::string_view code) {
    return (request.secure ? "https://" : "http://") + std::string(request.header("host")) +
           std::string(page) + "?code=" + std::string(code);
}

json::object shown_link(const Site& site, Language language, std::string address,
                        std::string words) {
    const auto picture = page::qr_svg(address, site.texts.say(language, "crew.link_qr"));
    const bool only_here = leads_to_this_computer(address);
    return {{"made_only_here", only_here},
            {"made_url", std::move(address)},
            {"made_qr", picture ? *picture : std::string()},
            {"made_words", std::move(words)},
            {"made_note", site.texts.say(language, "crew.link_once")}};
}

http::Response link_page(const Visit& visit, std::string_view page, std::string address,
                         std::string_view words_code, const TextArguments& arguments) {
    const auto code = std::string(words_code);
    auto data = layout_of(visit, visit.say(code + ".title", arguments), page);
    data["made"] = shown_link(visit.desk.site, visit.language, std::move(address),
                              visit.say(code + ".words", arguments));
    data["back_url"] = visit.address(page);
    return http::html(
        visit.desk.site.pages.render_page(visit.language, "rooms/people/pages/link", data));
}

std::string role_sentence(const Texts& texts, Language language, Role role) {
    const auto grant = grant_of(role, std::nullopt);
    std::vector<std::string> rights;
    for (const auto& row : all_rights()) {
        if (!grant.rights.test(static_cast<std::size_t>(row.right))) continue;
        rights.push_back(texts.say(language, "right." + std::string(row.code)));
    }
    auto list = rights.empty() ? std::string() : rights.front();
    for (std::size_t i = 1; i < rights.size(); ++i) {
        const bool last = i + 1 == rights.size();
        list = last ? texts.say(language, "crew.and", {{"first", list}, {"last", rights[i]}})
                    : list + ", " + rights[i];
    }
    return texts.say(
        language, "crew.role_sentence",
        {{"role", texts.say(language, "role." + std::string(code_of(role)))}, {"rights", list}});
}

std::string show_moment(Language language, Instant moment) {
    return show_day(language, local_day(moment)) + " " + format_clock(moment);
}

Pending<std::string> hash_of(SecretPool& secrets, std::string password) {
    return secrets.make([password = std::move(password)] { return hash_password(password); });
}

Task<std::optional<PinCheck>> pin_of(SecretPool& secrets, std::string pin) {
    return stretched_by(secrets, std::move(pin));
}

} // namespace kringwerk::people
