// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/openapi.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"
#include "platform/http/router.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace kringwerk::http {
namespace {

namespace json = boost::json;

constexpr std::string_view problem_schema = "Problem";
constexpr std::string_view field_problem_schema = "FieldProblem";
constexpr std::string_view token_scheme = "token";

/// What the words of `FieldDoc::type` mean in JSON Schema.
struct PlainType {
    std::string_view word;
    std::string_view type;
    std::string_view format;
};
constexpr std::array plain_types{
    PlainType{"string", "string", ""},       PlainType{"integer", "integer", "int64"},
    PlainType{"boolean", "boolean", ""},     PlainType{"uuid", "string", "uuid"},
    PlainType{"date", "string", "date"},     PlainType{"date-time", "string", "date-time"},
    PlainType{"number", "number", "double"}, PlainType{"object", "object", ""},
};

json::object reference_to(std::string_view schema) {
    return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}

/// The schema of a type; `names` are the schemas that exist.
json::object schema_of(std::string_view type, const std::set<std::string, std::less<>>& names) {
    if (type.starts_with('[') && type.ends_with(']')) {
        return {{"type", "array"}, {"items", schema_of(type.substr(1, type.size() - 2), names)}};
    }
    for (const auto& plain : plain_types) {
        if (plain.word != type) continue;
        json::object schema{{"type", plain.type}};
        if (!plain.format.empty()) schema["format"] = plain.format;
        return schema;
    }
    ensure(names.find(type) != names.end(), "a type of the API has a schema: " + std::string(type));
    return reference_to(type);
}

json::object described_schema(const FieldDoc& field,
                              const std::set<std::string, std::less<>>& names) {
    auto schema = schema_of(field.type, names);
    if (!field.description.empty()) schema["description"] = field.description;
    return schema;
}

json::object object_schema(const SchemaDoc& doc, const std::set<std::string, std::less<>>& names) {
    json::object schema;
    if (!doc.description.empty()) schema["description"] = doc.description;
    if (!doc.values.empty()) {
        schema["type"] = "string";
        schema["enum"] = json::array(doc.values.begin(), doc.values.end());
        return schema;
    }
    schema["type"] = "object";
    json::object properties;
    json::array required;
    for (const auto& field : doc.fields) {
        properties[field.name] = described_schema(field, names);
        if (field.required) required.emplace_back(field.name);
    }
    schema["properties"] = std::move(properties);
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

/// What every API of ours has: how a refusal looks (RFC 9457).
const std::vector<SchemaDoc>& schemas_of_problems() {
    static const std::vector<SchemaDoc> schemas{
        {std::string(problem_schema),
         "Why a request was refused, after RFC 9457.",
         {{"type", "string", "Always about:blank: title and status say what it is.", true},
          {"title", "string", "What kind of problem it is, in Dutch or English.", true},
          {"status", "integer", "The status of the answer.", true},
          {"detail", "string", "What happened and what to do, in Dutch or English.", true},
          {"code", "string", "The same as a stable code, for programs.", true},
          {"number", "string", "Quote this when you ask about it."},
          {"errors", "[FieldProblem]", "All wrong fields at once."}}},
        {std::string(field_problem_schema),
         "One wrong field of a body or a query.",
         {{"field", "string", "Its way in the body: transfers[2].from; empty: the whole body.",
           true},
          {"code", "string", "What is wrong, as a stable code.", true},
          {"detail", "string", "What is wrong and what to do, in Dutch or English.", true}}},
    };
    return schemas;
}

json::object version_header() {
    return {{"description", "The full version of the API that answered."},
            {"schema", {{"type", "string"}}}};
}

json::object answer_with(std::string_view description, std::string_view media_type,
                         json::object schema) {
    json::object answer{{"description", description},
                        {"headers", {{"API-Version", version_header()}}}};
    if (!schema.empty()) {
        answer["content"] = json::object{{media_type, {{"schema", std::move(schema)}}}};
    }
    return answer;
}

std::string_view meaning_of(int status) {
    switch (status) {
    case 200:
        return "What was asked for.";
    case 201:
        return "Booked.";
    case 304:
        return "Nothing changed since the tag that was sent.";
    case 400:
        return "Something in the request is wrong; all wrong fields are named at once.";
    case 401:
        return "A token is needed, or the one that was sent is not known.";
    case 403:
        return "The token does not allow this.";
    case 404:
        return "There is no such thing.";
    case 409:
        return "What stands in the books does not allow this.";
    case 413:
        return "The body is too large.";
    case 415:
        return "The body is not application/json.";
    case 503:
        return "Too much waits already; the header Retry-After says when to try again.";
    default:
        return "Refused.";
    }
}

/// Builds the paths of the document, one operation after the other.
class Paths {
  public:
    Paths(const Api& api, const std::set<std::string, std::less<>>& names)
        : api_(api), names_(names) {}

    void add(const Route& route) {
        const auto& doc = *route.doc;
        ensure(ids_.insert(doc.id).second, "an operation id stands once: " + doc.id);
        const bool tag_known = std::any_of(api_.tags.begin(), api_.tags.end(),
                                           [&](const TagDoc& tag) { return tag.name == doc.tag; });
        ensure(tag_known, "the tag of an operation is described: " + doc.tag);
        json::object operation{
            {"operationId", doc.id}, {"summary", doc.summary}, {"tags", json::array{doc.tag}}};
        auto parameters = parameters_of(route);
        if (!parameters.empty()) operation["parameters"] = std::move(parameters);
        if (!doc.request_schema.empty()) {
            operation["requestBody"] = json::object{
                {"required", true},
                {"content",
                 {{"application/json", {{"schema", schema_of(doc.request_schema, names_)}}}}}};
        }
        operation["responses"] = responses_of(doc);
        operation["security"] = doc.needs_token
                                    ? json::array{json::object{{token_scheme, json::array{}}}}
                                    : json::array{};
        const auto method = lower(name_of(route.method));
        auto& path = paths_[route.pattern.substr(api_.base.size())];
        if (!path.is_object()) path.emplace_object();
        path.get_object()[method] = std::move(operation);
    }

    json::object take() { return std::move(paths_); }

  private:
    json::array parameters_of(const Route& route) const {
        json::array parameters;
        const std::string_view pattern = route.pattern;
        for (auto open = pattern.find('{'); open != pattern.npos;
             open = pattern.find('{', open + 1)) {
            const auto name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
            parameters.push_back(json::object{{"name", name},
                                              {"in", "path"},
                                              {"required", true},
                                              {"schema", {{"type", "string"}}}});
        }
        for (const auto& field : route.doc->query) {
            parameters.push_back(json::object{{"name", field.name},
                                              {"in", "query"},
                                              {"required", field.required},
                                              {"description", field.description},
                                              {"schema", schema_of(field.type, names_)}});
        }
        return parameters;
    }

    json::object responses_of(const OperationDoc& doc) const {
        json::object responses;
        const auto schema = [&] {
            return doc.response_schema.empty() ? json::object{}
                                               : schema_of(doc.response_schema, names_);
        };
        const bool events = doc.response_schema == "string";
        responses[std::to_string(doc.success)] = answer_with(
            meaning_of(doc.success), events ? "text/event-stream" : "application/json", schema());
        for (const int status : doc.refusals) {
            const auto key = std::to_string(status);
            const bool good = status < 300;
            responses[key] =
                good ? answer_with(meaning_of(status), "application/json", schema())
                     : answer_with(meaning_of(status), "application/problem+json",
                                   status == 304 ? json::object{} : reference_to(problem_schema));
        }
        return responses;
    }

    const Api& api_;
    const std::set<std::string, std::less<>>& names_;
    std::set<std::string> ids_;
    json::object paths_;
};

json::object info_of(const Api& api) {
    json::object contact{{"name", api.contact_name}, {"url", api.contact_url}};
    if (!api.contact_email.empty()) contact["email"] = api.contact_email;
    return {{"title", api.title},
            {"version", api.version},
            {"description", api.description},
            {"contact", std::move(contact)},
            {"license", {{"name", api.licence}, {"identifier", api.licence}}}};
}

} // namespace

std::string openapi_json(const Api& api, const Routes& routes) {
    auto all_schemas = api.schemas;
    for (const auto& schema : schemas_of_problems()) all_schemas.push_back(schema);
    std::set<std::string, std::less<>> names;
    for (const auto& schema : all_schemas) {
        ensure(names.insert(schema.name).second, "a schema stands once: " + schema.name);
    }
    json::object schemas;
    for (const auto& schema : all_schemas) schemas[schema.name] = object_schema(schema, names);
    Paths paths(api, names);
    for (const auto& route : routes) {
        if (route.doc && route.pattern.starts_with(api.base + "/")) paths.add(route);
    }
    json::array tags;
    for (const auto& tag : api.tags) {
        tags.push_back(json::object{{"name", tag.name}, {"description", tag.description}});
    }
    const json::object token{{"type", "http"},
                             {"scheme", "bearer"},
                             {"description", "A token of `kringwerk admin token`."}};
    const json::object document{
        {"openapi", "3.1.0"},
        {"info", info_of(api)},
        {"servers", json::array{json::object{{"url", api.server.empty() ? api.base : api.server}}}},
        {"tags", std::move(tags)},
        {"paths", paths.take()},
        {"components",
         {{"securitySchemes", {{token_scheme, token}}}, {"schemas", std::move(schemas)}}}};
    return json::serialize(document);
}

Routes with_description(const Api& api, Routes routes) {
    Route description;
    description.pattern = api.base + "/openapi.json";
    description.doc = OperationDoc{"getDescription",
                                   "This description",
                                   api.tags.front().name,
                                   {},
                                   {},
                                   "object",
                                   200,
                                   {},
                                   false};
    routes.push_back(description);
    const auto text = std::make_shared<const std::string>(openapi_json(api, routes));
    routes.back().handler = at_once([text](const Request&) { return json_text(*text); });
    return routes;
}

Stamp api_stamp(const Api& api) {
    return [base = api.base, version = api.version](const Request& request, Response& response) {
        const auto path = std::string_view(request.path);
        if (!path.starts_with(base)) return;
        const auto below = path.substr(base.size());
        if (!below.empty() && below.front() != '/') return;
        response.with("API-Version", version);
        if (below == "/openapi.json") response.with("Access-Control-Allow-Origin", "*");
    };
}

} // namespace kringwerk::http
