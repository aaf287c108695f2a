// SPDX-License-Identifier: EUPL-1.2
#include "app/booking_testing.hpp"
#include "app/rooms.hpp"
#include "base/table.hpp"
#include "base/words.hpp"
#include "platform/http/answer.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/sessions.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

/// Every address × every role × own and other centre. access_table.csv says for each address what
/// it needs; reference/rights.csv says which role has that.
using namespace kringwerk;
using people::Role;

namespace {

/// A line of the table: who may do what an address does.
struct Line {
    std::string method;
    std::string pattern;
    std::string form;  ///< what is sent, when one address does several things
    std::string needs; ///< see access_table.csv
};

std::vector<Line> read_lines() {
    std::ifstream file(KRINGWERK_SOURCE_DIR "/src/app/access_table.csv");
    std::vector<Line> lines;
    for (std::string text; std::getline(file, text);) {
        if (text.empty() || text.starts_with('#')) continue;
        const auto cells = split(text, ';');
        REQUIRE_MESSAGE(cells.size() == 4, text);
        lines.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2]),
                         std::string(cells[3])});
    }
    return lines;
}

std::string_view word_of(http::Method method) {
    switch (method) {
    case http::Method::get:
        return "GET";
    case http::Method::post:
        return "POST";
    default:
        return "other";
    }
}

/// Somebody who asks.
struct Visitor {
    std::string name;
    std::string cookie;                   ///< whole; empty: none
    std::optional<people::Caller> caller; ///< who that is to the rooms
    bool device = false;                  ///< a registered device of the own centre
};

struct Network : people::testing::House {
    network::CentreRow own = add("Werkplaats Noord");
    network::CentreRow other = add("Werkplaats Zuid");
    app::Rooms rooms{*store, "Kringwerk", false};
    http::Routes routes = app::all_routes(rooms);
    http::Router router{routes};
    std::vector<Visitor> visitors = make_visitors();

    network::CentreRow add(std::string name) {
        network::CentreRow row;
        row.name = std::move(name);
        row.municipality = "Buren";
        row.place = "Maurik";
        const auto made =
            store->write([&](Transaction& tx) { return network::add_centre(tx, row, now); }).get();
        app::testing::book_something(*store, made->id, now);
        return *made;
    }
    std::vector<Visitor> make_visitors() {
        std::vector<Visitor> all{{"nobody", "", std::nullopt, false}};
        for (const auto& row : people::roles_of_people()) all.push_back(person(row));
        const auto key = store
                             ->write([&](Transaction& tx) {
                                 return people::add_device(tx, own.id, "tablet", now);
                             })
                             .get()
                             .value();
        all.push_back(
            {"device", std::string(people::device_cookie) + "=" + key, std::nullopt, true});
        return all;
    }
    Visitor person(const people::RoleRow& row) {
        return store
            ->write([&](Transaction& tx) {
                const auto id = people::add_person(tx, {std::string(row.code)}, now).value();
                people::give_role(tx, id, {own.id, row.role}, now);
                const auto session = people::start_session(tx, id, "test", now);
                return Visitor{std::string(row.code),
                               std::string(people::session_cookie) + "=" + session,
                               people::caller_for(*people::person(tx, id)), false};
            })
            .get();
    }

    /// What stands for a capture: something that is there.
    static std::string value_of(std::string_view capture, const network::CentreRow& centre,
                                std::string_view pattern) {
        static const std::map<std::string, std::string, std::less<>> values{
            {"day", "2027-03-12"},
            {"month", "2027-03"},
            {"sequence", "1"},
            {"form", "wegen"},
            {"figure", "verkocht"},
            {"code", "7K3F"},
            {"period", "2027-03-12"},
            {"device", "own"},
            {"number", "1"},
            {"place", "poort"},
            {"work", "token"},
            {"step", "doen"},
            {"person", "1"},
            {"category", "602"},
            {"id", "0190a000-0000-7000-8000-000000000001"},
            {"visit", "0190a000-0000-7000-8000-000000000001"}};
        if (capture == "centre") {
            return pattern.starts_with("/api/") || pattern.starts_with("/bon/")
                       ? std::to_string(centre.id.value)
                       : centre.slug;
        }
        const auto found = values.find(capture);
        REQUIRE_MESSAGE(found != values.end(), capture);
        return found->second;
    }
    static std::string path_of(std::string_view pattern, const network::CentreRow& centre) {
        std::string path;
        for (auto rest = pattern; !rest.empty();) {
            const auto open = rest.find('{');
            path += rest.substr(0, open);
            if (open == rest.npos) break;
            const auto close = rest.find('}');
            path += value_of(rest.substr(open + 1, close - open - 1), centre, pattern);
            rest.remove_prefix(close + 1);
        }
        return path;
    }

    http::Response ask(const Line& line, const Visitor& visitor, const network::CentreRow& centre,
                       std::string_view site = "same-origin") {
        http::Request request;
        request.method = line.method == "GET" ? http::Method::get : http::Method::post;
        request.target = request.path = path_of(line.pattern, centre);
        request.received = now;
        const bool api = line.pattern.starts_with("/api/");
        request.headers = {
            {"host", "balie.test"},
            {"sec-fetch-site", std::string(site)},
            {"accept", api ? "application/json" : "text/html"},
            {"content-type", api ? "application/json" : "application/x-www-form-urlencoded"}};
        if (!visitor.cookie.empty()) request.headers.emplace_back("cookie", visitor.cookie);
        request.body = api ? std::string("{}") : line.form;
        auto match = router.find(request.method, request.path);
        REQUIRE_MESSAGE(match.route != nullptr, line.pattern);
        REQUIRE_MESSAGE(match.route->pattern == line.pattern, request.path);
        request.parameters = std::move(match.captures);
        if (match.route->hidden_from && match.route->hidden_from(request)) {
            return http::plain("not for this visitor", 403); // who asks really finds nothing there
        }
        return wait_for(match.route->handler(request));
    }

    bool lets_in(const Line& line, const Visitor& visitor, const network::CentreRow& centre) {
        const auto answer = ask(line, visitor, centre);
        if (answer.status == 401 || answer.status == 403) return false;
        // Not of this world: an address of the admin socket answers as if it were not there.
        if (line.needs == "admin-socket" && answer.status == 404) return false;
        return !people::testing::header_of(answer, "Location").starts_with("/aanmelden");
    }
};

/// What there is in a page that the content policy stops: code, styles and addresses that run.
std::string inline_code_in(std::string_view page) {
    for (const std::string_view sign : {"javascript:", "<style", " style=", "srcdoc="}) {
        if (page.find(sign) != page.npos) return std::string(sign);
    }
    for (auto at = page.find("<script"); at != page.npos; at = page.find("<script", at + 1)) {
        const auto tag = page.substr(at, page.find('>', at) - at);
        const bool is_data = tag.find("type=\"application/json\"") != tag.npos;
        if (!is_data && tag.find(" src=\"/") == tag.npos) return std::string(tag);
    }
    for (auto at = page.find(" on"); at != page.npos; at = page.find(" on", at + 1)) {
        const auto end = page.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 3);
        if (end != page.npos && end > at + 3 && page.substr(end, 2) == "=\"") {
            return std::string(page.substr(at, end - at));
        }
    }
    return {};
}

/// The page without what differs because another address was asked for.
std::string without(std::string page, std::string_view words) {
    for (auto at = page.find(words); at != page.npos; at = page.find(words, at)) {
        page.erase(at, words.size());
    }
    return page;
}

/// What the table and the rights say of somebody.
bool should_let_in(std::string_view needs, const Visitor& visitor, CentreId centre, bool is_own) {
    if (needs == "public") return true;
    if (needs == "admin-socket" || needs == "access-code" || needs == "metrics-network")
        return false;
    if (needs == "device") return visitor.device && is_own;
    if (needs == "any-device") return visitor.device;
    if (needs == "device|read" && visitor.device) return is_own;
    if (!visitor.caller) return false;
    if (needs == "signed-in") return true;
    if (needs == "device|read") needs = "read";
    if (needs == "works-here") return visitor.caller->works_for(centre);
    for (const auto part : split(needs, '|')) {
        const bool everywhere = part.starts_with("network:");
        const auto code = everywhere ? part.substr(8) : part;
        bool known = false;
        for (const auto& row : people::all_rights()) {
            if (row.code != code) continue;
            known = true;
            if (everywhere ? visitor.caller->may_in_network(row.right)
                           : visitor.caller->may(row.right, centre)) {
                return true;
            }
        }
        REQUIRE_MESSAGE(known, needs);
    }
    return false;
}

} // namespace

TEST_CASE("every address is in the table of access, and every line of it is an address") {
    const Network network;
    std::set<std::string> there;
    for (const auto& route : network.routes) {
        if (route.pattern.starts_with("/static/") || route.pattern.starts_with("/css/")) continue;
        there.insert(std::string(word_of(route.method)) + " " + route.pattern);
    }
    std::set<std::string> listed;
    for (const auto& line : read_lines()) listed.insert(line.method + " " + line.pattern);
    for (const auto& address : there) CHECK_MESSAGE(listed.contains(address), address);
    for (const auto& address : listed) CHECK_MESSAGE(there.contains(address), address);
}

TEST_CASE("every role gets in where the table says so, at its own centre and at another, and "
          "nowhere else") {
    Network network;
    for (const auto& line : read_lines()) {
        if (!network.router
                 .find(line.method == "GET" ? http::Method::get : http::Method::post,
                       Network::path_of(line.pattern, network.own))
                 .route) {
            continue; // the other test says so
        }
        for (const auto& visitor : network.visitors) {
            for (const auto* const centre : {&network.own, &network.other}) {
                const bool is_own = centre == &network.own;
                CAPTURE(line.method);
                CAPTURE(line.pattern);
                CAPTURE(line.form);
                CAPTURE(visitor.name);
                CAPTURE(is_own);
                CHECK(network.lets_in(line, visitor, *centre) ==
                      should_let_in(line.needs, visitor, centre->id, is_own));
            }
        }
    }
}

TEST_CASE("a form that another site makes a browser send acts for nobody") {
    Network network;
    const auto is_admin = [](const Visitor& visitor) { return visitor.name == "administrator"; };
    const auto admin = std::ranges::find_if(network.visitors, is_admin);
    const auto device = std::ranges::find_if(network.visitors, &Visitor::device);
    REQUIRE(admin != network.visitors.end());
    int sent = 0;
    for (const auto& line : read_lines()) {
        if (line.method != "POST" || line.needs == "admin-socket") continue;
        for (const auto& visitor : {*admin, *device}) {
            for (const auto* const site : {"cross-site", "same-site"}) {
                CAPTURE(line.pattern);
                CAPTURE(visitor.name);
                CAPTURE(site);
                const auto answer = network.ask(line, visitor, network.own, site);
                const auto onwards = people::testing::header_of(answer, "Location");
                // The car that stands for a capture is not there, which is said first.
                const bool absent = line.pattern.ends_with("{visit}") && answer.status == 404;
                const bool stopped = answer.status == 401 || answer.status == 403 || absent ||
                                     onwards.starts_with("/aanmelden");
                CHECK_MESSAGE(stopped, answer.status);
                ++sent;
            }
        }
    }
    CHECK(sent > 80);
}

TEST_CASE("no page holds code or styles that the content policy would have to allow") {
    CHECK(inline_code_in("<a href=\"/x\">on=\"</a><script src=\"/a.js\"></script>").empty());
    CHECK(inline_code_in("<script>x()</script>") == "<script");
    CHECK(inline_code_in("<p onclick=\"x()\">") == " onclick");
    Network network;
    int pages = 0;
    for (const auto& line : read_lines()) {
        if (line.method != "GET" || line.pattern.ends_with("/events")) continue;
        for (const auto& visitor : network.visitors) {
            if (visitor.name != "administrator" && visitor.name != "nobody") continue;
            const auto answer = network.ask(line, visitor, network.own);
            if (!answer.content_type.starts_with("text/html")) continue;
            CAPTURE(line.pattern);
            CHECK(inline_code_in(http::body_of(answer)) == "");
            ++pages;
        }
    }
    CHECK(pages > 60);
}

TEST_CASE("what is of another centre answers as what is not there at all") {
    Network network;
    const auto stranger =
        network.store
            ->write([&](Transaction& tx) {
                const auto id = people::add_person(tx, {"Zuiderling"}, network.now).value();
                people::give_role(tx, id, {network.other.id, Role::volunteer}, network.now);
                return std::to_string(id.value);
            })
            .get();
    const auto booked = network.store->read([&](Snapshot& view) {
        return ledger::movement(view, network.other.id, std::int64_t{1})->id.text();
    });
    const auto nothing = ledger::MovementId{new_uuid7(network.now)}.text();
    const auto number = std::to_string(network.own.id.value);
    for (const auto& visitor : network.visitors) {
        const auto cookie = std::string_view(visitor.cookie);
        if (!cookie.starts_with(people::session_cookie)) continue;
        people::testing::Visitor browser{network.router, network.now};
        browser.token = cookie.substr(cookie.find('=') + 1);
        const auto answer = [&](const std::string& before, const std::string& id) {
            const auto got = browser.get(before + id);
            return std::to_string(got.status) + without(got.body, before + id);
        };
        CAPTURE(visitor.name);
        const std::array places{"/api/v1/centres/" + number + "/movements/",
                                "/bon/" + number + "/"};
        for (const auto& before : places) {
            CAPTURE(before);
            CHECK(answer(before, booked) == answer(before, nothing));
        }
        const auto people = "/centra/" + network.own.slug + "/mensen/";
        CHECK(answer(people, stranger) == answer(people, "987654"));
    }
}
