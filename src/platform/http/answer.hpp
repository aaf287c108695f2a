// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"

#include <exception>
#include <string>
#include <string_view>

namespace kringwerk::http {

/// What a handler gave becomes what is sent: 304 when the client has it already, compressed when
/// that pays, without a body where there may be none.
void finish(const Request& request, Response& response);

enum class Framing { length, chunks, until_close };

/// The status line and all headers: the response's own, those that every answer has (date, safety,
/// no-store unless the handler said otherwise), and how the body ends.
std::string head_of(const Request& request, const Response& response, Framing framing,
                    bool keeps_alive);

/// The answer to what a handler threw: 503 for `Busy`, else what `options.broke` makes of it, else
/// 500. Always an answer, also when making it breaks.
Response answer_to(const ServerOptions& options, const Request& request, std::exception_ptr broke);

std::string_view body_of(const Response& response);
/// "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(Instant moment);

} // namespace kringwerk::http
