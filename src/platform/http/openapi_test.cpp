// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/openapi.hpp"

#include "base/ensure.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::http;
namespace json = boost::json;

namespace {

Api sample_api() {
    Api api;
    api.title = "Things";
    api.version = "1.2.3";
    api.contact_name = "We";
    api.contact_url = "https://example.org";
    api.tags = {{"things", "What there is."}};
    api.schemas = {
        {"Thing",
         "One thing.",
         {{"id", "uuid", "", true},
          {"colour", "Colour", "As it looks."},
          {"parts", "[Thing]", ""}}},
        {"Colour", "How it looks.", {}, {"red", "blue"}},
    };
    return api;
}

Route sample_route() {
    Route route;
    route.pattern = "/api/v1/things/{thing}";
    route.handler = at_once(
        [](const Request& request) { return plain(std::string(request.parameter("thing")), 404); });
    OperationDoc doc;
    doc.id = "getThing";
    doc.summary = "One thing";
    doc.tag = "things";
    doc.query = {{"firstDay", "date", "From then on.", true}};
    doc.response_schema = "Thing";
    doc.refusals = {304, 404};
    doc.needs_token = true;
    route.doc = doc;
    return route;
}

std::string_view header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

} // namespace

TEST_CASE("a documented route is in the description, with its query, answers and token") {
    Route page;
    page.pattern = "/things";
    const auto document = json::parse(openapi_json(sample_api(), {sample_route(), page}));
    CHECK(document.at("openapi") == "3.1.0");
    CHECK(document.at("servers").at(0).at("url") == "/api/v1");
    REQUIRE(document.at("paths").as_object().size() == 1);
    const auto& operation = document.at("paths").at("/things/{thing}").at("get");
    CHECK(operation.at("security").at(0).as_object().contains("token"));
    const auto& parameters = operation.at("parameters").as_array();
    REQUIRE(parameters.size() == 2);
    CHECK(parameters[0].at("name") == "thing");
    CHECK(parameters[1].at("schema").at("format") == "date");
    const auto& answers = operation.at("responses").as_object();
    CHECK(answers.at("200").at("content").at("application/json").at("schema").at("$ref") ==
          "#/components/schemas/Thing");
    CHECK(answers.at("404").at("content").as_object().contains("application/problem+json"));
    CHECK_FALSE(answers.at("304").as_object().contains("content"));
}

TEST_CASE("schemas name what they need, lists and choices among it") {
    const auto document = json::parse(openapi_json(sample_api(), {}));
    const auto& schemas = document.at("components").at("schemas");
    const auto& thing = schemas.at("Thing");
    CHECK(thing.at("required") == json::array{"id"});
    CHECK(thing.at("properties").at("id").at("format") == "uuid");
    CHECK(thing.at("properties").at("colour").at("description") == "As it looks.");
    CHECK(thing.at("properties").at("parts").at("items").at("$ref") ==
          "#/components/schemas/Thing");
    CHECK(schemas.at("Colour").at("enum") == json::array{"red", "blue"});
    CHECK(schemas.at("Problem").at("properties").as_object().contains("errors"));
}

TEST_CASE("a description that does not fit together is a bug") {
    auto unknown_schema = sample_route();
    unknown_schema.doc->response_schema = "Nothing";
    CHECK_THROWS_AS(openapi_json(sample_api(), {unknown_schema}), Bug);
    auto unknown_tag = sample_route();
    unknown_tag.doc->tag = "others";
    CHECK_THROWS_AS(openapi_json(sample_api(), {unknown_tag}), Bug);
    auto twin = sample_route();
    twin.pattern = "/api/v1/others/{thing}";
    CHECK_THROWS_AS(openapi_json(sample_api(), {sample_route(), twin}), Bug);
}

TEST_CASE("each answer of the API says its version, and the description is open to all sites") {
    const auto routes = with_description(sample_api(), {sample_route()});
    REQUIRE(routes.size() == 2);
    CHECK(routes[1].pattern == "/api/v1/openapi.json");
    const auto description = wait_for(routes[1].handler(Request{}));
    CHECK(json::parse(description.body).at("paths").as_object().contains("/openapi.json"));

    const auto stamp = api_stamp(sample_api());
    const auto stamped = [&](std::string path) {
        Request request;
        request.path = std::move(path);
        auto response = problem(request, 404, {"http.not_here", {}, {}});
        stamp(request, response);
        return response;
    };
    CHECK(header_of(stamped("/api/v1/things/7"), "API-Version") == "1.2.3");
    CHECK(header_of(stamped("/api/v1"), "API-Version") == "1.2.3");
    CHECK(header_of(stamped("/api/v1/things/7"), "Access-Control-Allow-Origin").empty());
    CHECK(header_of(stamped("/api/v1/openapi.json"), "Access-Control-Allow-Origin") == "*");
    CHECK(header_of(stamped("/api/v10"), "API-Version").empty());
    CHECK(header_of(stamped("/"), "API-Version").empty());
}
