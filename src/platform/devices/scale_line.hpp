// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/quantities.hpp"
#include "base/result.hpp"
#include "platform/devices/line_pattern.hpp"
#include "platform/devices/weight_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What one line of a scale says. Text in, value out; no network, no clock.
namespace kringwerk::devices {

/// How a scale writes. `sics`: Mettler-Toledo Standard Interface Command Set. `toledo`:
/// Mettler-Toledo continuous output. `kern`: KERN, with status words or without, and its KCP.
/// `pattern`: as the user says, line_pattern.hpp.
enum class Profile { sics, toledo, kern, pattern };

std::optional<Profile> parse_profile(std::string_view name);
std::string_view name_of(Profile profile);

/// A profile with what it wants to know. Made by `make_line_format`.
struct LineFormat {
    Profile profile = Profile::sics;
    LinePattern pattern = {};          ///< of `pattern` only
    std::string stable_word = "ST";    ///< of `pattern`: what {stable} says when the weight rests
    Unit unit_unsaid = Unit::kilogram; ///< of `pattern` and `kern`: when a line has no unit
    bool operator==(const LineFormat&) const = default;
};

/// `pattern` and `stable_word` count for the profile `pattern` only. Refuses what
/// `parse_line_pattern` refuses.
Result<LineFormat> make_line_format(Profile profile, std::string_view pattern = {},
                                    std::string_view stable_word = "ST",
                                    Unit unit_unsaid = Unit::kilogram);

/// What the scale must be asked to say its weight; empty when it talks by itself.
std::string_view usual_poll_command(Profile profile);

/// One weight of a scale, as it shows it.
struct Reading {
    Grams net = {};                 ///< zero when over or under
    std::optional<Grams> tare = {}; ///< when the scale says that one is taken off
    bool stable = false;            ///< the scale says that the weight rests
    bool over = false;              ///< more than it can weigh
    bool under = false;             ///< less than it can weigh, such as a lifted plate
    std::string raw = {};           ///< the line, as `shown` writes it
    bool operator==(const Reading&) const = default;
};

/// A frame of `toledo` begins with it.
constexpr char start_of_text = '\x02';

/// Longer than any line that a scale means.
constexpr std::size_t longest_line = 256;

/// Reads one line without its line end; a frame of `toledo` with its STX, its CR or not, and its
/// checksum when the scale sends one. Refuses in this order:
/// - "devices.line_too_long";
/// - "devices.line_not_understood": the profile has no such line;
/// - "devices.checksum": a byte was changed on the way (`toledo`);
/// - "devices.scale_busy": the scale cannot weigh now; "devices.scale_error": it reports an error;
/// - "devices.expanded": the scale shows an extra digit for a technician (`toledo`);
/// - "devices.wrong_unit": pounds, pieces and the like;
/// - "devices.too_fine": a part of a gram.
Result<Reading> parse_line(const LineFormat& format, std::string_view line);

/// `line` for people and for files: each byte that is no printable ASCII as \x02.
std::string shown(std::string_view line);

/// The byte that `toledo` sends behind `frame`, which runs from STX up to CR: it makes the sum of
/// all zero in the seven low bits.
char toledo_checksum(std::string_view frame);

} // namespace kringwerk::devices
