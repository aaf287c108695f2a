// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/sankey.hpp"

#include "platform/page/charts.hpp"
#include "platform/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace kringwerk::page {
namespace {

constexpr double width = 1080;
constexpr double height = 400;
constexpr double node_width = 16;
constexpr double left_margin = 205;  // room for the words beside the sources
constexpr double right_margin = 215; // and beside the destinations
constexpr double top_margin = 26;    // and above what stands in between
constexpr double least_slot = 20;    // a line of words
constexpr double slot_gap = 7;
constexpr double least_height = 2;

struct Box {
    const FlowNode* node = nullptr;
    double amount = 0; ///< the larger of what came in and what went out
    double x = 0;
    double y = 0;
    double tall = 0;
    double used_left = 0; ///< of its height, by ribbons that came in
    double used_right = 0;
};

using Boxes = std::map<std::string, Box, std::less<>>;

double thickness(double amount, double scale) { return std::max(amount * scale, least_height); }

bool is_drawn(const FlowRibbon& ribbon, const Boxes& boxes) {
    const auto from = boxes.find(ribbon.from);
    const auto to = boxes.find(ribbon.to);
    return ribbon.amount > 0 && from != boxes.end() && to != boxes.end() &&
           from->second.node->column < to->second.node->column;
}

Boxes with_amounts(std::span<const FlowNode> nodes, std::span<const FlowRibbon> ribbons) {
    Boxes boxes;
    for (const auto& node : nodes) boxes[node.id].node = &node;
    std::map<std::string, double> in, out;
    for (const auto& ribbon : ribbons) {
        if (!is_drawn(ribbon, boxes)) continue;
        out[ribbon.from] += static_cast<double>(ribbon.amount);
        in[ribbon.to] += static_cast<double>(ribbon.amount);
    }
    for (auto& [id, box] : boxes) box.amount = std::max(in[id], out[id]);
    std::erase_if(boxes, [](const auto& entry) { return entry.second.amount <= 0; });
    return boxes;
}

/// The boxes of each column from the top down.
std::vector<std::vector<Box*>> by_column(std::span<const FlowNode> nodes, Boxes& boxes) {
    std::vector<std::vector<Box*>> columns;
    for (const auto& node : nodes) {
        const auto box = boxes.find(node.id);
        if (box == boxes.end()) continue;
        const auto column = static_cast<std::size_t>(std::max(node.column, 0));
        if (columns.size() <= column) columns.resize(column + 1);
        columns[column].push_back(&box->second);
    }
    return columns;
}

double slot(const Box& box, double scale) {
    return std::max(thickness(box.amount, scale), least_slot) + slot_gap;
}

double tall(const std::vector<Box*>& column, double scale) {
    double sum = 0;
    for (const auto* box : column) sum += slot(*box, scale);
    return sum;
}

/// Units of height per gram, as large as the fullest column allows. Small boxes keep room for their
/// words whatever the scale, so it is found by halving.
double largest_scale(const std::vector<std::vector<Box*>>& columns) {
    double most = 0;
    for (const auto& column : columns) {
        for (const auto* box : column) most = std::max(most, box->amount);
    }
    double low = 0;
    double high = (height - top_margin) / most;
    for (int step = 0; step < 40; ++step) {
        const double middle = (low + high) / 2;
        const bool fits = std::ranges::all_of(columns, [&](const auto& column) {
            return tall(column, middle) <= height - top_margin;
        });
        (fits ? low : high) = middle;
    }
    return low;
}

double middle_of(const Box& box) { return box.y + box.tall / 2; }

/// The mean height of what a box is joined to on one side, weighed by what passes.
std::optional<double> pull(const Box& box, std::span<const FlowRibbon> ribbons,
                           const Boxes& boxes) {
    double sum = 0;
    double weight = 0;
    for (const auto& ribbon : ribbons) {
        if (ribbon.from != box.node->id || !is_drawn(ribbon, boxes)) continue;
        sum += middle_of(boxes.at(ribbon.to)) * static_cast<double>(ribbon.amount);
        weight += static_cast<double>(ribbon.amount);
    }
    return weight > 0 ? std::optional(sum / weight) : std::nullopt;
}

/// Moves what stands in between to the height of where its goods go, from the right to the left,
/// as far as the order of its column and the frame allow.
void draw_together(const std::vector<std::vector<Box*>>& columns,
                   std::span<const FlowRibbon> ribbons, const Boxes& boxes, double scale) {
    for (std::size_t i = columns.size() - 1; i-- > 1;) {
        double free_from = top_margin;
        double needed = tall(columns[i], scale);
        for (auto* box : columns[i]) {
            const double room = slot(*box, scale);
            const double wanted = pull(*box, ribbons, boxes).value_or(middle_of(*box)) - room / 2;
            const double y = std::clamp(wanted, free_from, std::max(free_from, height - needed));
            box->y = y + (room - slot_gap - box->tall) / 2;
            free_from = y + room;
            needed -= room;
        }
    }
}

void place_boxes(const std::vector<std::vector<Box*>>& columns, double scale) {
    const auto last = columns.size() > 1 ? static_cast<double>(columns.size() - 1) : 1.0;
    const double step = (width - left_margin - right_margin - node_width) / last;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        double y = top_margin + (height - top_margin - tall(columns[i], scale)) / 2;
        for (auto* box : columns[i]) {
            box->x = left_margin + static_cast<double>(i) * step;
            box->tall = thickness(box->amount, scale);
            box->y = y + (slot(*box, scale) - slot_gap - box->tall) / 2;
            y += slot(*box, scale);
        }
    }
}

struct Ends {
    double left = 0;
    double right = 0;
};

/// Where each ribbon meets its boxes, so that those of one box lie in the order of their other ends
/// and cross as little as may be.
std::vector<std::optional<Ends>> ends_of(std::span<const FlowRibbon> ribbons, Boxes& boxes,
                                         double scale) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < ribbons.size(); ++i) {
        if (is_drawn(ribbons[i], boxes)) order.push_back(i);
    }
    std::vector<std::optional<Ends>> ends(ribbons.size());
    const auto middle = [&](const std::string& id) { return middle_of(boxes.at(id)); };
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return middle(ribbons[i].to); });
    for (const auto i : order) {
        auto& box = boxes.at(ribbons[i].from);
        const auto thick = thickness(static_cast<double>(ribbons[i].amount), scale);
        ends[i] = Ends{box.y + box.used_right + thick / 2, 0};
        box.used_right += thick;
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return middle(ribbons[i].from); });
    for (const auto i : order) {
        auto& box = boxes.at(ribbons[i].to);
        const auto thick = thickness(static_cast<double>(ribbons[i].amount), scale);
        ends[i]->right = box.y + box.used_left + thick / 2;
        box.used_left += thick;
    }
    return ends;
}

std::string drawn(const FlowRibbon& ribbon, const Ends& ends, const Boxes& boxes, double scale) {
    const double x1 = boxes.at(ribbon.from).x + node_width;
    const double x2 = boxes.at(ribbon.to).x;
    const double bend = (x2 - x1) / 2;
    const double thick = thickness(static_cast<double>(ribbon.amount), scale);
    const auto path =
        fmt::format("M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", x1, ends.left,
                    x1 + bend, ends.left, x2 - bend, ends.right, x2, ends.right);
    // A thin ribbon is hard to hit: a clear one of finger width lies over it.
    const auto drawing = fmt::format(
        "<path class=\"ribbon place-{}\" d=\"{}\" stroke-width=\"{:.1f}\"><title>{}</title></path>"
        "<path class=\"ribbon-target\" d=\"{}\" stroke-width=\"{:.1f}\"/>",
        escaped(ribbon.place), path, thick, escaped(ribbon.label), path, std::max(thick, 12.0));
    return linked(ribbon.url, drawing);
}

std::string drawn(const Box& box, std::size_t columns) {
    const auto column = static_cast<std::size_t>(std::max(box.node->column, 0));
    const bool first = column == 0;
    const bool last = column + 1 == columns;
    const double x = first ? box.x - 10 : last ? box.x + node_width + 10 : box.x;
    const double y = first || last ? box.y + box.tall / 2 + 5 : box.y - 8;
    const bool hatched = box.node->place == "unexplained";
    return fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.0f}\" "
                       "height=\"{:.1f}\" rx=\"2\"{}/>"
                       "<text x=\"{:.1f}\" y=\"{:.1f}\"{}><tspan class=\"node-name\">{}</tspan> "
                       "<tspan class=\"node-amount\">{}</tspan></text>",
                       hatched ? "node-unexplained" : "place-" + escaped(box.node->place), box.x,
                       box.y, node_width, box.tall, hatched ? " fill=\"url(#kw-unexplained)\"" : "",
                       x, y, first ? " text-anchor=\"end\"" : "", escaped(box.node->name),
                       escaped(box.node->shown));
}

} // namespace

std::string sankey(std::span<const FlowNode> nodes, std::span<const FlowRibbon> ribbons,
                   std::string_view summary, std::string_view empty_words) {
    auto boxes = with_amounts(nodes, ribbons);
    if (boxes.empty()) {
        return fmt::format("<p class=\"chart-empty\">{}</p>", escaped(empty_words));
    }
    const auto columns = by_column(nodes, boxes);
    const double scale = largest_scale(columns);
    place_boxes(columns, scale);
    draw_together(columns, ribbons, boxes, scale);
    const auto ends = ends_of(ribbons, boxes, scale);
    auto svg = fmt::format("<svg class=\"chart sankey\" viewBox=\"0 0 {:.0f} {:.0f}\" "
                           "role=\"group\" aria-label=\"{}\">",
                           width, height, escaped(summary));
    for (std::size_t i = 0; i < ribbons.size(); ++i) {
        if (ends[i]) svg += drawn(ribbons[i], *ends[i], boxes, scale);
    }
    for (const auto& column : columns) {
        for (const auto* box : column) svg += drawn(*box, columns.size());
    }
    return svg + "</svg>";
}

std::string flow_bar(std::string_view place, std::int64_t amount, std::int64_t largest) {
    const std::int64_t positive = std::max<std::int64_t>(amount, 0);
    const auto widths = shares_of(
        std::vector<std::int64_t>{positive, std::max<std::int64_t>(largest - positive, 0)}, 1000);
    const bool hatched = place == "unexplained";
    return fmt::format("<svg class=\"chart flow-bar\" width=\"100%\" height=\"12\" "
                       "aria-hidden=\"true\"><rect class=\"{}\" width=\"{}.{}%\" height=\"12\" "
                       "rx=\"4\"{}/></svg>",
                       hatched ? "node-unexplained" : "place-" + escaped(place), widths[0] / 10,
                       widths[0] % 10, hatched ? " fill=\"url(#kw-unexplained)\"" : "");
}

} // namespace kringwerk::page
