// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/charts.hpp"

#include "platform/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace kringwerk::page {
namespace {

std::int64_t at_least_zero(std::int64_t value) { return std::max<std::int64_t>(value, 0); }

std::string opening(std::string_view classes, std::string_view view_box, std::string_view more,
                    std::string_view summary, bool has_links) {
    // An image hides what is in it from a screen reader; with links in it, it is a group.
    return fmt::format("<svg class=\"chart {}\"{}{}{} role=\"{}\" aria-label=\"{}\">", classes,
                       view_box.empty() ? "" : " viewBox=\"", view_box,
                       view_box.empty() ? std::string(more) : "\"" + std::string(more),
                       has_links ? "group" : "img", escaped(summary));
}

/// Hundredths of a percent as SVG wants them: 4105 is "41.05%".
std::string percent(std::int64_t hundredths) {
    return fmt::format("{}.{:02}%", hundredths / 100, hundredths % 100);
}

constexpr std::int64_t whole_bar = 10'000;

/// `value` of `top` scaled to `height`, without overflow for grams of a whole country.
std::int64_t scaled(std::int64_t value, std::int64_t top, std::int64_t height) {
    const auto exact = static_cast<long double>(value) * static_cast<long double>(height) /
                       static_cast<long double>(top);
    return static_cast<std::int64_t>(exact + 0.5L);
}

} // namespace

std::vector<std::int64_t> shares_of(std::span<const std::int64_t> amounts, std::int64_t whole) {
    std::vector<std::int64_t> shares(amounts.size(), 0);
    long double total = 0;
    for (const auto amount : amounts) total += static_cast<long double>(at_least_zero(amount));
    if (total <= 0) return shares;
    std::vector<std::pair<long double, std::size_t>> remainders;
    std::int64_t given = 0;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const auto exact = static_cast<long double>(at_least_zero(amounts[i])) *
                           static_cast<long double>(whole) / total;
        shares[i] = static_cast<std::int64_t>(exact);
        given += shares[i];
        remainders.emplace_back(exact - static_cast<long double>(shares[i]), i);
    }
    // Largest remainder first; among equals the earlier part, so that the order is fixed.
    std::ranges::sort(remainders, [](const auto& left, const auto& right) {
        return left.first != right.first ? left.first > right.first : left.second < right.second;
    });
    for (std::size_t i = 0; given < whole && i < remainders.size(); ++i, ++given) {
        ++shares[remainders[i].second];
    }
    return shares;
}

std::string linked(std::string_view url, std::string_view drawing) {
    if (url.empty()) return std::string(drawing);
    return fmt::format("<a href=\"{}\">{}</a>", escaped(url), drawing);
}

std::string sparkline(std::span<const std::int64_t> values, std::string_view summary) {
    if (values.size() < 2) return {};
    constexpr std::int64_t width = 1000;
    constexpr std::int64_t height = 200;
    const auto top = std::max<std::int64_t>(1, *std::ranges::max_element(values));
    std::string points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto x =
            static_cast<std::int64_t>(i) * width / static_cast<std::int64_t>(values.size() - 1);
        const auto y = height - scaled(at_least_zero(values[i]), top, height);
        points += fmt::format("{}{} {}", i == 0 ? "" : " ", x, y);
    }
    // Stretched to whatever width the card has; the stroke keeps its own width.
    return opening("spark", "0 -20 1000 220", " preserveAspectRatio=\"none\"", summary, false) +
           fmt::format("<polygon class=\"spark-area\" points=\"0 {1} {0} {2} {1}\"/>"
                       "<polyline class=\"spark-line\" points=\"{0}\"/>"
                       "<line class=\"spark-ground\" x1=\"0\" y1=\"{1}\" x2=\"{2}\" y2=\"{1}\"/>"
                       "</svg>",
                       points, height, width);
}

std::string hundred_bar(std::span<const Part> parts, std::string_view summary) {
    std::vector<std::int64_t> amounts;
    for (const auto& part : parts) amounts.push_back(part.amount);
    const auto widths = shares_of(amounts, whole_bar);
    if (std::accumulate(widths.begin(), widths.end(), std::int64_t{0}) == 0) return {};
    const bool has_links =
        std::ranges::any_of(parts, [](const Part& part) { return !part.url.empty(); });
    auto svg = opening("hundred-bar", "", " width=\"100%\" height=\"52\"", summary, has_links);
    std::int64_t left = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (widths[i] == 0) continue;
        const bool hatched = parts[i].place == "unexplained";
        const auto rect = fmt::format(
            "<rect class=\"piece {}\" x=\"{}\" y=\"1\" width=\"{}\" height=\"50\" rx=\"4\"{}>"
            "<title>{}</title></rect>",
            hatched ? "piece-unexplained" : "place-" + escaped(parts[i].place), percent(left),
            percent(widths[i]), hatched ? " fill=\"url(#kw-unexplained)\"" : "",
            escaped(parts[i].label));
        svg += linked(parts[i].url, rect);
        left += widths[i];
    }
    return svg + "</svg>";
}

std::string basis_bar(const BasisShares& shares, std::string_view summary) {
    struct Kind {
        std::string_view classes;
        std::string_view fill;
    };
    constexpr std::array<Kind, 4> kinds{{{"basis-measured", ""},
                                         {"basis-standard", " fill=\"url(#kw-hatch)\""},
                                         {"basis-estimated", " fill=\"url(#kw-dots)\""},
                                         {"basis-surveyed", ""}}};
    const std::array amounts{shares.measured, shares.standard, shares.estimated, shares.surveyed};
    const auto widths = shares_of(amounts, whole_bar);
    if (std::accumulate(widths.begin(), widths.end(), std::int64_t{0}) == 0) return {};
    auto svg = opening("basis-bar", "", " width=\"100%\" height=\"8\"", summary, false);
    std::int64_t left = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (widths[i] == 0) continue;
        svg += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"0.5\" width=\"{}\" height=\"7\"{}/>",
                           kinds[i].classes, percent(left), percent(widths[i]), kinds[i].fill);
        left += widths[i];
    }
    return svg + "</svg>";
}

std::int64_t round_top(std::span<const Column> bars) {
    std::int64_t largest = 1;
    for (const auto& bar : bars) largest = std::max(largest, bar.value);
    for (std::int64_t power = 1;; power *= 10) {
        for (const std::int64_t step : {1, 2, 5}) {
            if (step * power >= largest) return step * power;
        }
        // The next power would not fit; nothing on earth weighs that much.
        if (power > std::int64_t{100'000'000'000'000'000}) return largest;
    }
}

std::string columns(std::span<const Column> bars, std::int64_t top, std::string_view top_label,
                    std::string_view summary, std::string_view empty_words) {
    if (bars.empty()) return fmt::format("<p class=\"chart-empty\">{}</p>", escaped(empty_words));
    constexpr std::int64_t height = 180;
    constexpr std::int64_t ground = height + 30;
    constexpr std::int64_t usual_width = 624; // twelve months; as wide as it is mostly shown
    constexpr std::int64_t room_for_label = 40;
    const auto many = static_cast<std::int64_t>(bars.size());
    const auto step = std::clamp<std::int64_t>(usual_width / many, 20, 52);
    const auto gap = step / 6;
    const auto width = std::max(usual_width, many * step);
    // The days of a month stand too close for a word under each.
    const auto labelled = (room_for_label + step - 1) / step;
    const bool has_links =
        std::ranges::any_of(bars, [](const Column& bar) { return !bar.url.empty(); });
    auto svg = opening("columns-chart", fmt::format("0 0 {} {}", width, ground + 28), "", summary,
                       has_links);
    svg += fmt::format("<line class=\"grid\" x1=\"0\" y1=\"30\" x2=\"{0}\" y2=\"30\"/>"
                       "<text class=\"tick\" x=\"0\" y=\"22\">{1}</text>",
                       width, escaped(top_label));
    std::int64_t x = 0;
    for (const auto& bar : bars) {
        const bool says_label = (x / step) % labelled == 0;
        const auto tall = std::min(height, scaled(at_least_zero(bar.value), top, height));
        // The transparent rect makes the whole column a target, however small its bar is.
        auto drawing = fmt::format(
            "<g class=\"column\"><title>{}</title><rect class=\"target\" x=\"{}\" y=\"30\" "
            "width=\"{}\" height=\"{}\"/><rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" "
            "height=\"{}\"{}/><text class=\"tick\" x=\"{}\" y=\"{}\" "
            "text-anchor=\"middle\">{}</text></g>",
            escaped(bar.title), x, step, height + 28, bar.provisional ? "bar-provisional" : "bar",
            x + gap, ground - tall, step - 2 * gap, tall,
            bar.provisional ? " fill=\"url(#kw-hatch)\"" : "", x + step / 2, ground + 20,
            says_label ? escaped(bar.label) : std::string());
        svg += linked(bar.url, drawing);
        x += step;
    }
    return svg + fmt::format("<line class=\"axis\" x1=\"0\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\"/>"
                             "</svg>",
                             ground, width);
}

} // namespace kringwerk::page
