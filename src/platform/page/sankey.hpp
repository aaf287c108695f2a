// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kringwerk::page {

/// A place where goods are or go. `column` counts from the left: sources stand in 0, destinations
/// in the last, what stands between in between. Within a column the order given is kept.
struct FlowNode {
    std::string id;
    std::string name;  ///< "Gebracht"
    std::string shown; ///< "1.284,6"
    std::string place; ///< class of its colour: "source", "sold", "stock", see charts.hpp
    int column = 0;
};

/// What went from one place to another. Goods that went back to an earlier column are not drawn:
/// the caller gives what remains, and lists the rest in words.
struct FlowRibbon {
    std::string from;
    std::string to;
    std::int64_t amount = 0;
    std::string label; ///< heard and hovered: "Gebracht naar sorteren: 1.284,6 kg"
    std::string url;   ///< its movements; empty: no link
    std::string place; ///< class of its colour, mostly that of its destination
};

/// The flow of one day or month as SVG, 1080 wide. Heights are in proportion to amounts, but for
/// the least height at which a ribbon can still be seen and hit. Nothing to draw gives
/// `empty_words`. A phone shows `flow_bar` lists instead; the style sheet chooses.
std::string sankey(std::span<const FlowNode> nodes, std::span<const FlowRibbon> ribbons,
                   std::string_view summary, std::string_view empty_words);

/// One line of the list that stands for the flow on a phone: a bar of `amount` out of `largest`.
std::string flow_bar(std::string_view place, std::int64_t amount, std::int64_t largest);

} // namespace kringwerk::page
