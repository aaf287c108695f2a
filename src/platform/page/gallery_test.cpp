// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/charts.hpp"
#include "platform/page/page.hpp"
#include "platform/page/sankey.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

// Renders every template with the made-up data of samples/*.json. With KRINGWERK_GALLERY=folder the
// pages are also written there, to be looked at in a browser.

using namespace kringwerk;
namespace json = boost::json;

namespace {

const std::filesystem::path source_folder = KRINGWERK_SOURCE_DIR;

json::value read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str());
}

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

std::vector<std::int64_t> numbers_of(const json::value& value) {
    std::vector<std::int64_t> numbers;
    for (const auto& number : value.as_array()) numbers.push_back(number.to_number<std::int64_t>());
    return numbers;
}

std::string drawn_columns(const json::object& chart) {
    std::vector<page::Column> bars;
    for (const auto& row : chart.at("bars").as_array()) {
        const auto& cells = row.as_array();
        bars.push_back({text_of(cells[0]), text_of(cells[1]), cells[2].to_number<std::int64_t>(),
                        text_of(cells[3]), cells[4].as_bool()});
    }
    return page::columns(bars, page::round_top(bars), text_of(chart.at("top_label")),
                         text_of(chart.at("summary")), "Nog niets geboekt");
}

std::string drawn_hundred(const json::object& chart) {
    std::vector<page::Part> parts;
    for (const auto& row : chart.at("parts").as_array()) {
        const auto& cells = row.as_array();
        parts.push_back({text_of(cells[0]), cells[1].to_number<std::int64_t>(), text_of(cells[2]),
                         text_of(cells[3])});
    }
    return page::hundred_bar(parts, text_of(chart.at("summary")));
}

std::string drawn_sankey(const json::object& chart) {
    std::vector<page::FlowNode> nodes;
    for (const auto& row : chart.at("nodes").as_array()) {
        const auto& cells = row.as_array();
        nodes.push_back({text_of(cells[0]), text_of(cells[1]), text_of(cells[2]), text_of(cells[3]),
                         cells[4].to_number<int>()});
    }
    std::vector<page::FlowRibbon> ribbons;
    for (const auto& row : chart.at("ribbons").as_array()) {
        const auto& cells = row.as_array();
        ribbons.push_back({text_of(cells[0]), text_of(cells[1]), cells[2].to_number<std::int64_t>(),
                           text_of(cells[3]), text_of(cells[4]), text_of(cells[5])});
    }
    return page::sankey(nodes, ribbons, text_of(chart.at("summary")), "Nog niets geboekt");
}

/// A sample says {"chart": "sparkline", ...} where the real page puts the drawing.
std::string drawn(const json::object& chart) {
    const auto kind = text_of(chart.at("chart"));
    if (kind == "columns") return drawn_columns(chart);
    if (kind == "hundred") return drawn_hundred(chart);
    if (kind == "sankey") return drawn_sankey(chart);
    if (kind == "flow_bar") {
        return page::flow_bar(text_of(chart.at("place")),
                              chart.at("amount").to_number<std::int64_t>(),
                              chart.at("largest").to_number<std::int64_t>());
    }
    const auto values = numbers_of(chart.at("values"));
    const auto summary = text_of(chart.at("summary"));
    if (kind == "sparkline") return page::sparkline(values, summary);
    REQUIRE(kind == "basis");
    return page::basis_bar({values[0], values[1], values[2], values[3]}, summary);
}

json::value with_drawings(const json::value& value) {
    if (value.is_array()) {
        json::array items;
        for (const auto& item : value.get_array()) items.push_back(with_drawings(item));
        return items;
    }
    if (!value.is_object()) return value;
    const auto* chart = value.get_object().if_contains("chart");
    if (chart != nullptr && chart->is_string()) return json::string(drawn(value.get_object()));
    json::object object;
    for (const auto& [name, member] : value.get_object()) object[name] = with_drawings(member);
    return object;
}

void keep_in_gallery(const std::string& name, const std::string& html) {
    const char* gallery = std::getenv("KRINGWERK_GALLERY");
    if (gallery == nullptr) return;
    std::filesystem::create_directories(gallery);
    std::ofstream(std::filesystem::path(gallery) / (name + ".html")) << html;
}

} // namespace

TEST_CASE("every sample becomes a whole page in both languages") {
    const page::Pages pages(Texts::built_in());
    for (const auto& entry :
         std::filesystem::directory_iterator(source_folder / "src/platform/page/samples")) {
        const auto sample = read_json(entry.path());
        const auto name = entry.path().stem().string();
        CAPTURE(name);
        const auto data = with_drawings(sample.at("data")).as_object();
        for (const auto language : {Language::nl, Language::en}) {
            const auto html = pages.render_page(language, text_of(sample.at("template")), data);
            CHECK(html.starts_with("<!doctype html>"));
            CHECK(html.find("[[") == std::string::npos);
            CHECK(html.find("{{") == std::string::npos);
            CHECK(html.find(" style=") == std::string::npos);
            CHECK(html.find("</html>") != std::string::npos);
            keep_in_gallery(name + "." + std::string(code_of(language)), html);
        }
    }
}
