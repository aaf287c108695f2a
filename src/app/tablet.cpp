// SPDX-License-Identifier: EUPL-1.2
#include "app/tablet.hpp"

#include "base/words.hpp"
#include "platform/page/qr.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <memory>

namespace kringwerk::app {
namespace {

namespace json = boost::json;

bool is_loopback(std::string_view name) {
    return name.starts_with("127.") || name == "::1" || name == "localhost";
}

bool is_any(std::string_view address) { return address == "0.0.0.0" || address == "::"; }

bool is_ip6(std::string_view name) { return name.find(':') != name.npos; }

bool is_ip4(std::string_view name) {
    return !name.empty() && name.find_first_not_of("0123456789.") == name.npos;
}

/// True when somebody else finds a listener at `address` under `name`.
bool reaches(std::string_view address, std::string_view name) {
    if (is_loopback(name) || name.find('*') != name.npos) return false;
    if (is_ip6(name)) return address == "::" || address == name;
    if (is_ip4(name)) return is_any(address) || address == name;
    return name.find('.') != name.npos; // a bare name is known to this machine alone
}

/// The lower, the more likely that a tablet gets there. Addresses of 172.16 and up are often those
/// of software on this machine that plays network.
int distance_of(std::string_view name, bool names_first) {
    if (name.starts_with("192.168.")) return 1;
    if (name.starts_with("10.")) return 2;
    if (is_ip4(name)) return 3;
    if (is_ip6(name)) return 5;
    return names_first ? 0 : 4;
}

std::string url_of(const std::string& name, std::uint16_t port) {
    const auto host = is_ip6(name) ? "[" + name + "]" : name;
    return "https://" + host + (port == 443 ? "" : ":" + std::to_string(port));
}

json::object data_of(const people::Site& site, const TabletAccess& access,
                     const http::Request& request) {
    const auto language = http::language_of(request);
    auto data = people::layout_of(site, request, site.texts.say(language, "tablet.title"), false);
    data["description"] = site.texts.say(language, "tablet.intro");
    put_tablet(data, site, access, language);
    return data;
}

http::Response file(std::string content, std::string_view type, std::string_view name) {
    http::Response response;
    response.content_type = type;
    response.body = std::move(content);
    response.with("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
    response.with("Cache-Control", "no-cache");
    return response;
}

} // namespace

TabletAccess tablet_access(std::string_view address, std::uint16_t port,
                           std::span<const std::string> names, std::optional<Trust> trust) {
    TabletAccess access;
    access.trust = std::move(trust);
    access.reach = is_loopback(address) ? Reach::this_machine : Reach::house;
    if (access.reach == Reach::this_machine) return access;
    std::vector<std::string> found;
    for (const auto& name : names) {
        if (reaches(address, name)) found.push_back(name);
    }
    std::ranges::stable_sort(
        found, {}, [&](const std::string& name) { return distance_of(name, !access.trust); });
    for (const auto& name : found) access.urls.push_back(url_of(name, port));
    return access;
}

void put_tablet(json::object& data, const people::Site& site, const TabletAccess& access,
                Language language) {
    data["off"] = access.reach == Reach::nobody;
    data["this_machine"] = access.reach == Reach::this_machine;
    data["unknown"] = access.reach == Reach::house && access.urls.empty();
    if (access.urls.empty()) return;
    const auto url = access.urls.front() + "/tablet";
    json::array others;
    for (std::size_t i = 1; i < access.urls.size(); ++i) {
        others.push_back(json::value(access.urls[i] + "/tablet"));
    }
    json::object way{{"tablet_url", url}, {"app_url", access.urls.front() + "/app"}};
    const auto code = page::qr_svg(url, site.texts.say(language, "tablet.qr", {{"url", url}}));
    if (code) way["qr"] = *code;
    way["others"] = std::move(others);
    if (access.trust) way["trust"] = json::object{{"fingerprint", access.trust->fingerprint}};
    way["trusted"] = !access.trust;
    data["way"] = std::move(way);
}

http::Routes tablet_routes(const people::Site& site, const TabletAccess& given) {
    const auto access = std::make_shared<const TabletAccess>(given);
    const auto page = [site, access](const http::Request& request) {
        return http::html(site.pages.render_page(http::language_of(request), "app/pages/tablet",
                                                 data_of(site, *access, request)));
    };
    const auto absent = [](const http::Request& request) {
        return http::problem(request, 404, Refusal{"serve.nothing_to_trust", {}, {}});
    };
    const auto crt = [access, absent](const http::Request& request) {
        if (!access->trust) return absent(request);
        return file(access->trust->der, "application/x-x509-ca-cert", "kringwerk.crt");
    };
    const auto profile = [access, absent](const http::Request& request) {
        if (!access->trust) return absent(request);
        return file(access->trust->mobileconfig, "application/x-apple-aspen-config",
                    "kringwerk.mobileconfig");
    };
    using enum http::Method;
    return {{get, "/tablet", http::at_once(page)},
            {get, "/tablet/kringwerk.crt", http::at_once(crt)},
            {get, "/tablet/kringwerk.mobileconfig", http::at_once(profile)}};
}

} // namespace kringwerk::app
