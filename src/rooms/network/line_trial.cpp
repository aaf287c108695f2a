// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/line_trial.hpp"

#include "base/words.hpp"
#include "rooms/network/register_rules.hpp"

#include <charconv>
#include <optional>

namespace kringwerk::network {
namespace {

/// The byte that "\x02" at the front of `text` stands for.
std::optional<char> escaped_byte(std::string_view text) {
    if (text.size() < 4 || !text.starts_with("\\x")) return std::nullopt;
    unsigned value = 0;
    const auto* const end = text.data() + 4;
    const auto read = std::from_chars(text.data() + 2, end, value, 16);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return static_cast<char>(value);
}

void add(Wrong& wrong, std::string_view field, const Refusal& refusal) {
    wrong.add(field, refusal.code, refusal.arguments);
}

} // namespace

std::string line_of_shown(std::string_view shown) {
    std::string line;
    while (!shown.empty()) {
        const auto byte = escaped_byte(shown);
        line += byte.value_or(shown.front());
        shown.remove_prefix(byte ? 4 : 1);
    }
    return line;
}

Result<devices::Reading> read_line_trial(const http::Form& form) {
    Wrong wrong;
    const auto profile = devices::parse_profile(form.value_or_empty("profile"));
    const auto pattern = trimmed(form.value_or_empty("pattern"));
    const auto line = form.value_or_empty("line");
    if (!profile) wrong.add("profile", "network.choose");
    const bool by_pattern = profile == devices::Profile::pattern;
    if (by_pattern && pattern.empty()) wrong.add("pattern", "network.pattern_needed");
    if (trimmed(line).empty()) wrong.add("line", "network.line_needed");
    if (!profile) return wrong.finish(devices::Reading{});
    const auto format = devices::make_line_format(*profile, by_pattern ? pattern : "");
    if (!format) add(wrong, "pattern", format.error());
    if (!wrong.none()) return wrong.finish(devices::Reading{});
    auto reading = devices::parse_line(*format, line_of_shown(line));
    if (!reading) add(wrong, "line", reading.error());
    return wrong.finish(reading ? std::move(*reading) : devices::Reading{});
}

} // namespace kringwerk::network
