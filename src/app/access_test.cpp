// SPDX-License-Identifier: EUPL-1.2
#include "app/booking_testing.hpp"
#include "app/rooms.hpp"
#include "base/table.hpp"
#include "base/words.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/sessions.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

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

    bool lets_in(const Line& line, const Visitor& visitor, const network::CentreRow& centre) {
        http::Request request;
        request.method = line.method == "GET" ? http::Method::get : http::Method::post;
        request.target = request.path = path_of(line.pattern, centre);
        request.received = now;
        const bool api = line.pattern.starts_with("/api/");
        request.headers = {
            {"host", "balie.test"},
            {"sec-fetch-site", "same-origin"},
            {"accept", api ? "application/json" : "text/html"},
            {"content-type", api ? "application/json" : "application/x-www-form-urlencoded"}};
        if (!visitor.cookie.empty()) request.headers.emplace_back("cookie", visitor.cookie);
        request.body = api ? std::string("{}") : line.form;
        auto match = router.find(request.method, request.path);
        REQUIRE_MESSAGE(match.route != nullptr, line.pattern);
        REQUIRE_MESSAGE(match.route->pattern == line.pattern, request.path);
        request.parameters = std::move(match.captures);
        if (match.route->hidden_from && match.route->hidden_from(request)) return false;
        const auto answer = wait_for(match.route->handler(request));
        if (answer.status == 401 || answer.status == 403) return false;
        // Not of this world: an address of the admin socket answers as if it were not there.
        if (line.needs == "admin-socket" && answer.status == 404) return false;
        return !people::testing::header_of(answer, "Location").starts_with("/aanmelden");
    }
};

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
