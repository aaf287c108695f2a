// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/scale_line.hpp"

#include "base/words.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace kringwerk::devices {
namespace {

constexpr char carriage_return = '\r';

constexpr std::array<std::pair<std::string_view, Profile>, 4> profiles{
    {{"sics", Profile::sics},
     {"toledo", Profile::toledo},
     {"kern", Profile::kern},
     {"pattern", Profile::pattern}}};

using Unexpected = tl::unexpected<Refusal>;

Unexpected not_understood(std::string_view line) {
    return refuse("devices.line_not_understood", {{"line", shown(line)}});
}
Unexpected scale_error(std::string_view line) {
    return refuse("devices.scale_error", {{"line", shown(line)}});
}

Reading over() { return {.over = true}; }
Reading under() { return {.under = true}; }

/// Cuts `line` at blanks and commas; no part is empty.
std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const auto end = std::min(line.find_first_of(" \t,"), line.size());
        if (end > 0) words.push_back(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return words;
}

/// The part of `line` behind `word`, which is a part of it.
std::string_view behind(std::string_view line, std::string_view word) {
    return line.substr(static_cast<std::size_t>(word.data() + word.size() - line.data()));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Result<Reading> weighed(Decimal weight, Unit unit, bool stable) {
    const auto net = to_grams(weight, unit);
    if (!net) return refuse(net.error());
    return Reading{.net = *net, .stable = stable};
}

/// "18.20 kg" and nothing else.
Result<Reading> weight_with_unit(std::string_view text, bool stable, std::string_view line) {
    skip_blanks(text);
    const auto weight = take_decimal(text);
    const auto name = trimmed(text);
    if (!weight || name.empty()) return not_understood(line);
    const auto unit = require_unit(name);
    if (!unit) return refuse(unit.error());
    return weighed(*weight, *unit, stable);
}

/// MT-SICS reference manual, commands S, SI and SIR: "S S" rests, "S D" moves, "S I" cannot now,
/// "S +" and "S -" out of range; ES, ET and EL are errors of what was asked.
Result<Reading> parse_sics(std::string_view line) {
    const auto words = words_of(line);
    if (words.size() == 1 && is_one_of(words[0], {"ES", "ET", "EL"})) return scale_error(line);
    if (words.size() < 2 || words[0] != "S") return not_understood(line);
    if (words.size() == 2 && words[1] == "+") return over();
    if (words.size() == 2 && words[1] == "-") return under();
    if (words.size() == 2 && words[1] == "I") return refuse("devices.scale_busy");
    if (!is_one_of(words[1], {"S", "D"})) return not_understood(line);
    return weight_with_unit(behind(line, words[1]), words[1] == "S", line);
}

/// KERN with status words: "ST,GS,+  18.200 kg", "US,NT,-   0.120kg", "ST,GS 1.000KG",
/// "OL,GS,+" and "OL,GS,-". A line with TW or TR is about the tare alone and no weight.
Result<Reading> parse_kern_with_status(std::string_view line,
                                       const std::vector<std::string_view>& words) {
    if (words.size() < 2 || !is_one_of(words[1], {"GS", "GW", "G", "NT", "NW", "N"})) {
        return not_understood(line);
    }
    if (words[0] == "UL") return under();
    auto text = behind(line, words[1]);
    while (!text.empty() && (is_blank(text.front()) || text.front() == ',')) text.remove_prefix(1);
    if (words[0] == "OL") return !text.empty() && text.front() == '-' ? under() : over();
    return weight_with_unit(text, words[0] != "US", line);
}

/// KERN without status words, format "AU PC" of its PCB and FKB manuals: "   18.20 kg" rests and
/// "   18.20" moves. A mark, before or behind, says it in so many words: "18.20 kg  S".
Result<Reading> parse_kern_plain(const LineFormat& format, std::string_view line) {
    auto text = line;
    auto mark = take_letters(text);
    if (is_one_of(mark, {"Err", "Error"})) return scale_error(line);
    skip_blanks(text);
    const auto weight = take_decimal(text);
    if (!weight || !is_one_of(mark, {"", "M", "G", "N", "S"})) return not_understood(line);

    auto behind_weight = words_of(text);
    if (!behind_weight.empty() && is_one_of(behind_weight.back(), {"S", "ST", "D", "US"})) {
        mark = behind_weight.back();
        behind_weight.pop_back();
    }
    if (behind_weight.size() > 1) return not_understood(line);
    const bool says_unit = !behind_weight.empty();
    const auto unit = says_unit ? require_unit(behind_weight[0]) : Result<Unit>(format.unit_unsaid);
    if (!unit) return refuse(unit.error());
    const bool moves = is_one_of(mark, {"D", "US"});
    const bool rests = is_one_of(mark, {"S", "ST"}) || says_unit;
    return weighed(*weight, *unit, rests && !moves);
}

Result<Reading> parse_kern(const LineFormat& format, std::string_view line) {
    line = trimmed(line);
    const auto words = words_of(line);
    if (words.empty()) return not_understood(line);
    if (is_one_of(words[0], {"ST", "St", "US", "OL", "UL"})) {
        return parse_kern_with_status(line, words);
    }
    // The KERN Communications Protocol answers as SICS does.
    const bool says_kcp = words.size() > 1 && words[0] == "S" &&
                          is_one_of(words[1], {"S", "D", "I", "+", "-"}) &&
                          (words.size() == 2 || is_letter(words[1].front()));
    if (says_kcp || is_one_of(words[0], {"ES", "ET", "EL"})) return parse_sics(line);
    return parse_kern_plain(format, line);
}

Result<Reading> parse_by_pattern(const LineFormat& format, std::string_view line) {
    const auto match = match_line(format.pattern, line);
    if (!match) return not_understood(line);
    if (match->stable == "OL") return over();
    if (match->stable == "UL") return under();
    const auto unit =
        match->unit.empty() ? Result<Unit>(format.unit_unsaid) : require_unit(match->unit);
    if (!unit) return refuse(unit.error());
    return weighed(match->weight, *unit, !match->stable || *match->stable == format.stable_word);
}

/// The status bytes of a `toledo` frame and its digits, without parity bits.
struct ToledoFrame {
    unsigned a = 0, b = 0, c = 0;
    std::string weight, tare; ///< six digits, leading ones perhaps blank
    bool has(unsigned status, unsigned bit) const { return (status >> bit & 1U) != 0; }
};

/// STX, three status bytes, six digits of weight, perhaps six of tare, perhaps CR, perhaps then the
/// checksum.
std::optional<ToledoFrame> take_frame(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes)
        text += static_cast<char>(static_cast<unsigned char>(byte) & 0x7F);
    const auto end = std::min(text.find(carriage_return), text.size());
    if (end != 16 && end != 10) return std::nullopt;
    if (text.front() != start_of_text || text.size() > end + 2) return std::nullopt;
    const auto status = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    return ToledoFrame{status(1), status(2), status(3), text.substr(4, 6),
                       end == 16 ? text.substr(10, 6) : std::string()};
}

/// True when no checksum came, or the right one.
bool checksum_holds(std::string_view bytes) {
    const auto end = bytes.find_first_of("\r\x8d");
    if (end == std::string_view::npos || bytes.size() != end + 2) return true;
    return toledo_checksum(bytes.substr(0, end + 1)) == static_cast<char>(bytes.back() & 0x7F);
}

/// Bits 0 to 2 of status A place the point: 0 stands for two zeros behind the digits, 2 for a whole
/// number, 7 for five decimals.
std::optional<Decimal> toledo_decimal(std::string_view digits, unsigned status_a) {
    skip_blanks(digits);
    const bool only_digits = std::all_of(digits.begin(), digits.end(), is_digit);
    auto found = only_digits ? take_decimal(digits) : std::nullopt;
    if (!found) return std::nullopt;
    found->decimals = static_cast<int>(status_a & 7U) - 2;
    return found;
}

/// Bits 0 to 2 of status C name the unit; zero leaves it to bit 4 of status B: kilograms or pounds.
Result<Unit> toledo_unit(const ToledoFrame& frame) {
    static constexpr std::array<std::string_view, 8> names{"lb",   "g",   "t",   "oz",
                                                           "oz t", "dwt", "ton", "?"};
    const auto named = frame.c & 7U;
    return require_unit(named == 0 && frame.has(frame.b, 4) ? "kg" : names[named]);
}

/// Status B: bit 0 net, bit 1 negative, bit 2 out of range, bit 3 in motion. Bit 4 of status C: a
/// digit more than usual. From the technical manuals of METTLER TOLEDO's Wildcat and IND560.
Result<Reading> parse_toledo(std::string_view line) {
    const auto frame = take_frame(line);
    if (!frame) return not_understood(line);
    if (!checksum_holds(line)) return refuse("devices.checksum");
    const bool negative = frame->has(frame->b, 1);
    if (frame->has(frame->b, 2)) return negative ? under() : over();
    auto weight = toledo_decimal(frame->weight, frame->a);
    if (!weight) return not_understood(line);
    if (frame->has(frame->c, 4)) return refuse("devices.expanded");
    const auto unit = toledo_unit(*frame);
    if (!unit) return refuse(unit.error());

    if (negative) weight->digits = -weight->digits;
    auto reading = weighed(*weight, *unit, !frame->has(frame->b, 3));
    if (!reading || !frame->has(frame->b, 0) || frame->tare.empty()) return reading;
    const auto tare = toledo_decimal(frame->tare, frame->a);
    if (!tare) return not_understood(line);
    const auto tare_mass = to_grams(*tare, *unit);
    if (!tare_mass) return refuse(tare_mass.error());
    reading->tare = *tare_mass;
    return reading;
}

Result<Reading> parse_by_profile(const LineFormat& format, std::string_view line) {
    switch (format.profile) {
    case Profile::sics:
        return parse_sics(line);
    case Profile::toledo:
        return parse_toledo(line);
    case Profile::kern:
        return parse_kern(format, line);
    case Profile::pattern:
        return parse_by_pattern(format, line);
    }
    return not_understood(line);
}

} // namespace

std::optional<Profile> parse_profile(std::string_view name) {
    for (const auto& [known, profile] : profiles) {
        if (known == name) return profile;
    }
    return std::nullopt;
}

std::string_view name_of(Profile profile) {
    for (const auto& [name, known] : profiles) {
        if (known == profile) return name;
    }
    return "";
}

Result<LineFormat> make_line_format(Profile profile, std::string_view pattern,
                                    std::string_view stable_word, Unit unit_unsaid) {
    LineFormat format{.profile = profile, .unit_unsaid = unit_unsaid};
    if (profile != Profile::pattern) return format;
    auto parsed = parse_line_pattern(pattern);
    if (!parsed) return refuse(parsed.error());
    format.pattern = std::move(*parsed);
    format.stable_word = trimmed(stable_word);
    return format;
}

std::string_view usual_poll_command(Profile profile) {
    return profile == Profile::sics ? "SI\r\n" : "";
}

Result<Reading> parse_line(const LineFormat& format, std::string_view line) {
    if (line.size() > longest_line) {
        return refuse("devices.line_too_long", {{"most", std::to_string(longest_line)}});
    }
    auto reading = parse_by_profile(format, line);
    if (reading) reading->raw = shown(line);
    return reading;
}

std::string shown(std::string_view line) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char sign : line) {
        const auto byte = static_cast<unsigned char>(sign);
        if (byte >= 0x20 && byte < 0x7F) {
            text += sign;
        } else {
            text += "\\x";
            text += digits[byte >> 4];
            text += digits[byte & 15U];
        }
    }
    return text;
}

char toledo_checksum(std::string_view frame) {
    unsigned sum = 0;
    for (const char byte : frame) sum += static_cast<unsigned char>(byte) & 0x7FU;
    return static_cast<char>((0x80U - (sum & 0x7FU)) & 0x7FU);
}

} // namespace kringwerk::devices
