// SPDX-License-Identifier: EUPL-1.2
#include "rooms/monitor/data.hpp"
#include "rooms/monitor/pages.hpp"

namespace kringwerk::monitor {

using http::Method;

namespace {

/// A page of fixed words: what Kringwerk is, accessibility, privacy.
http::Route words_page(Monitor& monitor, std::string pattern, std::string template_name) {
    auto answer = [&monitor, template_name](const http::Request& request) {
        const PageOf page(monitor, request);
        return page.answer(template_name, page.start(page.say("page." + template_name), ""));
    };
    return {Method::get, std::move(pattern), http::at_once(answer)};
}

} // namespace

http::Routes routes(Monitor& monitor) {
    using Page = http::Response (*)(Monitor&, const http::Request&);
    const auto get = [&monitor](std::string pattern, Page page) {
        auto answer = [&monitor, page](const http::Request& request) {
            return page(monitor, request);
        };
        return http::Route{Method::get, std::move(pattern), http::at_once(answer)};
    };
    // A hash is looked for along whole chains, so nobody may ask for it without end.
    auto search = get("/zoek", search_page);
    search.limits.requests_per_minute = 60;
    return {
        get("/", home_page),
        get("/cijfers/{figure}", figure_page),
        get("/zo-rekenen-we", counting_page),
        get("/centra", centres_page),
        get("/centra/{centre}", centre_page),
        get("/centra/{centre}/dagen/{day}", day_page),
        get("/centra/{centre}/maanden/{month}", month_page),
        get("/centra/{centre}/boekingen", movements_page),
        get("/centra/{centre}/boekingen/{sequence}", movement_page),
        get("/dingen/{code}", item_page),
        std::move(search),
        words_page(monitor, "/over", "about"),
        words_page(monitor, "/toegankelijkheid", "accessibility"),
        words_page(monitor, "/privacy", "privacy"),
    };
}

namespace {

http::Response error_page(Monitor& monitor, const http::Request& request, int status,
                          std::string_view code) {
    const PageOf page(monitor, request);
    auto data = page.start(page.say("error." + std::string(code) + ".title"), "");
    data["noindex"] = true;
    data["not_found"] = status == 404;
    data["words"] = page.say("error." + std::string(code) + ".words");
    if (status >= 500) data["number"] = request.number;
    return page.answer("platform/page/pages/error", data, status);
}

} // namespace

http::Response not_here_page(Monitor& monitor, const http::Request& request, int status) {
    if (!http::wants_html(request) || request.path.starts_with("/api/")) {
        return http::problem(request, status,
                             {status == 405 ? "http.wrong_method" : "http.not_here", {}, {}});
    }
    return error_page(monitor, request, status, status == 405 ? "method" : "not_here");
}

http::Response broken_page(Monitor& monitor, const http::Request& request) {
    if (!http::wants_html(request) || request.path.starts_with("/api/")) {
        return http::problem(request, 500, {"http.broken", {{"number", request.number}}, {}});
    }
    return error_page(monitor, request, 500, "broke");
}

} // namespace kringwerk::monitor
