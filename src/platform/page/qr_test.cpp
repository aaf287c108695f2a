// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/qr.hpp"

#include "base/qr.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <set>

using namespace kringwerk;
using namespace kringwerk::page;

namespace {

using Module = std::pair<std::size_t, std::size_t>;

/// Fills the path again: the modules that its rectangles cover.
std::set<Module> drawn(const std::string& svg) {
    std::set<Module> modules;
    const auto from = svg.find(" d=\"") + 4;
    std::string path = svg.substr(from, svg.find('"', from) - from);
    for (std::size_t at = 0; at < path.size();) {
        char* rest = path.data() + at;
        REQUIRE(*rest == 'M');
        const auto column = std::strtoul(rest + 1, &rest, 10);
        const auto row = std::strtoul(rest, &rest, 10);
        REQUIRE(*rest == 'h');
        const auto run = std::strtoul(rest + 1, &rest, 10);
        for (std::size_t i = 0; i < run; ++i) CHECK(modules.emplace(column + i, row).second);
        at = path.find('z', at) + 1;
    }
    return modules;
}

} // namespace

TEST_CASE("the drawing of a QR code has exactly its dark modules, inside a quiet zone of four") {
    for (const auto& text : {std::string("https://kringwerk.local/p/1"), std::string(900, 'k')}) {
        const auto code = make_qr(text);
        const auto svg = qr_svg(text, "Open de pagina");
        REQUIRE(svg);
        std::set<Module> expected;
        for (std::size_t row = 0; row < code->size; ++row) {
            for (std::size_t column = 0; column < code->size; ++column) {
                if (code->is_dark(column, row)) expected.emplace(column + 4, row + 4);
            }
        }
        CHECK(drawn(*svg) == expected);
        const auto side = std::to_string(code->size + 8);
        CHECK(svg->find("viewBox=\"0 0 " + side + " " + side + "\"") != svg->npos);
    }
}

TEST_CASE("a QR code says what it is for, and its words cannot break out") {
    const auto svg = qr_svg("x", "Stuk <12> & \"meer\"");
    REQUIRE(svg);
    CHECK(svg->find("role=\"img\"") != svg->npos);
    CHECK(svg->find("<title>Stuk &lt;12&gt; &amp; &quot;meer&quot;</title>") != svg->npos);
    CHECK(svg->find("style=") == svg->npos);
    CHECK(qr_svg(std::string(3000, 'x'), "te lang").error().code == "qr.too_long");
}
