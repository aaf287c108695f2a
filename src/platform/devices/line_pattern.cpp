// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/line_pattern.hpp"

#include "base/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kringwerk::devices {
namespace {

using Kind = PatternPiece::Kind;

constexpr std::size_t longest_pattern = 100;
constexpr std::array<std::pair<std::string_view, Kind>, 5> roles{{{"weight", Kind::weight},
                                                                  {"unit", Kind::unit},
                                                                  {"stable", Kind::stable},
                                                                  {"word", Kind::word},
                                                                  {"rest", Kind::rest}}};

bool has(const LinePattern& pattern, Kind kind) {
    return std::any_of(pattern.begin(), pattern.end(),
                       [&](const PatternPiece& piece) { return piece.kind == kind; });
}

/// Takes `{role}` off the front of `text` and puts it behind `pattern`.
std::optional<Refusal> add_role(LinePattern& pattern, std::string_view& text) {
    const auto end = text.find('}');
    if (end == std::string_view::npos) return Refusal{"devices.pattern_open_brace", {}, {}};
    const std::string name(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    const auto found = std::find_if(roles.begin(), roles.end(),
                                    [&](const auto& role) { return role.first == name; });
    if (found == roles.end()) {
        return Refusal{"devices.pattern_unknown_role", {{"given", name}}, {}};
    }
    if (found->second != Kind::word && has(pattern, found->second)) {
        return Refusal{"devices.pattern_role_twice", {{"given", name}}, {}};
    }
    pattern.push_back({found->second});
    return std::nullopt;
}

void add_sign(LinePattern& pattern, std::string_view& text) {
    if (is_blank(text.front())) {
        skip_blanks(text);
        pattern.push_back({Kind::blanks});
        return;
    }
    pattern.push_back({Kind::sign, text.front()});
    text.remove_prefix(1);
}

/// A word ends at the sign that the pattern has next, or where words end anyhow.
std::string_view take_word(std::string_view& line, const PatternPiece* next) {
    std::size_t count = 0;
    for (; count < line.size(); ++count) {
        const char sign = line[count];
        if (is_blank(sign) || sign == ',' || sign == ';') break;
        if (next && next->kind == Kind::sign && next->sign == sign) break;
    }
    const auto word = line.substr(0, count);
    line.remove_prefix(count);
    return word;
}

bool take_weight(std::string_view& line, PatternMatch& match) {
    const auto weight = take_decimal(line);
    if (weight) match.weight = *weight;
    return weight.has_value();
}

bool take_same(std::string_view& line, char sign) {
    if (line.empty() || line.front() != sign) return false;
    line.remove_prefix(1);
    return true;
}

bool ends_the_line(std::string_view stable) { return stable == "OL" || stable == "UL"; }

/// Takes what `piece` stands for off the front of `line`; false when it does not stand there.
bool take_piece(const PatternPiece& piece, const PatternPiece* next, std::string_view& line,
                PatternMatch& match) {
    switch (piece.kind) {
    case Kind::sign:
        return take_same(line, piece.sign);
    case Kind::blanks:
        skip_blanks(line);
        return true;
    case Kind::weight:
        return take_weight(line, match);
    case Kind::unit:
        match.unit = take_letters(line);
        return true;
    case Kind::stable:
        match.stable = take_word(line, next);
        return true;
    case Kind::word:
        take_word(line, next);
        return true;
    case Kind::rest:
        line = {};
        return true;
    }
    return false;
}

} // namespace

Result<LinePattern> parse_line_pattern(std::string_view text) {
    text = trimmed(text);
    if (text.size() > longest_pattern) {
        return refuse("devices.pattern_too_long", {{"most", std::to_string(longest_pattern)}});
    }
    LinePattern pattern;
    while (!text.empty()) {
        if (has(pattern, Kind::rest)) return refuse("devices.pattern_after_rest");
        if (text.front() != '{') {
            add_sign(pattern, text);
        } else if (auto refusal = add_role(pattern, text)) {
            return refuse(std::move(*refusal));
        }
    }
    if (!has(pattern, Kind::weight)) return refuse("devices.pattern_without_weight");
    return pattern;
}

std::optional<PatternMatch> match_line(const LinePattern& pattern, std::string_view line) {
    PatternMatch match;
    line = trimmed(line);
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const auto* next = at + 1 < pattern.size() ? &pattern[at + 1] : nullptr;
        if (!take_piece(pattern[at], next, line, match)) return std::nullopt;
        if (match.stable && ends_the_line(*match.stable)) return match;
    }
    if (!line.empty()) return std::nullopt;
    return match;
}

} // namespace kringwerk::devices
