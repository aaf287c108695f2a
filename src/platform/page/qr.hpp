// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace kringwerk::page {

/// A QR code as inline SVG with its quiet zone. Black on white in the dark as well, because readers
/// expect it so. `label` is what somebody hears who cannot see it. Refusals of `make_qr`.
Result<std::string> qr_svg(std::string_view text, std::string_view label);

} // namespace kringwerk::page
