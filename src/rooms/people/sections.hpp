// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Parts of a page as pages/sections.mustache shows them.
namespace kringwerk::people {

/// One line of what is there.
struct Line {
    std::string name;
    std::string url = {}; ///< opens it; empty: the name is no link
    std::string note = {};
    boost::json::array chips = {};
    boost::json::array buttons = {}; ///< of `line_button`
    boost::json::array links = {};   ///< of `line_link`
};

/// `tone`: ok, wait, stop, info or plain.
boost::json::object chip(std::string_view tone, std::string words);
boost::json::object line_link(std::string url, std::string words);

struct Section {
    std::string id;
    std::string title = {}; ///< empty: only forms
    std::string note = {};
    std::vector<Line> lines = {};
    std::string none = {}; ///< said when there are no lines
    boost::json::array forms = {};
    boost::json::object made = {}; ///< of `shown_link`

    boost::json::object take();
};

} // namespace kringwerk::people
