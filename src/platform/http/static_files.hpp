// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/embedded.hpp"
#include "platform/http/http.hpp"

#include <span>
#include <string_view>

namespace kringwerk::http {

/// What `static_files` serves, from files that a caller names.
Routes static_routes(std::span<const EmbeddedFile> files, std::string_view prefix,
                     std::string_view url_prefix);
/// True for "app-3f2a9c1b.js": eight signs or more after a dash, a digit among them.
bool is_named_by_hash(std::string_view path);

} // namespace kringwerk::http
