// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/scale_line.hpp"

#include "base/text.hpp"
#include "platform/devices/simulated_line.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace kringwerk;
using namespace kringwerk::devices;

namespace {

LineFormat format_of(Profile profile, std::string_view pattern = "{stable},{word},{weight} {unit}",
                     std::string_view stable_word = "ST", Unit unsaid = Unit::kilogram) {
    auto format = make_line_format(profile, pattern, stable_word, unsaid);
    REQUIRE(format);
    return *format;
}

/// "18200 stable", "-20", "over", "under", "18200 stable tare 500" or the code of the refusal.
std::string told(const LineFormat& format, std::string_view line) {
    const auto reading = parse_line(format, line);
    if (!reading) {
        CHECK(Texts::built_in().has(Language::nl, "refusal." + reading.error().code));
        CHECK(Texts::built_in().has(Language::en, "refusal." + reading.error().code));
        return reading.error().code;
    }
    CHECK(reading->raw == shown(line));
    if (reading->over) return "over";
    if (reading->under) return "under";
    auto text = std::to_string(reading->net.value);
    if (reading->stable) text += " stable";
    if (reading->tare) text += " tare " + std::to_string(reading->tare->value);
    return text;
}

struct Line {
    std::string_view line;
    std::string_view told;
};

void check(const LineFormat& format, const std::vector<Line>& lines) {
    for (const auto& line : lines) {
        CAPTURE(shown(line.line));
        CHECK(told(format, line.line) == line.told);
    }
}

constexpr std::string_view alien = "devices.line_not_understood";

/// A frame without checksum: three decimals, kilograms, as the status bytes change it.
std::string frame(std::string_view weight = " 18200", char b = '\x30', char a = '\x2d',
                  char c = ' ', std::string_view tare = "000000") {
    std::string text = "\x02";
    text += a;
    text += b;
    text += c;
    return text.append(weight).append(tare) + '\r';
}

std::string with_checksum(std::string frame) { return frame + toledo_checksum(frame); }

} // namespace

TEST_CASE("a line of SICS is a weight, a state or a refusal") {
    check(format_of(Profile::sics), {
                                        {"S S     18.20 kg", "18200 stable"},
                                        {"S D     18.20 kg", "18200"},
                                        {"S S     -0.02 kg", "-20 stable"},
                                        {"S S   - 0.02 kg", "-20 stable"},
                                        {"S S      1200 g", "1200 stable"},
                                        {"S S    0.0182 t", "18200 stable"},
                                        {"S S     18,20 kg  ", "18200 stable"},
                                        {"S S    18.200 KG", "18200 stable"},
                                        {"S S   18.2000 kg", "18200 stable"},
                                        {"S +", "over"},
                                        {"S -", "under"},
                                        {"S I", "devices.scale_busy"},
                                        {"ES", "devices.scale_error"},
                                        {"ET", "devices.scale_error"},
                                        {"EL", "devices.scale_error"},
                                        {"S S     40.12 lb", "devices.wrong_unit"},
                                        {"S S     12 PCS", "devices.wrong_unit"},
                                        {"S S   18.2005 kg", "devices.too_fine"},
                                        {"S S     18.20", alien},
                                        {"S S           kg", alien},
                                        {"S S 1.234.567 kg", "devices.wrong_unit"},
                                        {"S S 1234567890123 kg", alien},
                                        {"S X     18.20 kg", alien},
                                        {"SS      18.20 kg", alien},
                                        {"I4 A \"0123456789\"", alien},
                                        {"S", alien},
                                        {"", alien},
                                        {"GET / HTTP/1.1", alien},
                                    });
}

TEST_CASE("a line of KERN rests by its status word, its mark or its unit") {
    check(format_of(Profile::kern), {
                                        {"ST,GS,+  18.200 kg", "18200 stable"},
                                        {"US,GS,+  18.200 kg", "18200"},
                                        {"ST,NT,-   0.120kg", "-120 stable"},
                                        {"ST,GS 1.000KG", "1000 stable"},
                                        {"US,GS 1.342KG", "1342"},
                                        {"ST,GS,   245 g", "245 stable"},
                                        {"St,G,  18.20 kg", "18200 stable"},
                                        {"OL,GS,+          ", "over"},
                                        {"OL,GS,+ ------ kg", "over"},
                                        {"OL,GS,-", "under"},
                                        {"UL,GS,", "under"},
                                        {"ST,TR,+0012.345  kg", alien},
                                        {"ST,GS,+  18.200 lb", "devices.wrong_unit"},
                                        {"ST,GS,+  18.200", alien},
                                        {"ST,GS,+ ------ kg", alien},
                                        {"ST", alien},
                                        {"       18.20 kg  ", "18200 stable"},
                                        {"       18.20     ", "18200"},
                                        {"  18.20 kg  S", "18200 stable"},
                                        {"  18.20  S", "18200 stable"},
                                        {"  18.20 kg  D", "18200"},
                                        {"S  18.20", "18200 stable"},
                                        {"M   -  0.02 kg", "-20 stable"},
                                        {"   1834 g ", "1834 stable"},
                                        {"       Error", "devices.scale_error"},
                                        {"   18.20 pcs", "devices.wrong_unit"},
                                        {"   18.20 kg kg", alien},
                                        {"10PCS", "devices.wrong_unit"},
                                        {"S S      18.20 kg", "18200 stable"},
                                        {"S D      18.20 kg", "18200"},
                                        {"S +", "over"},
                                        {"S I", "devices.scale_busy"},
                                        {"ES", "devices.scale_error"},
                                        {"********************", alien},
                                        {"   ", alien},
                                        {"TOTAL 18.20 kg", alien},
                                    });
    CHECK(told(format_of(Profile::kern, "", "", Unit::gram), "   1834") == "1834");
}

TEST_CASE("a frame of toledo says point, sign, motion, range, unit and tare in its status bytes") {
    const std::string eleven = std::string("\x02\x2c\x30 001820\r");
    check(format_of(Profile::toledo),
          {
              {frame(), "18200 stable"},
              {frame("018200"), "18200 stable"},
              {frame(" 18200", '\x38'), "18200"},
              {frame(" 18200", '\x32'), "-18200 stable"},
              {frame(" 18200", '\x34'), "over"},
              {frame("      ", '\x34'), "over"},
              {frame(" 18200", '\x36'), "under"},
              {frame(" 18200", '\x31', '\x2d', ' ', "   500"), "18200 stable tare 500"},
              {frame(" 18200", '\x30', '\x2d', ' ', "   500"), "18200 stable"},
              {frame("  1820", '\x30', '\x2c'), "18200 stable"},
              {frame("    18", '\x30', '\x2a'), "18000 stable"},
              {frame("     2", '\x30', '\x28'), "200000 stable"},
              {frame("   182", '\x30', '\x29'), "1820000 stable"},
              {frame(" 18201", '\x30', '\x2e'), "devices.too_fine"},
              {frame(" 18200", '\x20'), "devices.wrong_unit"},
              {frame("  1820", '\x20', '\x2a', '\x21'), "1820 stable"},
              {frame("  1820", '\x20', '\x2d', '\x22'), "1820000 stable"},
              {frame(" 18200", '\x30', '\x2d', '\x23'), "devices.wrong_unit"},
              {frame(" 18200", '\x30', '\x2d', '\x30'), "devices.expanded"},
              {frame("18 200"), alien},
              {frame("1820.0"), alien},
              {frame("      "), alien},
              {eleven, "18200 stable"},
              {frame().substr(0, 16), "18200 stable"},
              {frame().substr(0, 15), alien},
              {frame().substr(1), alien},
              {"", alien},
              {"ST,GS,+  18.200 kg", alien},
          });
}

TEST_CASE("a byte that was changed on the way is found when the scale sends a checksum") {
    const auto format = format_of(Profile::toledo);
    const auto good = with_checksum(frame());
    CHECK(told(format, good) == "18200 stable");
    auto changed = good;
    changed[5] = '9';
    CHECK(told(format, changed) == "devices.checksum");
    // The sum of all is zero, as the manual puts it.
    unsigned sum = 0;
    for (const char byte : good) sum += static_cast<unsigned char>(byte);
    CHECK(sum % 128 == 0);
    // With even parity in the eighth bit the line means the same.
    auto parity = good;
    for (auto& byte : parity) {
        if (__builtin_parity(static_cast<unsigned char>(byte)))
            byte = static_cast<char>(byte | 0x80);
    }
    CHECK(told(format, parity) == "18200 stable");
}

TEST_CASE("a pattern reads lines that no profile knows") {
    check(format_of(Profile::pattern), {{"ST,GS,+  18.200 kg", "18200 stable"},
                                        {"US,GS,-18.200kg", "-18200"},
                                        {"ST,,18", "18000 stable"},
                                        {"OL,GS,+ ---- kg", "over"},
                                        {"UL", "under"},
                                        {"ST,GS,+  18.200 lb", "devices.wrong_unit"},
                                        {"ST,GS,+  18.200 kg N", alien},
                                        {"ST,GS,kg", alien},
                                        {"ST;GS;18 kg", alien},
                                        {"", alien}});
    check(format_of(Profile::pattern, "{weight} {unit} {stable}", "*"),
          {{"   18,20 kg *", "18200 stable"},
           {"   18,20 kg  ", "18200"},
           {"18,20*", "18200 stable"}});
    check(format_of(Profile::pattern, "W={weight}{rest}", "", Unit::gram),
          {{"W=   18200;N;2027-03-12", "18200 stable"}, {"W=18200;N;2027-03-12", "18200 stable"}});
    check(format_of(Profile::pattern, "[{stable}] {weight}", "1", Unit::tonne),
          {{"[1]   0,5", "500000 stable"}, {"[0]0,5", "500000"}, {"[1 0,5", alien}});
}

TEST_CASE("a pattern that cannot work is refused with what is wrong in it") {
    const auto code_of = [](std::string_view pattern) {
        const auto format = make_line_format(Profile::pattern, pattern);
        return format ? std::string("fine") : format.error().code;
    };
    CHECK(code_of("{weight}") == "fine");
    CHECK(code_of("{word}{word}{weight}") == "fine");
    CHECK(code_of("") == "devices.pattern_without_weight");
    CHECK(code_of("{unit}") == "devices.pattern_without_weight");
    CHECK(code_of("{weight") == "devices.pattern_open_brace");
    CHECK(code_of("{mass}") == "devices.pattern_unknown_role");
    CHECK(code_of("{weight}{weight}") == "devices.pattern_role_twice");
    CHECK(code_of("{weight}{rest}x") == "devices.pattern_after_rest");
    CHECK(code_of(std::string(101, 'x')) == "devices.pattern_too_long");
    CHECK(make_line_format(Profile::sics, "{")); // of no meaning there
}

TEST_CASE("a line that is too long is refused as that, and a profile has its name") {
    for (const auto profile : {Profile::sics, Profile::toledo, Profile::kern, Profile::pattern}) {
        CHECK(told(format_of(profile), std::string(257, 'x')) == "devices.line_too_long");
        CHECK(parse_profile(name_of(profile)) == profile);
    }
    CHECK_FALSE(parse_profile("dini"));
    CHECK(shown("\x02S\xff\n") == "\\x02S\\xff\\x0a");
}

TEST_CASE("no bytes bring the reader down, and a weight that is no weight is never at rest") {
    const auto signs =
        rc::gen::elementOf(std::string("SDI+-.,; \t0123456789kgtlbSTUSGSNTOL{}*\x02\r\n\x8d\xff"));
    CHECK(rc::check("any bytes", [&] {
        const auto profile =
            *rc::gen::element(Profile::sics, Profile::toledo, Profile::kern, Profile::pattern);
        const auto line =
            *rc::gen::oneOf(rc::gen::container<std::string>(rc::gen::arbitrary<char>()),
                            rc::gen::container<std::string>(signs));
        const auto reading = parse_line(format_of(profile), line);
        if (reading && (reading->over || reading->under)) {
            RC_ASSERT(!reading->stable);
            RC_ASSERT(reading->net == Grams{});
        }
        // And a pattern of any bytes is refused or reads any line.
        const auto pattern = make_line_format(Profile::pattern, line);
        if (pattern) RC_ASSERT(parse_line(*pattern, line).has_value() || !line.empty());
    }));
}

TEST_CASE("what a simulated scale writes is read back") {
    const std::vector<LineFormat> formats{
        format_of(Profile::sics),
        format_of(Profile::toledo),
        format_of(Profile::kern),
        format_of(Profile::pattern),
        format_of(Profile::pattern, "{weight} {unit} {stable}", "US"),
        format_of(Profile::pattern, "<{stable}|{weight}>{unit}{rest}", "1"),
    };
    CHECK(rc::check("written and read", [&] {
        const auto& format = *rc::gen::elementOf(formats);
        const auto kind = *rc::gen::inRange(0, 6);
        Reading weight{.over = kind == 4, .under = kind == 5};
        if (kind < 4) {
            weight.net = {*rc::gen::inRange<std::int64_t>(-999'999, 1'000'000)};
            weight.stable = kind < 2;
        }
        const bool tare = format.profile == Profile::toledo && kind % 2 == 1 && kind < 4;
        if (tare) weight.tare = Grams{*rc::gen::inRange<std::int64_t>(0, 1'000'000)};
        const auto sum = *rc::gen::element(Checksum::none, Checksum::sent);
        auto line = write_line(format, weight, sum);
        if (format.profile != Profile::toledo) line.resize(line.size() - 2);
        weight.raw = shown(line);
        const auto reading = parse_line(format, line);
        RC_ASSERT(reading.has_value());
        RC_ASSERT(*reading == weight);
    }));
}

TEST_CASE("the goods of the demo come and go, the same for the same seed") {
    DemoLoad load(7);
    DemoLoad same(7);
    DemoLoad other(8);
    bool differs = false;
    int rested = 0;
    Grams before;
    for (int step = 0; step < 5'000; ++step) {
        const auto weight = load.next();
        CHECK(weight == same.next());
        differs = differs || !(weight == other.next());
        CHECK(weight.net >= Grams{0});
        CHECK(weight.net <= Grams{90'000});
        CHECK(weight.net.value % 20 == 0);
        if (weight.stable && weight.net != before && weight.net > Grams{0}) {
            CHECK(weight.net >= Grams{1'000});
            CHECK(weight.net <= Grams{60'000});
            ++rested;
        }
        before = weight.stable ? weight.net : Grams{};
    }
    CHECK(differs);
    CHECK(rested > 40);
    CHECK(rested < 60); // a thousand seconds
}
