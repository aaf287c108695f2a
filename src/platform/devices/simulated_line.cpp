// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/simulated_line.hpp"

#include <cstddef>

namespace kringwerk::devices {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::int64_t most_of_six_digits = 999'999;

std::string right_aligned(std::string text, std::size_t width, char fill = ' ') {
    return text.size() < width ? std::string(width - text.size(), fill) + text : text;
}

/// The mass without its sign: "18.200".
std::string kilograms(Grams mass) {
    const auto digits =
        right_aligned(std::to_string(mass.value < 0 ? -mass.value : mass.value), 4, '0');
    return digits.substr(0, digits.size() - 3) + "." + digits.substr(digits.size() - 3);
}
std::string signed_kilograms(Grams mass) { return (mass.value < 0 ? "-" : "") + kilograms(mass); }

std::string write_sics(const Reading& weight) {
    if (weight.over) return "S +";
    if (weight.under) return "S -";
    const std::string status = weight.stable ? "S S " : "S D ";
    return status + right_aligned(signed_kilograms(weight.net), 10) + " kg";
}

std::string write_kern(const Reading& weight) {
    if (weight.over) return "OL,GS,+";
    if (weight.under) return "OL,GS,-";
    const std::string status = weight.stable ? "ST,GS," : "US,GS,";
    return status + (weight.net.value < 0 ? "-" : "+") + right_aligned(kilograms(weight.net), 8) +
           " kg";
}

std::string stable_text(const LineFormat& format, const Reading& weight) {
    if (weight.over) return "OL";
    if (weight.under) return "UL";
    if (weight.stable) return format.stable_word;
    return format.stable_word == "US" ? "moves" : "US";
}

bool says_stable(const LineFormat& format) {
    for (const auto& piece : format.pattern) {
        if (piece.kind == PatternPiece::Kind::stable) return true;
    }
    return false;
}

std::string write_pattern(const LineFormat& format, const Reading& weight) {
    using Kind = PatternPiece::Kind;
    if (!says_stable(format) && !weight.stable) return "";
    std::string text;
    for (const auto& piece : format.pattern) {
        if (piece.kind == Kind::sign) text += piece.sign;
        if (piece.kind == Kind::blanks) text += ' ';
        if (piece.kind == Kind::weight) text += signed_kilograms(weight.net);
        if (piece.kind == Kind::unit) text += "kg";
        if (piece.kind == Kind::word) text += "x";
        if (piece.kind == Kind::stable) text += stable_text(format, weight);
    }
    return text;
}

std::string six_digits(Grams mass) {
    const auto size = mass.value < 0 ? -mass.value : mass.value;
    return right_aligned(std::to_string(size), 6, size > most_of_six_digits ? '?' : ' ');
}

/// Bits as in `parse_toledo`; bit 5 is always one, so that no status byte is a control character.
std::string write_toledo(const Reading& weight, Checksum checksum) {
    const bool fits =
        weight.net.value <= most_of_six_digits && weight.net.value >= -most_of_six_digits;
    const bool negative = weight.under || weight.net.value < 0;
    const bool out_of_range = weight.over || weight.under || !fits;
    unsigned b = 0b11'0000; // kilograms
    if (weight.tare) b |= 1U;
    if (negative) b |= 2U;
    if (out_of_range) b |= 4U;
    if (!weight.stable) b |= 8U;
    std::string frame = "\x02";
    frame += static_cast<char>(0b10'1101); // three decimals, steps of one
    frame += static_cast<char>(b);
    frame += ' ';
    frame += six_digits(out_of_range ? Grams{} : weight.net);
    frame += six_digits(weight.tare.value_or(Grams{}));
    frame += '\r';
    if (checksum == Checksum::sent) frame += toledo_checksum(frame);
    return frame;
}

// Steps of a fifth of a second.
constexpr int settling = 8;
constexpr int resting = 40;
constexpr int leaving = 4;
constexpr int empty_at_least = 40;
constexpr std::int64_t scale_step_g = 20;

Grams on_the_scale(std::int64_t mass_g) { return {mass_g / scale_step_g * scale_step_g}; }

} // namespace

std::string write_line(const LineFormat& format, const Reading& weight, Checksum checksum) {
    std::string text;
    switch (format.profile) {
    case Profile::toledo:
        return write_toledo(weight, checksum);
    case Profile::sics:
        text = write_sics(weight);
        break;
    case Profile::kern:
        text = write_kern(weight);
        break;
    case Profile::pattern:
        text = write_pattern(format, weight);
        break;
    }
    return text.empty() ? text : text.append(line_end);
}

/// SplitMix64 (Steele, Lea and Flood, 2014): short, and the same everywhere.
std::uint64_t DemoLoad::random_below(std::uint64_t bound) {
    state_ += 0x9E3779B97F4A7C15U;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return (mixed ^ (mixed >> 31)) % bound;
}

void DemoLoad::bring_goods() {
    goods_ = on_the_scale(1'000 + static_cast<std::int64_t>(random_below(59'001)));
    step_ = 0;
    last_step_ = settling + resting + leaving + empty_at_least + static_cast<int>(random_below(26));
}

Reading DemoLoad::next() {
    if (step_ == last_step_) bring_goods();
    const int step = step_++;
    if (step < settling) {
        const auto amplitude = goods_.value / (2 * (step + 1));
        const auto away =
            static_cast<std::int64_t>(random_below(static_cast<std::uint64_t>(2 * amplitude + 1)));
        return {.net = on_the_scale(goods_.value + away - amplitude)};
    }
    if (step < settling + resting) return {.net = goods_, .stable = true};
    if (step < settling + resting + leaving) {
        const int left = settling + resting + leaving - 1 - step;
        return {.net = on_the_scale(goods_.value * left / leaving)};
    }
    return {.stable = true};
}

} // namespace kringwerk::devices
