// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/municipalities.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace kringwerk;
using namespace kringwerk::network;

namespace {

const std::string head = "code;name;province;inhabitants;year_of_inhabitants\n";
const std::string utrecht = "GM0344;Utrecht;Utrecht;376435;2026\n";

std::string names(std::string_view typed) {
    std::string made;
    for (const auto* const row : search_municipalities(typed)) {
        made += (made.empty() ? "" : ", ") + std::string(row->name);
    }
    return made;
}

} // namespace

TEST_CASE("all 342 municipalities of twelve provinces are there, with all their inhabitants") {
    std::int64_t inhabitants = 0;
    std::map<std::string_view, int> provinces;
    for (const auto& row : municipalities()) {
        inhabitants += row.inhabitants;
        ++provinces[row.province];
        CHECK(row.year_of_inhabitants == 2026);
    }
    CHECK(municipalities().size() == 342);
    CHECK(provinces.size() == 12);
    CHECK(inhabitants == 18'130'231); // what CBS gives for the country
    REQUIRE(municipality("GM0344"));
    CHECK(municipality("GM0344")->name == "Utrecht");
    CHECK(municipality("GM9999") == nullptr);
    CHECK(municipality("") == nullptr);
}

TEST_CASE("a search takes the beginning of any word, whatever the case and the accents") {
    CHECK(names("hert") == "'s-Hertogenbosch");
    CHECK(names("SUDWEST") == "Súdwest-Fryslân");
    CHECK(names("súd frys") == "Súdwest-Fryslân");
    CHECK(names("gerwen") == "Nuenen, Gerwen en Nederwetten");
    CHECK(names("bergen (") == "Bergen (L.), Bergen (NH.), Bergen op Zoom");
    CHECK(names("trecht").empty());
    CHECK(names("  ").empty());
    CHECK(names("den hel") == "Den Helder");
    CHECK(names("den") == "Alphen aan den Rijn, Capelle aan den IJssel, Den Helder, "
                          "Krimpen aan den IJssel");
}

TEST_CASE("a name stands for one municipality or for none") {
    CHECK(municipality_called("utrecht") == municipality("GM0344"));
    CHECK(municipality_called(" GM0344 ") == municipality("GM0344"));
    REQUIRE(municipality_called("Hengelo"));
    CHECK(municipality_called("Hengelo")->name == "Hengelo (O.)");
    CHECK(municipality_called("Bergen") == nullptr); // there are two
    CHECK(municipality_called("bergen (nh.)") != nullptr);
    CHECK(municipality_called("Nergenshuizen") == nullptr);
    CHECK(municipality_called("") == nullptr);
}

TEST_CASE("a line that is wrong is refused with its file and number") {
    const std::map<std::string, std::string> wrong{
        {"0344;Utrecht;Utrecht;376435;2026\n", "network.municipality_code"},
        {"GM034x;Utrecht;Utrecht;376435;2026\n", "network.municipality_code"},
        {"GM0345;;Utrecht;376435;2026\n", "network.municipality_name"},
        {"GM0345;Veenendaal;Holland;376435;2026\n", "network.municipality_province"},
        {"GM0345;Veenendaal;Utrecht;0;2026\n", "network.municipality_people"},
        {"GM0345;Veenendaal;Utrecht;veel;2026\n", "reference.number"},
        {"GM0344;Veenendaal;Utrecht;1;2026\n", "network.municipality_double"},
        {"GM0345;Utrecht;Utrecht;1;2026\n", "network.municipality_double"},
        {"GM0345;Utrecht;Utrecht;1\n", "reference.fields"}};
    REQUIRE(parse_municipalities("m.csv", head + utrecht));
    for (const auto& [line, code] : wrong) {
        const auto text = head + utrecht + line;
        const auto read = parse_municipalities("m.csv", text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == code);
        CHECK(read.error().arguments.at(0).second == "m.csv");
        CHECK(read.error().arguments.at(1).second == "3");
    }
}
