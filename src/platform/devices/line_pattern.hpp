// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "platform/devices/weight_text.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The lines of a scale that no profile knows, in the words of whoever connects it:
///
///     {stable},{word},{weight} {unit}        ST,GS,+  18.200 kg
///     {weight} {unit} {stable}                  18,20 kg *
///     W={weight}{rest}                       W=18.20;N;2027-03-12
///
/// - `{weight}` is the weight: perhaps a sign, perhaps blanks, digits, perhaps a point or a comma.
/// - `{unit}` is g, kg or t, letters of either case. None there: the unit of the settings.
/// - `{stable}` is a word that says whether the weight rests: it does when the word is that of the
///   settings. OL (overload) and UL (underload) end the line, whatever follows. A pattern without
///   `{stable}` is for a scale that speaks only when the weight rests.
/// - `{word}` is a word that does not matter; `{rest}` is all up to the end of the line.
/// - A word runs up to a blank, a comma, a semicolon or the sign that follows it in the pattern,
///   and may be empty.
/// - Blanks match any run of blanks, also none. Blanks at both ends of a line do not matter.
/// - All other signs match themselves.
///
/// It is read from left to right and never tried again, so each line costs its length once. That is
/// why this is no regular expression: one from a settings page could keep the server busy for ever.
namespace kringwerk::devices {

struct PatternPiece {
    enum class Kind { sign, blanks, weight, unit, stable, word, rest };
    Kind kind = Kind::sign;
    char sign = ' '; ///< of Kind::sign
    bool operator==(const PatternPiece&) const = default;
};
using LinePattern = std::vector<PatternPiece>;

/// Refuses "devices.pattern_too_long", "devices.pattern_open_brace",
/// "devices.pattern_unknown_role", "devices.pattern_role_twice", "devices.pattern_after_rest",
/// "devices.pattern_without_weight".
Result<LinePattern> parse_line_pattern(std::string_view text);

/// What stood at the places of a pattern.
struct PatternMatch {
    Decimal weight;
    std::string_view unit;
    std::optional<std::string_view> stable; ///< nothing when the pattern has no {stable}
};

/// Nothing when the line does not follow the pattern.
std::optional<PatternMatch> match_line(const LinePattern& pattern, std::string_view line);

} // namespace kringwerk::devices
