// SPDX-License-Identifier: EUPL-1.2
// What a scale says. The first byte chooses its dialect; for one of the user's own the first line
// is the pattern.
#include "platform/devices/scale_line.hpp"
#include "fuzz.hpp"
#include "platform/devices/line_cutter.hpp"

#include <array>
#include <string>
#include <vector>

namespace kringwerk::fuzz {
namespace {

using namespace devices;

std::vector<std::string> cut(Profile profile, std::string_view bytes, std::size_t step) {
    LineCutter cutter(profile);
    std::vector<std::string> lines;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) {
        cutter.feed(bytes.substr(0, step),
                    [&](std::string_view line) { lines.emplace_back(line); });
    }
    return lines;
}

} // namespace

void look_at(std::string_view text) {
    static constexpr std::array profiles{Profile::sics, Profile::toledo, Profile::kern,
                                         Profile::pattern};
    const auto profile = profiles.at(take_choice(text, profiles.size()));
    const auto step = 1 + take_choice(text, 16);
    const auto pattern = profile == Profile::pattern ? take_line(text) : std::string_view{};
    const auto format = make_line_format(profile, pattern);
    if (!format) return;
    const auto lines = cut(profile, text, SIZE_MAX);
    promise(lines == cut(profile, text, step), "pieces are cut as the whole is");
    for (const auto& line : lines) {
        promise(!line.empty() && line.size() <= longest_line + 1, "a line has its bounds");
        const auto reading = parse_line(*format, line);
        if (!reading) continue;
        promise(reading->raw == shown(line), "a weight says which line it was");
        promise(!(reading->over && reading->under), "a scale is not over and under at once");
    }
}

} // namespace kringwerk::fuzz
