// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Small charts as SVG text: pure functions of values. Colours come from the style sheet by class
/// ("place-sold"), so that dark, print and forced colours follow; no `style` attribute anywhere.
/// All words come from the caller, in the reader's language, and are escaped here. `summary` is
/// what somebody hears who cannot see the chart. Values below zero count as zero.
namespace kringwerk::page {

/// A filled line over equal steps. Fewer than two values give nothing: a point is no course.
std::string sparkline(std::span<const std::int64_t> values, std::string_view summary);

/// A piece of a bar. `place` is one of sold given workshop parts sent recycled energy disposed
/// unexplained stock; `unexplained` is hatched.
struct Part {
    std::string place;
    std::int64_t amount = 0;
    std::string label; ///< "Verkocht 41 kg"
    std::string url;   ///< opens it; empty: no link
};
/// A horizontal bar that fills its width, in the order given. Widths are hundredths of a percent
/// that add up to the whole; what rounding leaves goes to the largest remainders.
std::string hundred_bar(std::span<const Part> parts, std::string_view summary);

/// How the weights behind a figure are known. Any unit, all the same one.
struct BasisShares {
    std::int64_t measured = 0;
    std::int64_t standard = 0;
    std::int64_t estimated = 0;
    std::int64_t surveyed = 0;
};
/// Solid, hatch, dots and outline, as wide as their shares. All zero gives nothing.
std::string basis_bar(const BasisShares& shares, std::string_view summary);

/// One bar of a row of months or days.
struct Column {
    std::string label; ///< under the bar: "mrt"
    std::string title; ///< heard and hovered: "maart 2027: 2.988,7 kg"
    std::int64_t value = 0;
    std::string url;          ///< opens it; empty: no link
    bool provisional = false; ///< hatched
};
/// Upright bars from zero, with one line at `top` that carries `top_label`. `top` is a round number
/// at least as large as every value, see `round_top`. Without any value `empty_words` stand there.
std::string columns(std::span<const Column> bars, std::int64_t top, std::string_view top_label,
                    std::string_view summary, std::string_view empty_words);
/// The smallest 1, 2 or 5 times a power of ten that is not below any of the values; at least 1.
std::int64_t round_top(std::span<const Column> bars);

/// Widths of parts that together are exactly `whole`, each within one of its exact share and none
/// below zero. Empty or all zero: all zero.
std::vector<std::int64_t> shares_of(std::span<const std::int64_t> amounts, std::int64_t whole);

/// `<a href="…">` around `drawing`, or the drawing alone without an address.
std::string linked(std::string_view url, std::string_view drawing);

} // namespace kringwerk::page
