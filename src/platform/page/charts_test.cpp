// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/charts.hpp"
#include "platform/page/sankey.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <numeric>
#include <regex>

using namespace kringwerk;
using namespace kringwerk::page;

namespace {

/// All values of one attribute, in order: x="41.05%" gives 41.05.
std::vector<double> values_of(const std::string& svg, const std::string& attribute) {
    std::vector<double> values;
    const std::regex pattern("[ <]" + attribute + "=\"(-?[0-9.]+)%?\"");
    for (auto match = std::sregex_iterator(svg.begin(), svg.end(), pattern);
         match != std::sregex_iterator(); ++match) {
        values.push_back(std::strtod((*match)[1].str().c_str(), nullptr));
    }
    return values;
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

const std::string hostile = "<b a=\"'&>";
const std::string tamed = "&lt;b a=&quot;&#39;&amp;&gt;";

} // namespace

TEST_CASE("whatever the parts, their widths add up to the whole and none is below nothing") {
    CHECK(rc::check([](const std::vector<std::int64_t>& amounts) {
        const auto shares = shares_of(amounts, 10'000);
        RC_ASSERT(shares.size() == amounts.size());
        const auto positive = std::any_of(amounts.begin(), amounts.end(),
                                          [](std::int64_t amount) { return amount > 0; });
        const auto sum = std::accumulate(shares.begin(), shares.end(), std::int64_t{0});
        RC_ASSERT(sum == (positive ? 10'000 : 0));
        for (std::size_t i = 0; i < shares.size(); ++i) {
            RC_ASSERT(shares[i] >= 0);
            if (amounts[i] <= 0) RC_ASSERT(shares[i] == 0);
        }
    }));
    CHECK(shares_of(std::vector<std::int64_t>{1, 1, 1}, 100) ==
          std::vector<std::int64_t>{34, 33, 33});
}

TEST_CASE("a hundred kilo fills its bar without gaps, and what is unexplained is hatched") {
    const std::vector<Part> parts{{"sold", 41, "Verkocht", "/b?naar=sold"},
                                  {"given", 0, "Weggegeven", ""},
                                  {"recycled", 35, "Recycling", ""},
                                  {"unexplained", 1, "Onverklaard", ""}};
    const auto svg = hundred_bar(parts, "Waar het heen ging");
    const auto left = values_of(svg, "x");
    const auto widths = values_of(svg, "width");
    REQUIRE(left.size() == 3);
    REQUIRE(widths.size() == 4); // the first is the drawing's own
    for (std::size_t i = 0; i < left.size(); ++i) {
        const double end = left[i] + widths[i + 1];
        CHECK(end == doctest::Approx(i + 1 < left.size() ? left[i + 1] : 100.0));
    }
    CHECK(count(svg, "<a href=\"/b?naar=sold\">") == 1);
    CHECK(count(svg, "url(#kw-unexplained)") == 1);
    CHECK(svg.find("Weggegeven") == std::string::npos);
    CHECK(hundred_bar({}, "niets").empty());
}

TEST_CASE("the basis bar draws each kind that is there, in its own pattern") {
    const auto svg = basis_bar({71, 17, 8, 4}, "71 % gewogen");
    CHECK(count(svg, "<rect") == 4);
    CHECK(count(svg, "url(#kw-hatch)") == 1);
    CHECK(count(svg, "url(#kw-dots)") == 1);
    CHECK(count(basis_bar({5, 0, 0, 0}, ""), "<rect") == 1);
    CHECK(basis_bar({}, "niets").empty());
    CHECK(count(basis_bar({5, -3, 0, 0}, ""), "<rect") == 1);
}

TEST_CASE("a sparkline stays in its box and needs two values") {
    CHECK(sparkline({}, "").empty());
    CHECK(sparkline(std::vector<std::int64_t>{7}, "").empty());
    const auto svg = sparkline(std::vector<std::int64_t>{0, 50, 100, -4}, "Van 0 naar 100");
    CHECK(svg.find("points=\"0 200 333 100 666 0 1000 200\"") != std::string::npos);
    CHECK(sparkline(std::vector<std::int64_t>{0, 0}, "").find("0 200 1000 200") !=
          std::string::npos);
    CHECK(count(svg, "aria-label=\"Van 0 naar 100\"") == 1);
}

TEST_CASE("bars begin at zero and reach at most the round number above them") {
    const std::vector<Column> bars{{"jan", "januari: 50 kg", 50, "/m/1", false},
                                   {"feb", "februari: 200 kg", 200, "", true},
                                   {"mrt", "maart: -1 kg", -1, "", false}};
    CHECK(round_top(bars) == 200);
    const auto svg = columns(bars, 200, "200 kg", "Per maand", "Nog niets");
    const auto heights = values_of(svg, "height"); // the target, then the bar, of each
    CHECK(heights == std::vector<double>{208, 45, 208, 180, 208, 0});
    CHECK(count(svg, "url(#kw-hatch)") == 1);
    CHECK(count(svg, "<a ") == 1);
    CHECK(columns({}, 1, "", "", "Nog niets") == "<p class=\"chart-empty\">Nog niets</p>");
}

TEST_CASE("the days of a month fit, with a word under every second one") {
    std::vector<Column> days(31, Column{"d", "dag", 1, "", false});
    const auto svg = columns(days, 1, "1 kg", "Per dag", "");
    CHECK(svg.find("viewBox=\"0 0 624 ") != std::string::npos);
    CHECK(count(svg, ">d</text>") == 16);
}

TEST_CASE("the round number is never below the largest value") {
    CHECK(round_top({}) == 1);
    CHECK(rc::check([] {
        const auto value = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 62);
        const std::vector<Column> bars{{"", "", value, "", false}};
        RC_ASSERT(round_top(bars) >= value);
    }));
}

TEST_CASE("a flow keeps inside its frame, in proportion, and opens where it may") {
    const std::vector<FlowNode> nodes{{"donated", "Gebracht", "100", "source", 0},
                                      {"sorting", "Sorteren", "100", "source", 1},
                                      {"sold", "Verkocht", "75", "sold", 2},
                                      {"energy", "Verbrand", "25", "energy", 2},
                                      {"given", "Weggegeven", "0", "given", 2}};
    const std::vector<FlowRibbon> ribbons{
        {"donated", "sorting", 1000, "Gebracht naar sorteren", "/b?van=donated", "source"},
        {"sorting", "sold", 750, "Sorteren naar verkocht", "", "sold"},
        {"sorting", "energy", 250, "Sorteren naar verbrand", "", "energy"},
        {"sold", "sorting", 10, "Terug", "", "source"},     // goes back: listed, not drawn
        {"sorting", "nowhere", 10, "Nergens", "", "source"} // no such place
    };
    const auto svg = sankey(nodes, ribbons, "Waar het heen ging", "Nog niets");
    CHECK(count(svg, "class=\"ribbon ") == 3);
    CHECK(count(svg, "<a href=\"/b?van=donated\">") == 1);
    CHECK(svg.find("Weggegeven") == std::string::npos);
    const auto heights = values_of(svg, "height");
    const auto tops = values_of(svg, "y");
    REQUIRE(heights.size() == 4);
    CHECK(heights[2] / heights[3] == doctest::Approx(3).epsilon(0.01));
    CHECK(heights[1] == doctest::Approx(heights[2] + heights[3]).epsilon(0.01));
    for (const auto top : tops) CHECK(top >= 0);
    for (const auto height : heights) CHECK(height <= 400);
    CHECK(sankey({}, {}, "", "Nog niets") == "<p class=\"chart-empty\">Nog niets</p>");
}

TEST_CASE("any flow fits the frame") {
    CHECK(rc::check([] {
        std::vector<FlowNode> nodes;
        std::vector<FlowRibbon> ribbons;
        const auto many = *rc::gen::inRange(2, 12);
        for (int i = 0; i < many; ++i) {
            nodes.push_back({std::to_string(i), "plek", "1", "stock", *rc::gen::inRange(0, 4)});
        }
        for (int i = 0; i < 2 * many; ++i) {
            ribbons.push_back({std::to_string(*rc::gen::inRange(0, many)),
                               std::to_string(*rc::gen::inRange(0, many)),
                               *rc::gen::inRange<std::int64_t>(-5, std::int64_t{1} << 50), "", "",
                               "stock"});
        }
        const auto svg = sankey(nodes, ribbons, "", "niets");
        const auto tops = values_of(svg, "y");
        const auto heights = values_of(svg, "height");
        for (std::size_t i = 0; i < heights.size(); ++i) {
            RC_ASSERT(heights[i] >= 0);
            RC_ASSERT(heights[i] <= 400);
        }
        for (const auto top : tops) RC_ASSERT(top >= 0 && top <= 410);
        RC_ASSERT(svg.find("nan") == std::string::npos);
    }));
}

TEST_CASE("what a person typed cannot leave its place in a drawing") {
    const std::vector<Part> parts{{hostile, 1, hostile, hostile}};
    const std::vector<Column> bars{{hostile, hostile, 1, hostile, false}};
    const std::vector<FlowNode> nodes{{"a", hostile, hostile, hostile, 0},
                                      {"b", hostile, hostile, hostile, 1}};
    const std::vector<FlowRibbon> ribbons{{"a", "b", 1, hostile, hostile, hostile}};
    for (const auto& svg : {hundred_bar(parts, hostile), basis_bar({1, 0, 0, 0}, hostile),
                            columns(bars, 1, hostile, hostile, ""), columns({}, 1, "", "", hostile),
                            sankey(nodes, ribbons, hostile, ""), flow_bar(hostile, 1, 1),
                            sparkline(std::vector<std::int64_t>{1, 2}, hostile)}) {
        CHECK(svg.find(hostile) == std::string::npos);
        CHECK(svg.find("<b") == std::string::npos);
        CHECK(svg.find(tamed) != std::string::npos);
    }
}
