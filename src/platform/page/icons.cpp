// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/icons.hpp"

#include "base/embedded.hpp"

#include <boost/json.hpp>

#include <map>
#include <string>

namespace kringwerk::page {
namespace {

using Drawings = std::map<std::string, std::string, std::less<>>;

/// web/dist/icons.json is {"bold": {name: drawing}, "duotone": {name: drawing}}, where a drawing
/// is what stands between <svg> and </svg> in a box of 256 by 256.
Drawings read_drawings(std::string_view style) {
    Drawings drawings;
    const auto file = embedded("web/dist/icons.json");
    if (!file) return drawings;
    const auto parsed = boost::json::parse(*file);
    for (const auto& [name, drawing] : parsed.as_object().at(style).as_object()) {
        drawings.emplace(
            name, "<svg class=\"icon icon-" + std::string(style) +
                      "\" width=\"20\" height=\"20\" viewBox=\"0 0 256 256\" aria-hidden=\"true\" "
                      "focusable=\"false\" fill=\"currentColor\">" +
                      std::string(drawing.as_string()) + "</svg>");
    }
    return drawings;
}

} // namespace

std::string_view icon(IconStyle style, std::string_view name) {
    static const Drawings bold = read_drawings("bold");
    static const Drawings duotone = read_drawings("duotone");
    const auto& drawings = style == IconStyle::bold ? bold : duotone;
    const auto found = drawings.find(name);
    return found == drawings.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace kringwerk::page
