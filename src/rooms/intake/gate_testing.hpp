// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "rooms/intake/gate_actions.hpp"
#include "rooms/intake/gate_http.hpp"
#include "rooms/intake/gate_store.hpp"
#include "rooms/ledger/http.hpp"
#include "rooms/ledger/verify.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages_testing.hpp"

#include <boost/json.hpp>

/// A tablet at a gate, as the tests of the gate hold it.
namespace kringwerk::intake::testing {

namespace json = boost::json;

inline std::string id(int number) {
    return "0190a000-0000-7000-8000-" + std::string(12 - std::to_string(number).size(), '0') +
           std::to_string(number);
}

/// A centre with a volunteer, a lead and a registered tablet.
struct Gate : people::testing::House {
    network::CentreRow centre = add_centre("Werkplaats Noord");
    people::PersonId volunteer = add_person("Mara", people::Role::volunteer);
    people::PersonId lead = add_person("Wim", people::Role::lead);
    std::string key = add_tablet();
    ledger::OnReversal reversed = on_reversal;
    http::Router router{all_routes()};
    int sequence = 0;

    http::Routes all_routes() {
        auto routes = ledger::action_routes(*store, gate_kinds(&reversed));
        for (auto& route : gate_api_routes(site())) routes.push_back(std::move(route));
        for (auto& route : receipt_routes(site())) routes.push_back(std::move(route));
        return routes;
    }
    network::CentreRow add_centre(std::string name) {
        network::CentreRow row;
        row.name = std::move(name);
        row.municipality = "Buren";
        row.place = "Maurik";
        return store->write([&](Transaction& tx) { return network::add_centre(tx, row, now); })
            .get()
            .value();
    }
    people::PersonId add_person(std::string name, people::Role role) {
        return store
            ->write([&](Transaction& tx) -> Result<people::PersonId> {
                const auto person = people::add_person(tx, {name}, now);
                if (person) people::give_role(tx, *person, {centre.id, role}, now);
                return person;
            })
            .get()
            .value();
    }
    std::string add_tablet() {
        return store
            ->write([&](Transaction& tx) {
                return people::add_device(tx, centre.id, "tablet poort", now);
            })
            .get()
            .value();
    }
    people::Device tablet() {
        return store->read([&](Snapshot& view) { return *people::device_of(view, key); });
    }

    json::object action(int number, std::string kind, json::object body) {
        return {{"id", id(number)},          {"sequence", ++sequence},          {"kind", kind},
                {"person", volunteer.value}, {"clock_at", format_instant(now)}, {"offset_ms", 0},
                {"body", std::move(body)}};
    }
    static json::object line(std::string lane, std::string stream, std::int64_t grams) {
        return {{"lane", lane}, {"stream", stream}, {"grams", grams}, {"basis", "measured"}};
    }
    static json::object car(json::array lines) { return {{"lines", std::move(lines)}}; }
    static json::object chairs(std::int64_t grams = 42'500) {
        return car({line("reuse", "furniture", grams)});
    }

    static json::object with_pass(std::string pass) {
        auto body = chairs();
        body["pass"] = std::move(pass);
        return body;
    }
    void ask_for_passes(std::int64_t quota) {
        store
            ->write([&](Transaction& tx) {
                save_gate_setting(tx, centre.id, {ResidentCheck::optional, quota}, now);
                return 0;
            })
            .get();
    }
    std::int64_t visits_of(std::string_view pass) {
        return store->read(
            [&](Snapshot& view) { return visits_with_pass(view, centre.id, pass, now); });
    }
    bool reverse_at_desk(int number) {
        ledger::Draft draft;
        draft.id = {new_uuid7(now)};
        draft.centre = centre.id;
        draft.kind = ledger::Ways::built_in().kind("reverse");
        draft.happened_at = now;
        draft.reverses = ledger::MovementId::parse(id(number));
        draft.reason = *ledger::parse_reason("wrong-weight");
        const auto caller =
            people::internal_caller(people::Role::lead, "desk", people::Kinds{}.set());
        return store
            ->write(
                [&](Transaction& tx) { return ledger::post(tx, draft, caller, now, &reversed); })
            .get()
            .has_value();
    }

    http::Response ask(http::Method method, const std::string& path, std::string body = {}) {
        http::Request request;
        request.method = method;
        request.target = request.path = path;
        request.received = now;
        request.body = std::move(body);
        request.headers = {{"host", "balie.test"},
                           {"accept-language", "nl"},
                           {"content-type", "application/json"},
                           {"cookie", std::string(people::device_cookie) + "=" + key}};
        auto match = router.find(method, request.path);
        REQUIRE(match.route != nullptr);
        request.parameters = std::move(match.captures);
        return wait_for(match.route->handler(request));
    }
    std::string actions_path() const {
        return "/api/v1/centres/" + std::to_string(centre.id.value) + "/actions";
    }
    http::Response deliver_raw(json::array actions) {
        const json::object body{{"store", "0190a000-0000-7000-8000-00000000aaaa"},
                                {"clock_at", format_instant(now)},
                                {"waiting", 0},
                                {"actions", std::move(actions)}};
        return ask(http::Method::post, actions_path(), json::serialize(body));
    }
    /// What became of each.
    json::array deliver(json::array actions) {
        const auto answer = deliver_raw(std::move(actions));
        REQUIRE(answer.status == 200);
        return json::parse(answer.body).at("outcomes").as_array();
    }
    std::string outcome(json::object action) {
        const auto outcomes = deliver({std::move(action)});
        const auto* const code = outcomes.at(0).as_object().if_contains("code");
        return std::string(code ? code->as_string() : outcomes.at(0).at("outcome").as_string());
    }
    Grams balance(ledger::Place place, std::string_view stream) {
        return store->read([&](Snapshot& view) {
            for (const auto& balance : ledger::balances(view, centre.id)) {
                if (balance.account.place == place &&
                    ledger::code_of(balance.account.key) == stream) {
                    return balance.amounts.grams;
                }
            }
            return Grams{};
        });
    }
    bool books_are_right() {
        return !store->read([](Snapshot& view) { return ledger::verify(view); }).wrong;
    }
};

} // namespace kringwerk::intake::testing
