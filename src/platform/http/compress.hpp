// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace kringwerk::http {

enum class Coding { none, gzip, brotli };

/// What to send to a client with that Accept-Encoding: the smaller of what it takes.
Coding coding_for(std::string_view accept_encoding);
/// True for text in any of its shapes, which shrinks to a quarter; pictures do not.
bool is_worth_compressing(std::string_view content_type);
/// Quick levels: these bodies are made for one answer and thrown away.
std::string compressed(Coding coding, std::string_view text);

} // namespace kringwerk::http
