// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"

#include <string>
#include <vector>

/// The description of the API, made out of the route tables that the server itself uses: a route
/// without an `OperationDoc` is not in it, and none is in it that the server does not have.
namespace kringwerk::http {

/// A body, or a part of one. With `values` it is a text out of that list, else an object.
struct SchemaDoc {
    std::string name; ///< "Movement"
    std::string description;
    std::vector<FieldDoc> fields;
    std::vector<std::string> values = {};
};

struct TagDoc {
    std::string name;
    std::string description;
};

struct Api {
    std::string title;
    std::string description;
    std::string version;          ///< of the API: "1.0.0"; the first number is that of the path
    std::string base = "/api/v1"; ///< paths are given from here on
    std::string server;           ///< where it stands: "https://…/api/v1"; empty: `base`
    std::string contact_name;
    std::string contact_url;
    std::string contact_email;        ///< empty: none
    std::string licence = "EUPL-1.2"; ///< SPDX
    std::vector<TagDoc> tags;
    std::vector<SchemaDoc> schemas;
};

/// OpenAPI 3.1 of the documented routes below `api.base`. A type that is no JSON type is the name
/// of a schema, "[Movement]" a list of them. Throws `Bug` for a route that names a schema, a tag
/// or an operation id that is not there or is there twice.
std::string openapi_json(const Api& api, const Routes& routes);

/// With GET `base`/openapi.json, which gives the description without a token.
Routes with_description(const Api& api, Routes routes);

/// Every answer below `base` says its version in "API-Version", and pages of any site may read the
/// description.
Stamp api_stamp(const Api& api);

} // namespace kringwerk::http
