// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

namespace kringwerk::page {

/// Bold icons stand in buttons and beside words, duotone ones are pictograms.
enum class IconStyle { bold, duotone };

/// The inline SVG of an icon that the web build collected, or nothing: icons stand beside words.
std::string_view icon(IconStyle style, std::string_view name);

} // namespace kringwerk::page
