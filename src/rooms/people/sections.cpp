// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/sections.hpp"

namespace kringwerk::people {

namespace json = boost::json;

json::object chip(std::string_view tone, std::string words) {
    return {{"tone", tone}, {"chip_words", std::move(words)}};
}

json::object line_link(std::string url, std::string words) {
    return {{"link_url", std::move(url)}, {"link_words", std::move(words)}};
}

json::object Section::take() {
    json::array shown;
    for (auto& line : lines) {
        shown.push_back(json::object{{"line_name", std::move(line.name)},
                                     {"line_url", std::move(line.url)},
                                     {"line_note", std::move(line.note)},
                                     {"chips", std::move(line.chips)},
                                     {"buttons", std::move(line.buttons)},
                                     {"line_links", std::move(line.links)}});
    }
    json::array link;
    if (!made.empty()) link.push_back(std::move(made));
    return {{"section_id", id},          {"section_title", title}, {"section_note", note},
            {"lines", std::move(shown)}, {"lines_none", none},     {"forms", std::move(forms)},
            {"made", std::move(link)}};
}

} // namespace kringwerk::people
