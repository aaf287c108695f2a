// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/qr.hpp"

#include "base/qr.hpp"
#include "platform/page/page.hpp"

#include <fmt/format.h>

namespace kringwerk::page {
namespace {

/// One rectangle per run of dark modules in a row: a third of the bytes of one per module.
std::string outline(const QrCode& code) {
    std::string path;
    for (std::size_t row = 0; row < code.size; ++row) {
        for (std::size_t column = 0; column < code.size; ++column) {
            const auto begin = column;
            while (column < code.size && code.is_dark(column, row)) ++column;
            const auto run = column - begin;
            if (run == 0) continue;
            path += fmt::format("M{} {}h{}v1h-{}z", begin + qr_quiet_zone, row + qr_quiet_zone, run,
                                run);
        }
    }
    return path;
}

} // namespace

Result<std::string> qr_svg(std::string_view text, std::string_view label) {
    const auto code = make_qr(text);
    if (!code) return refuse(code.error());
    const auto side = code->size + 2 * qr_quiet_zone;
    return fmt::format("<svg class=\"qr\" viewBox=\"0 0 {0} {0}\" role=\"img\" "
                       "shape-rendering=\"crispEdges\"><title>{1}</title>"
                       "<rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/>"
                       "<path fill=\"#000\" d=\"{2}\"/></svg>",
                       side, escaped(label), outline(*code));
}

} // namespace kringwerk::page
