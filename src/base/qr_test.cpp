// SPDX-License-Identifier: EUPL-1.2
#include "base/qr.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <string>

using namespace kringwerk;

namespace {

/// ISO/IEC 18004, 6.3.3: a dark square of 7 with a light one of 5 and a dark one of 3 in it.
bool is_finder(const QrCode& code, std::size_t left, std::size_t top) {
    for (std::size_t y = 0; y < 7; ++y) {
        for (std::size_t x = 0; x < 7; ++x) {
            const auto from_edge = std::min({x, y, 6 - x, 6 - y});
            if (code.is_dark(left + x, top + y) != (from_edge != 1)) return false;
        }
    }
    return true;
}

} // namespace

TEST_CASE("a QR code has its three finder patterns and the size of its length") {
    const auto code = make_qr("https://kringwerk.local/stuk/12");
    REQUIRE(code);
    CHECK(code->size == 29); // version 3 holds 42 bytes with correction M
    CHECK(code->dark.size() == 29 * 29);
    CHECK(is_finder(*code, 0, 0));
    CHECK(is_finder(*code, 22, 0));
    CHECK(is_finder(*code, 0, 22));
    CHECK_FALSE(is_finder(*code, 22, 22));
    CHECK(make_qr("a")->size == 21);
    CHECK(make_qr(std::string(14, 'a'))->size == 21);
    CHECK(make_qr(std::string(15, 'a'))->size == 25);
}

TEST_CASE("a QR code takes all bytes, up to what its largest version holds") {
    using namespace std::string_view_literals;
    CHECK(make_qr("één\0twee"sv)->dark != make_qr("één"sv)->dark);
    CHECK(make_qr(std::string(2331, 'x'))->size == 177);
    CHECK(make_qr(std::string(2332, 'x')).error().code == "qr.too_long");
    CHECK(make_qr("").error().code == "qr.empty");
}

TEST_CASE("a QR code is the one that counters draw without a server") {
    std::ifstream file(std::string(KRINGWERK_SOURCE_DIR) + "/tests/golden/qr.json");
    std::stringstream text;
    text << file.rdbuf();
    const auto examples = boost::json::parse(text.str());
    CHECK(examples.as_array().size() == 4);
    for (const auto& example : examples.as_array()) {
        const auto code = make_qr(std::string_view(example.at("text").as_string()));
        const auto& rows = example.at("rows").as_array();
        REQUIRE(code->size == rows.size());
        for (std::size_t y = 0; y < code->size; ++y) {
            std::string row;
            for (std::size_t x = 0; x < code->size; ++x) row += code->is_dark(x, y) ? '#' : '.';
            CHECK(row == std::string_view(rows.at(y).as_string()));
        }
    }
}
