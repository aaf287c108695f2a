// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/http.hpp"

#include "base/words.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"
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

http::Response one_centre(Store& store, const http::Request& request) {
    return store.read([&](Snapshot& view) {
        const auto id = parse_centre(request.parameter("centre"));
        const auto found = id ? centre(view, *id) : std::nullopt;
        if (!found) return http::problem(request, 404, {"ledger.no_such_centre", {}, {}});
        return http::json_text(json::serialize(to_json(*found, ledger::head(view, found->id))));
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
          {"closed_month", "string", "All months up to this one are closed."}}},
        {"Centres", "All of them.", {{"centres", "[Centre]", "", true}}},
    };
}

} // namespace kringwerk::network
