// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/line_cutter.hpp"

#include "platform/devices/simulated_line.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace kringwerk;
using namespace kringwerk::devices;

namespace {

using Lines = std::vector<std::string>;

Lines cut(Profile profile, const std::vector<std::string>& pieces) {
    Lines lines;
    LineCutter cutter(profile);
    for (const auto& piece : pieces) {
        cutter.feed(piece, [&](std::string_view line) { lines.emplace_back(line); });
    }
    return lines;
}

const std::string frame =
    write_line({.profile = Profile::toledo}, {.net = {18'200}, .stable = true});
const std::string summed = frame + toledo_checksum(frame);

} // namespace

TEST_CASE("lines come out whole, however the network cuts them") {
    CHECK(cut(Profile::sics, {"S S 1", "8.20 k", "g\r", "\nS D", "\n\n\r\nS"}) ==
          Lines{"S S 18.20 kg", "S D"});
}

TEST_CASE("a line that never ends is handed over once, cut") {
    const auto lines =
        cut(Profile::kern, {std::string(10'000, 'x'), std::string(10'000, 'y'), "\nok\n"});
    CHECK(lines == Lines{std::string(257, 'x'), "ok"});
}

TEST_CASE("frames come out with their checksum, and without one when the next begins") {
    CHECK(cut(Profile::toledo, {frame, frame, frame}) == Lines{frame, frame});
    CHECK(cut(Profile::toledo, {summed, summed}) == Lines{summed, summed});
    CHECK(cut(Profile::toledo, {frame.substr(5), summed}) == Lines{frame.substr(5, 11), summed});
    CHECK(cut(Profile::toledo, {frame.substr(0, 9), summed}) == Lines{frame.substr(0, 9), summed});
    CHECK(cut(Profile::toledo, {"S S 18 kg\r\n", summed}) == Lines{"S S 18 kg", summed});
}

TEST_CASE(
    "how bytes are divided over pieces does not matter, and no line is longer than it may be") {
    CHECK(rc::check("any pieces", [] {
        const auto profile = *rc::gen::element(Profile::kern, Profile::toledo);
        const auto sign = rc::gen::oneOf(rc::gen::arbitrary<char>(),
                                         rc::gen::elementOf(std::string("\x02\r\n0 \x82\x8d")));
        const auto pieces =
            *rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(sign));
        std::string whole;
        for (const auto& piece : pieces) whole += piece;
        const auto lines = cut(profile, {whole});
        RC_ASSERT(lines == cut(profile, pieces));
        for (const auto& line : lines) {
            RC_ASSERT(!line.empty());
            RC_ASSERT(line.size() <= longest_line + 1);
        }
    }));
}
