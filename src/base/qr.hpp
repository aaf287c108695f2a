// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk {

/// A QR code (ISO/IEC 18004) as a square of modules, without the quiet zone around it.
struct QrCode {
    std::string text;
    std::size_t size = 0;   ///< modules along a side: 21 to 177
    std::vector<bool> dark; ///< row by row

    bool is_dark(std::size_t column, std::size_t row) const { return dark[row * size + column]; }
};

/// Modules that stay light around a code, so that a reader finds it.
constexpr std::size_t qr_quiet_zone = 4;

/// Error correction M: 15 % of the code may be dirty or torn.
/// Refusals: qr.empty, qr.too_long beyond 2,331 bytes.
Result<QrCode> make_qr(std::string_view text);

} // namespace kringwerk
