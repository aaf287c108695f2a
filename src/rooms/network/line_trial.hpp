// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scale_line.hpp"
#include "platform/http/http.hpp"

#include <string>
#include <string_view>

/// Trying how a line of a scale would be read, before the scale is set so.
namespace kringwerk::network {

/// What stands in the fields `profile`, `pattern` and `line` of a form. Refuses
/// "network.wrong_fields" with profile "network.choose"; pattern "network.pattern_needed" or what
/// `devices::parse_line_pattern` refuses; line "network.line_needed" or what `devices::parse_line`
/// refuses.
Result<devices::Reading> read_line_trial(const http::Form& form);

/// The bytes of a line as `devices::shown` writes it: "\x02" is one.
std::string line_of_shown(std::string_view shown);

} // namespace kringwerk::network
