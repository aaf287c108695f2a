// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/pages.hpp"

#include "base/words.hpp"
#include "platform/http/encoding.hpp"
#include "rooms/people/people.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace kringwerk::people {
namespace {

namespace json = boost::json;

constexpr std::chrono::hours cookie_lasts{12};
constexpr http::Limits sign_in_limits{4096, std::chrono::seconds(10), 20};

json::object sign_in_form(const Site& site, Language language, std::string_view onwards,
                          const std::optional<Refusal>& refusal) {
    const auto say = [&](std::string_view code) { return site.texts.say(language, code); };
    json::object field{{"is_secret", true},
                       {"id", "token"},
                       {"name", "token"},
                       {"label", say("sign_in.key")},
                       {"hint", say("sign_in.key_hint")}};
    json::array errors;
    if (refusal) {
        const auto words = site.texts.say(language, *refusal);
        field["error"] = words;
        errors.push_back(json::object{{"field_id", "token"}, {"error", words}});
    }
    return {{"form_title", say("sign_in.your_key")},
            {"action", "/aanmelden"},
            {"submit", say("sign_in.action")},
            {"submit_class", "main"},
            {"hidden", json::array{json::object{{"name", "verder"}, {"value", onwards}}}},
            {"errors", std::move(errors)},
            {"fields", json::array{std::move(field)}}};
}

http::Response sign_in_page(const Site& site, const http::Request& request,
                            std::string_view onwards, const std::optional<Refusal>& refusal,
                            int status) {
    const auto language = http::language_of(request);
    auto title = site.texts.say(language, "sign_in.heading");
    if (refusal) title = site.texts.say(language, "form.error_title", {{"title", title}});
    auto data = layout_of(site, request, title, false);
    data["form"] = sign_in_form(site, language, onwards, refusal);
    return http::html(site.pages.render_page(language, "rooms/people/pages/sign-in", data), status);
}

http::Response sign_in(const Site& site, const http::Request& request) {
    if (!sent_from_here(request)) return stopped(site, request, 403, "error.other_site");
    const auto form = request.form();
    if (!form) return http::problem(request, 400, form.error());
    const auto onwards = local_path(form->value_or_empty("verder"), "/centra");
    const auto token = trimmed(form->value_or_empty("token"));
    const auto caller = site.store.read([&](Snapshot& view) { return caller_of(view, token); });
    if (!caller) {
        const auto code = token.empty() ? "people.key_needed" : "people.key_unknown";
        return sign_in_page(site, request, onwards, Refusal{code, {}, {}}, 400);
    }
    auto answer = http::see_other(onwards);
    http::set_cookie(answer, request, session_cookie, token, cookie_lasts);
    return answer;
}

} // namespace

http::Routes page_routes(const Site& site) {
    const auto show = [site](const http::Request& request) {
        const auto onwards = local_path(request.query_value("verder").value_or(""), "/centra");
        return sign_in_page(site, request, onwards, std::nullopt, 200);
    };
    const auto enter = [site](const http::Request& request) { return sign_in(site, request); };
    const auto leave = [site](const http::Request& request) {
        if (!sent_from_here(request)) return stopped(site, request, 403, "error.other_site");
        auto answer = http::see_other("/");
        http::set_cookie(answer, request, session_cookie, "", std::chrono::seconds(0));
        return answer;
    };
    return {
        {http::Method::get, "/aanmelden", http::at_once(show)},
        {http::Method::post, "/aanmelden", http::at_once(enter), sign_in_limits},
        {http::Method::post, "/afmelden", http::at_once(leave), sign_in_limits},
    };
}

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
    return {{"title", title},
            {"other_url", page::in_language(request.target, other)},
            {"nav", ""},
            {"network", site.network},
            {"demo", site.demo},
            {"noindex", true},
            {"signed_in", signed_in}};
}

http::Response stopped(const Site& site, const http::Request& request, int status,
                       std::string_view words_code) {
    const auto language = http::language_of(request);
    const bool absent = status == 404;
    auto data = layout_of(
        site, request,
        site.texts.say(language, absent ? "error.not_found_title" : "error.not_allowed_title"),
        false);
    data[absent ? "not_found" : "not_allowed"] = true;
    data["sign_in_url"] = "/aanmelden?verder=" + http::percent_encoded(request.path);
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
