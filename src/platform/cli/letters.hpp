// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace kringwerk::cli {

/// Names of settings and commands are plain ASCII; the locale plays no part.
inline std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return result;
}

inline std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return result;
}

} // namespace kringwerk::cli
