// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_http.hpp"

#include "base/hash.hpp"
#include "rooms/intake/counter_set.hpp"
#include "rooms/intake/gate_store.hpp"
#include "rooms/intake/queue.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>

#include <array>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

/// The same set has the same tag, whenever it was asked for.
http::Response answer_set(const people::Site& site, const http::Request& request) {
    return site.store.read([&](Snapshot& view) {
        const auto device = people::device_of_request(view, request);
        if (!device) return people::refused(request, device.error(), 400);
        if (request.parameter("device") != "own") { // a set holds PINs: nobody gets another's
            return http::problem(request, 404, {"http.not_here", {}, {}});
        }
        auto set = counter_set(view, *device, site, request.received);
        const auto tag = "\"" + hex(sha256(json::serialize(set))).substr(0, 20) + "\"";
        http::Response response;
        response.status = 304;
        if (request.header("if-none-match") != tag) {
            set["server_time"] = format_instant(request.received);
            response = http::json_text(json::serialize(set));
        }
        response.with("ETag", tag);
        response.with("Cache-Control", "no-cache");
        return response;
    });
}

/// What is not known is absent.
void put_number(json::object& into, std::string_view name, std::int64_t value) {
    if (value != 0) into[name] = value;
}
void put_text(json::object& into, std::string_view name, const std::string& text) {
    if (!text.empty()) into[name] = text;
}

/// All of it, as it was sent: a counter that sets a car right begins with what stands.
json::object line_json(const GateLine& line) {
    const auto& weighing = line.weighing;
    json::object shown{{"lane", code_of(line.lane)},
                       {"stream", ledger::code_of(line.stream)},
                       {"grams", weighing.grams.value},
                       {"basis", ledger::code_of(weighing.basis)}};
    put_number(shown, "category", line.category.value);
    put_number(shown, "pieces", weighing.pieces.value);
    put_number(shown, "gross_g", weighing.gross.value_or(Grams{}).value);
    put_number(shown, "tare", weighing.tare_number);
    put_number(shown, "tare_g", weighing.tare.value_or(Grams{}).value);
    put_number(shown, "scale", weighing.scale_number);
    put_text(shown, "raw", weighing.raw);
    return shown;
}

json::array visits_json(const std::vector<KeptVisit>& kept) {
    json::array list;
    for (const auto& each : kept) {
        json::array lines;
        for (const auto& line : each.visit.lines) lines.push_back(line_json(line));
        json::object car{{"id", each.id.text()},
                         {"at", format_instant(each.at)},
                         {"device", each.device},
                         {"undone", each.undone_at.has_value()},
                         {"lines", std::move(lines)}};
        put_text(car, "postcode", each.visit.postcode);
        put_text(car, "vehicle", each.visit.vehicle);
        put_text(car, "reason", each.visit.reason);
        list.push_back(std::move(car));
    }
    return list;
}

json::array refusals_json(const std::vector<KeptRefusal>& kept) {
    json::array list;
    for (const auto& each : kept) {
        list.push_back(json::object{{"id", each.id.text()},
                                    {"at", format_instant(each.at)},
                                    {"reason", each.refusal.reason},
                                    {"undone", each.undone_at.has_value()}});
    }
    return list;
}

json::array tickets_json(const std::vector<KeptTicket>& kept) {
    json::array list;
    for (const auto& each : kept) {
        const auto& line = each.ticket.line;
        list.push_back(json::object{{"ticket", each.id.text()},
                                    {"word", each.ticket.word},
                                    {"lane", code_of(line.lane)},
                                    {"stream", ledger::code_of(line.stream)},
                                    {"gross_g", line.weighing.gross->value},
                                    {"basis", ledger::code_of(line.weighing.basis)},
                                    {"opened_at", format_instant(each.opened_at)}});
    }
    return list;
}

json::array hours_json(const std::vector<KeptVisit>& kept) {
    std::array<std::int64_t, 24> cars{};
    for (const auto& each : kept) {
        if (each.undone_at) continue;
        ++cars.at(static_cast<std::size_t>(local_minutes(each.at) / 60));
    }
    json::array list;
    for (std::size_t hour = 0; hour < cars.size(); ++hour) {
        if (cars[hour] == 0) continue;
        list.push_back(json::object{{"hour", hour}, {"cars", cars[hour]}});
    }
    return list;
}

http::Response answer_day(const people::Site& site, const http::Request& request) {
    return site.store.read([&](Snapshot& view) {
        const auto device = people::device_of_request(view, request);
        if (!device) return people::refused(request, device.error(), 400);
        const auto day = parse_day(request.parameter("day"));
        if (request.parameter("centre") != std::to_string(device->centre.value)) {
            return http::problem(request, 403, {"ledger.other_centre", {}, {}});
        }
        if (!day) return http::problem(request, 404, {"http.not_here", {}, {}});
        const auto kept = visits(view, device->centre, *day, *day);
        return http::json_text(json::serialize(
            json::object{{"day", format_day(*day)},
                         {"visits", visits_json(kept)},
                         {"refusals", refusals_json(refusals(view, device->centre, *day, *day))},
                         {"tickets_open", tickets_json(open_tickets(view, device->centre))},
                         {"cars_by_hour", hours_json(kept)}}));
    });
}

http::OperationDoc doc(std::string id, std::string summary, std::string answer) {
    http::OperationDoc made;
    made.id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "counters";
    made.response_schema = std::move(answer);
    made.refusals = {401, 403};
    made.needs_token = true;
    return made;
}

} // namespace

http::Routes gate_api_routes(const people::Site& site) {
    const auto set = [site](const http::Request& request) { return answer_set(site, request); };
    const auto day = [site](const http::Request& request) { return answer_day(site, request); };
    http::Routes routes{
        {http::Method::get,
         "/api/v1/counter-sets/{device}",
         http::at_once(set),
         {},
         doc("getCounterSet", "What a registered device needs to work without network",
             "CounterSet")},
        {http::Method::get,
         "/api/v1/centres/{centre}/gate-days/{day}",
         http::at_once(day),
         {},
         doc("getGateDay", "What came by at the gate on one day, for a registered device",
             "GateDay")},
    };
    for (auto& route : queue_routes(site)) routes.push_back(std::move(route));
    return routes;
}

std::vector<http::SchemaDoc> gate_schemas() {
    std::vector<http::SchemaDoc> schemas{
        {"CounterSet",
         "People, streams, categories, tares, scales and settings of one counter.",
         {{"server_time", "date-time", "", true},
          {"network", "string", "", true},
          {"demo", "boolean", "All of it is made up.", true},
          {"centre", "object", "", true},
          {"device", "object", "", true},
          {"settings", "object", "", true},
          {"people", "[object]", "With what checks a PIN without network.", true},
          {"streams", "[object]", "Those that the centre takes, in the order of the screen.", true},
          {"categories", "[object]", "", true},
          {"hazards", "[object]", "", true},
          {"stops", "[object]", "", true},
          {"tares", "[object]", "", true},
          {"scales", "[object]", "", true},
          {"refusal_reasons", "[object]", "", true},
          {"vehicles", "[string]", "", true},
          {"visit_reasons", "[string]", "", true},
          {"elsewhere", "[object]", "The nearest other centres.", true}}},
        {"GateDay",
         "What came by at the gate on one day.",
         {{"day", "date", "", true},
          {"visits", "[object]", "Newest first.", true},
          {"refusals", "[object]", "", true},
          {"tickets_open", "[object]", "Vehicles that come back to be weighed empty.", true},
          {"cars_by_hour", "[object]", "", true}}},
    };
    for (auto& schema : queue_schemas()) schemas.push_back(std::move(schema));
    return schemas;
}

} // namespace kringwerk::intake
