// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/http.hpp"

#include "base/words.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/register.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>

namespace kringwerk::network {
namespace {

namespace json = boost::json;

json::object to_json(const CentreRow& centre, const std::optional<ledger::Head>& head) {
    json::object into{{"id", centre.id.value},
                      {"name", centre.name},
                      {"slug", centre.slug},
                      {"municipality", centre.municipality},
                      {"place", centre.place},
                      {"country", centre.country},
                      {"external", centre.external_name.has_value()},
                      {"sequence", head ? head->sequence : 0}};
    if (head && head->closed) into.emplace("closed_month", format_month(*head->closed));
    return into;
}

http::Response all_centres(Store& store) {
    return store.read([&](Snapshot& view) {
        json::array lines;
        for (const auto& centre : centres(view)) {
            lines.push_back(to_json(centre, ledger::head(view, centre.id)));
        }
        return http::json_text(json::serialize(json::object{{"centres", std::move(lines)}}));
    });
}

std::optional<CentreId> parse_centre(std::string_view text) {
    const auto number = parse_whole(text);
    if (!number || *number < 1) return std::nullopt;
    return CentreId{*number};
}

double degrees(std::int32_t millionths) { return static_cast<double>(millionths) / 1e6; }

/// What the register adds. Evidence of building blocks is for the network itself.
void add_register(json::object& into, const Registered& known, Instant moment) {
    const auto& address = known.address;
    if (!address.street.empty()) {
        into.emplace("address", json::object{{"street", address.street},
                                             {"house_number", address.house_number},
                                             {"postcode", address.postcode},
                                             {"place", address.place}});
    }
    if (known.point) {
        into.emplace("point", json::object{{"latitude", degrees(known.point->latitude)},
                                           {"longitude", degrees(known.point->longitude)}});
    }
    if (!known.municipality.empty()) into.emplace("municipality_code", known.municipality);
    if (known.hours) {
        into.emplace("hours", known.hours->text());
        into.emplace("open_now", code_of(known.hours->state(moment, known.holidays())));
    }
    json::array blocks;
    for (const auto& row : known.blocks) {
        blocks.push_back(
            json::object{{"block", code_of(row.block)}, {"since", format_day(row.since)}});
    }
    into.emplace("building_blocks", std::move(blocks));
}

http::Response one_centre(Store& store, const http::Request& request) {
    return store.read([&](Snapshot& view) {
        const auto id = parse_centre(request.parameter("centre"));
        const auto found = id ? centre(view, *id) : std::nullopt;
        if (!found) return http::problem(request, 404, {"ledger.no_such_centre", {}, {}});
        auto body = to_json(*found, ledger::head(view, found->id));
        add_register(body, registered(view, *found), request.received);
        return http::json_text(json::serialize(body));
    });
}

http::OperationDoc doc(std::string_view id, std::string_view summary, std::string_view answer) {
    http::OperationDoc made;
    made.id = id;
    made.summary = summary;
    made.tag = "centres";
    made.response_schema = answer;
    return made;
}

std::vector<std::string> all_blocks() { return {block_codes().begin(), block_codes().end()}; }

} // namespace

http::Routes api_routes(Store& store) {
    const auto all = http::at_once([&store](const auto&) { return all_centres(store); });
    const auto one =
        http::at_once([&store](const auto& request) { return one_centre(store, request); });
    auto one_doc = doc("getCentre", "One centre", "Centre");
    one_doc.refusals = {404};
    return {
        {http::Method::get,
         "/api/v1/centres",
         all,
         {},
         doc("listCentres", "The centres of the network", "Centres")},
        {http::Method::get, "/api/v1/centres/{centre}", one, {}, one_doc},
    };
}

std::vector<http::SchemaDoc> schemas() {
    return {
        {"Centre",
         "A centre of the network.",
         {{"id", "integer", "Its number, in addresses of the API.", true},
          {"name", "string", "", true},
          {"slug", "string", "In addresses of pages.", true},
          {"municipality", "string", "", true},
          {"place", "string", "", true},
          {"country", "string", "ISO 3166, three letters.", true},
          {"external", "boolean", "Known from imported data, not one of the network's own.", true},
          {"sequence", "integer", "How many movements its books have.", true},
          {"closed_month", "string", "All months up to this one are closed."},
          {"address", "Address", "Where it stands. This and what follows: of one centre only."},
          {"point", "Point", "For a map."},
          {"municipality_code", "string", "Of Statistics Netherlands: GM0301."},
          {"hours", "string",
           "When it is open, as OpenStreetMap's opening_hours; closed days of its own apart."},
          {"open_now", "OpenState", "When the answer was made, its own closed days counted."},
          {"building_blocks", "[BuildingBlock]", "What it brings together."}}},
        {"Address",
         "",
         {{"street", "string", "", true},
          {"house_number", "string", "With what belongs to it: 12a.", true},
          {"postcode", "string", "", true},
          {"place", "string", "", true}}},
        {"Point",
         "WGS 84, in degrees.",
         {{"latitude", "number", "", true}, {"longitude", "number", "", true}}},
        {"OpenState", "Unknown: it may be open, ask first.", {}, {"open", "closed", "unknown"}},
        {"Block", "What a circular craft centre can consist of.", {}, all_blocks()},
        {"BuildingBlock", "", {{"block", "Block", "", true}, {"since", "date", "", true}}},
        {"Centres", "All of them.", {{"centres", "[Centre]", "", true}}},
    };
}

} // namespace kringwerk::network
