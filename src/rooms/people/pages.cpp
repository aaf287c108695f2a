// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/pages.hpp"

#include "platform/http/encoding.hpp"
#include "rooms/people/people.hpp"

#include <algorithm>

namespace kringwerk::people {
namespace json = boost::json;

bool sent_from_here(const http::Request& request) {
    // Browsers say it themselves, but only over https and on this machine; elsewhere Origin tells.
    const auto site = request.header("sec-fetch-site");
    if (!site.empty()) return site == "same-origin" || site == "none";
    const auto origin = request.header("origin");
    const auto host = request.header("host");
    if (host.empty()) return false;
    return origin == "https://" + std::string(host) ||
           (!request.secure && origin == "http://" + std::string(host));
}

http::Response lead_to_sign_in(const http::Request& request) {
    const bool looked = request.method == http::Method::get || request.method == http::Method::head;
    return http::see_other("/aanmelden?verder=" +
                           http::percent_encoded(looked ? request.target : request.path));
}

json::object layout_of(const Site& site, const http::Request& request, std::string_view title,
                       bool signed_in) {
    const auto other = http::language_of(request) == Language::nl ? Language::en : Language::nl;
    json::object data{{"title", title},
                      {"other_url", page::in_language(request.target, other)},
                      {"nav", ""},
                      {"network", site.network},
                      {"demo", site.demo},
                      {"noindex", true},
                      {"signed_in", signed_in}};
    auto warning = signed_in && site.warning ? site.warning(request) : std::nullopt;
    if (warning) data["warning"] = json::array{*std::move(warning)};
    return data;
}

json::object layout_of(const Site& site, const http::Request& request, const CentrePage& page) {
    const auto language = http::language_of(request);
    std::string title(page.heading);
    if (page.refused) title = site.texts.say(language, "form.error_title", {{"title", title}});
    auto data = layout_of(site, request, title, true);
    data["nav"] = "centres";
    data["breadcrumb"] = json::array{
        json::object{{"label", site.texts.say(language, "nav.centres")}, {"url", "/centra"}},
        json::object{{"label", page.centre_name}, {"url", "/centra/" + std::string(page.slug)}},
        json::object{{"label", page.crumb}}};
    data["heading"] = page.heading;
    return data;
}

http::Response stopped(const Site& site, const http::Request& request, int status,
                       std::string_view words_code) {
    const auto language = http::language_of(request);
    const bool absent = status == 404;
    const auto* const title = !absent              ? "error.not_allowed_title"
                              : words_code.empty() ? "error.not_found_title"
                                                   : "error.gone_title";
    auto data = layout_of(site, request, site.texts.say(language, title), false);
    data[absent ? "not_found" : "not_allowed"] = true;
    data["title_words"] = site.texts.say(language, title);
    // Who is signed in already gets no further by doing it again.
    if (!absent && !caller_of_request(site.store, request)) {
        data["sign_in_url"] = "/aanmelden?verder=" + http::percent_encoded(request.path);
    }
    if (!words_code.empty()) data["words"] = site.texts.say(language, words_code);
    return http::html(site.pages.render_page(language, "platform/page/pages/error", data), status);
}

std::string local_path(std::string_view address, std::string_view otherwise) {
    const auto unsafe = [](char sign) {
        return static_cast<unsigned char>(sign) <= ' ' || sign == '\\' || sign == 0x7F;
    };
    const bool local = address.starts_with('/') && !address.starts_with("//") &&
                       address.size() <= 500 &&
                       std::none_of(address.begin(), address.end(), unsafe);
    return std::string(local ? address : otherwise);
}

} // namespace kringwerk::people
