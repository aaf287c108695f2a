// SPDX-License-Identifier: EUPL-1.2
#include "app/staff_app.hpp"

#include "base/embedded.hpp"

namespace kringwerk::app {
namespace {

http::Handler file(std::string_view path, std::string_view type) {
    const auto found = embedded(path);
    if (!found) return {};
    return http::at_once([content = *found, type](const http::Request&) {
        http::Response response;
        response.content_type = type;
        response.fixed_body = content;
        // The service worker looks for a new version each time that there is network.
        response.with("Cache-Control", "no-cache");
        response.with("Service-Worker-Allowed", "/app");
        return response;
    });
}

} // namespace

http::Routes staff_app_routes() {
    const auto shell = file("web/dist/app.html", "text/html; charset=utf-8");
    const auto worker = file("web/dist/sw.js", "text/javascript; charset=utf-8");
    const auto manifest = file("web/dist/app.webmanifest", "application/manifest+json");
    if (!shell || !worker || !manifest) return {};
    return {
        {http::Method::get, "/app", shell},
        {http::Method::get, "/app/{place}", shell},
        {http::Method::get, "/app/sw.js", worker},
        {http::Method::get, "/app/manifest.webmanifest", manifest},
    };
}

} // namespace kringwerk::app
