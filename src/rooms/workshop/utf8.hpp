// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kringwerk::workshop {

/// True for UTF-8 (RFC 3629) without NUL bytes: what every database takes as text.
bool is_utf8(std::string_view text);
/// At most `most` bytes from the beginning, cut between characters, with "…" where cut. Text that
/// is not UTF-8 gives nothing.
std::string cut_utf8(std::string_view text, std::size_t most);

} // namespace kringwerk::workshop
