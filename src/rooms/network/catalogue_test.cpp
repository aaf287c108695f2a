// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/catalogue.hpp"

#include "base/embedded.hpp"
#include "base/table.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace kringwerk;
using namespace kringwerk::network;

namespace {

const Day spring = *parse_day("2027-03-12");

/// The smallest files that are right. A test breaks one line of one of them.
struct SmallFiles {
    std::string sources = "code;title;year;licence;address\n"
                          "test-2020;A list;2020;CC0;https://example.org\n";
    std::string waste_codes = "code;hazardous;entry;name_nl;valid_from\n"
                              "200138;0;mirror;hout;2015-06-01\n"
                              "200123;1;mirror;koelkasten;2015-06-01\n";
    std::string hazards = "code;name_nl;name_en;what_to_do_nl;what_to_do_en\n"
                          "sharp;Scherp;Sharp;Draag handschoenen.;Wear gloves.\n"
                          "data;Gegevens;Data;Leg het weg.;Lock it away.\n";
    std::string stops = "code;name_nl;name_en;what_to_do_nl;what_to_do_en\n"
                        "gas;Gasfles;Gas bottle;Zet hem buiten.;Put it outside.\n";
    std::string categories =
        "number;code;from;until;stream;name_nl;name_en;icon;grams;weight_source;eu_group;weee;"
        "weee_nl;waste_code;ords;hazards;stop\n"
        "17;fridge;2000-01-01;;electrical;Koelkast;Fridge;snowflake;40790;test-2020;eee;1;1A;"
        "200123;17;data sharp;\n"
        "101;chair;2000-01-01;2020-01-01;furniture;Stoel;Chair;chair;;;furniture;;;200138;;;\n"
        "101;chair;2020-01-01;;furniture;Café-stoel;Bar chair;chair;;;furniture;;;200138;;;\n"
        "1030;gas-bottle;2010-01-01;;other;Gasfles;Gas bottle;gas-can;;;other;;;200138;;;gas\n";

    Result<Catalogue> read() const {
        return Catalogue::read({sources, waste_codes, hazards, stops, categories});
    }
};

SmallFiles with(std::string SmallFiles::*file, std::string_view from, std::string_view to) {
    SmallFiles files;
    auto& text = files.*file;
    const auto place = text.find(from);
    REQUIRE(place != text.npos);
    text.replace(place, from.size(), to);
    return files;
}

/// The code of the refusal and the line that it names.
std::string refusal_of(const SmallFiles& files) {
    const auto read = files.read();
    if (read) return "fine";
    for (const auto& [name, value] : read.error().arguments) {
        if (name == "line") return read.error().code + " " + value;
    }
    return read.error().code;
}

std::string broken(std::string_view from, std::string_view to) {
    return refusal_of(with(&SmallFiles::categories, from, to));
}

std::vector<int> numbers(const std::vector<const Category*>& categories) {
    std::vector<int> found;
    for (const auto* category : categories) found.push_back(category->number);
    return found;
}

} // namespace

TEST_CASE("a category is read with all that its line says") {
    const SmallFiles files;
    const auto read = files.read();
    REQUIRE(read);
    const auto* const fridge = read->find(17, spring);
    REQUIRE(fridge != nullptr);
    CHECK(fridge->code == "fridge");
    CHECK(ledger::code_of(fridge->stream) == "electrical");
    CHECK(fridge->grams == Grams{40790});
    CHECK(read->source(fridge->weight_source)->year == 2020);
    CHECK(fridge->eu_group == EuGroup::eee);
    CHECK(fridge->weee == 1);
    CHECK(fridge->weee_nl == "1A");
    CHECK(written(*read->waste_code(fridge->waste_code)) == "20 01 23*");
    CHECK(written(*read->waste_code("200138")) == "20 01 38");
    CHECK(fridge->hazards == std::vector<std::string_view>{"data", "sharp"});
    CHECK(fridge->stop.empty());
    CHECK(read->stop(read->find(1030, spring)->stop)->what_to_do_en == "Put it outside.");
    CHECK(read->hazard("sharp")->what_to_do(Language::nl) == "Draag handschoenen.");
    CHECK(read->hazard("blunt") == nullptr);
}

TEST_CASE("a number means on each day what its version of that day says") {
    const SmallFiles files;
    const auto read = files.read();
    REQUIRE(read);
    CHECK(read->find(101, *parse_day("1999-12-31")) == nullptr);
    CHECK(read->find(101, *parse_day("2019-12-31"))->name_nl == "Stoel");
    CHECK(read->find(101, *parse_day("2020-01-01"))->name_nl == "Café-stoel");
    CHECK(read->find(102, spring) == nullptr);
    const auto furniture = *ledger::parse_key(ledger::Book::goods, "furniture");
    CHECK(numbers(read->of_stream(furniture, spring)) == std::vector{101});
    CHECK(numbers(read->of_ords(17, spring)) == std::vector{17});
    CHECK(read->of_ords(18, spring).empty());
}

TEST_CASE(
    "a search finds the beginning of a word in either language, and longer parts inside one") {
    const SmallFiles files;
    const auto read = files.read();
    REQUIRE(read);
    CHECK(numbers(read->search("CAFE", spring)) == std::vector{101});
    CHECK(numbers(read->search("stoel", spring)) == std::vector{101});
    CHECK(numbers(read->search("chair", spring)) == std::vector{101});
    CHECK(numbers(read->search("cafe st", spring)) == std::vector{101});
    CHECK(numbers(read->search("g", spring)) == std::vector{1030});
    CHECK(numbers(read->search("gas fri", spring)).empty());
    CHECK(read->search("toe", spring).empty());
    CHECK(numbers(read->search("kast", spring)) == std::vector{17});
    CHECK(read->search("ast", spring).empty());
    CHECK(read->search("stoel", *parse_day("1999-01-01")).empty());
    for (const auto* const nothing : {"", "  ", "?", "-"}) {
        CHECK(read->search(nothing, spring).empty());
    }
}

TEST_CASE("columns that are wrong are refused in each of the files") {
    CHECK(broken("number;code", "code;number") == "reference.columns 1");
    CHECK(broken("1030;gas-bottle;", "1030;") == "reference.fields 5");
    CHECK(refusal_of(with(&SmallFiles::sources, "year", "when")) == "reference.columns 1");
    CHECK(refusal_of(with(&SmallFiles::waste_codes, "entry", "kind")) == "reference.columns 1");
    CHECK(refusal_of(with(&SmallFiles::hazards, "name_en", "name")) == "reference.columns 1");
    CHECK(refusal_of(with(&SmallFiles::stops, "name_en", "name")) == "reference.columns 1");
}

TEST_CASE("the lists that categories refer to are refused by line") {
    CHECK(refusal_of(with(&SmallFiles::sources, "A list", "")) == "network.field_empty 2");
    CHECK(refusal_of(with(&SmallFiles::sources, ";2020;", ";MMXX;")) == "reference.number 2");
    CHECK(refusal_of(with(&SmallFiles::sources, ";2020;", ";20;")) == "reference.number 2");
    const auto waste = &SmallFiles::waste_codes;
    CHECK(refusal_of(with(waste, "200123", "200138")) == "reference.double 3");
    CHECK(refusal_of(with(waste, "200123", "20012")) == "reference.unknown 3");
    CHECK(refusal_of(with(waste, "200123", "20012x")) == "reference.unknown 3");
    CHECK(refusal_of(with(waste, ";1;mirror", ";2;mirror")) == "reference.unknown 3");
    CHECK(refusal_of(with(waste, "0;mirror", "0;broken")) == "reference.unknown 2");
    CHECK(refusal_of(with(waste, "2015-06-01", "2015-06-31")) == "reference.unknown 2");
    CHECK(refusal_of(with(&SmallFiles::hazards, "data;", "sharp;")) == "reference.double 3");
    CHECK(refusal_of(with(&SmallFiles::stops, "Gas bottle", "")) == "network.field_empty 2");
}

TEST_CASE("numbers that are out of order or none at all are refused") {
    CHECK(broken("1030;", "100;") == "network.category_order 5");
    CHECK(broken("17;", "0;") == "network.category_order 2");
    CHECK(broken("1030;", "99999999999;") == "network.category_order 5");
    CHECK(broken("1030;", "many;") == "reference.number 5");
}

TEST_CASE("a code that is not kebab-case or belongs to another number is refused") {
    CHECK(broken("gas-bottle", "fridge") == "network.category_code 5");
    CHECK(broken("gas-bottle", "chair") == "network.category_code 5");
    for (const auto* const code : {"", "Gas", "gas_bottle", "-gas", "gas-", "gas--bottle"}) {
        CAPTURE(code);
        CHECK(broken("gas-bottle", code) == "network.category_code 5");
    }
}

TEST_CASE("days that are none, or an end before its start, are refused") {
    CHECK(broken("2010-01-01", "yesterday") == "network.category_days 5");
    CHECK(broken("2010-01-01;", "2010-01-01;2010-01-01") == "network.category_days 5");
    CHECK(broken("2000-01-01;2020-01-01", "2000-01-01;soon") == "network.category_days 3");
}

TEST_CASE("versions of a number that overlap or leave days out are refused") {
    CHECK(broken("2000-01-01;2020-01-01", "2000-01-01;2020-01-02") == "network.category_overlap 4");
    CHECK(broken("2000-01-01;2020-01-01", "2000-01-01;") == "network.category_overlap 4");
    CHECK(broken("2000-01-01;2020-01-01", "2000-01-01;2019-12-31") == "network.category_gap 4");
}

TEST_CASE("what a category refers to must be there") {
    CHECK(broken(";other;Gas", ";elsewhere;Gas") == "network.category_stream 5");
    CHECK(broken(";other;Gas", ";mixed;Gas") == "network.category_stream 5");
    CHECK(broken(";other;Gas", ";cash;Gas") == "network.category_stream 5");
    CHECK(broken("test-2020", "test-2021") == "network.category_source 2");
    CHECK(broken("200123", "999999") == "network.category_waste 2");
    CHECK(broken("200123;17", "200123;41") == "network.category_ords 2");
    CHECK(broken("200123;17", "200123;0") == "network.category_ords 2");
    CHECK(broken("200123;17", "200123;x") == "reference.number 2");
    CHECK(broken("data sharp", "data blunt") == "network.category_hazard 2");
    CHECK(broken(";gas\n", ";steam\n") == "network.category_stop 5");
    CHECK(broken(";furniture;;", ";chairs;;") == "network.category_group 3");
}

TEST_CASE("names and icons are refused when they cannot be shown") {
    CHECK(broken("Koelkast", "") == "network.field_empty 2");
    CHECK(broken("Fridge", "") == "network.field_empty 2");
    CHECK(broken("snowflake", "Snow flake") == "network.category_icon 2");
    CHECK(broken("snowflake", "") == "network.category_icon 2");
}

TEST_CASE("a weight is above nothing and has a source, and a source has a weight") {
    CHECK(broken("40790;test-2020", "40790;") == "network.category_weight 2");
    CHECK(broken("40790;test-2020", ";test-2020") == "network.category_weight 2");
    CHECK(broken("40790", "0") == "network.category_weight 2");
    CHECK(broken("40790", "-1") == "network.category_weight 2");
    CHECK(broken("40790", "heavy") == "reference.number 2");
}

TEST_CASE("the Dutch split of electrical waste belongs to its European category") {
    CHECK(broken("eee;1;1A", "eee;2;1A") == "network.category_weee 2");
    CHECK(broken("eee;1;1A", "eee;1;1Z") == "network.category_weee 2");
    CHECK(broken("eee;1;1A", "eee;1;") == "network.category_weee 2");
    CHECK(broken("eee;1;1A", "eee;;1A") == "network.category_weee 2");
    CHECK(broken("eee;1;1A", "eee;7;") == "network.category_weee 2");
    CHECK(broken("eee;1;1A", "eee;3;5A") == "network.category_weee 2");
    CHECK(broken("eee;1;1A", "eee;x;") == "reference.number 2");
    CHECK(broken("eee;1;1A", "eee;3;") == "fine");
}

TEST_CASE("the built-in catalogue holds the whole List of Waste") {
    const auto& catalogue = Catalogue::built_in();
    CHECK(catalogue.tables().waste_codes.size() == 842);
    std::size_t hazardous = 0;
    for (const auto& code : catalogue.tables().waste_codes) hazardous += code.hazardous ? 1 : 0;
    CHECK(hazardous == 408);
    CHECK(catalogue.waste_code("200138")->entry == Entry::mirror);
    CHECK_FALSE(catalogue.waste_code("200138")->hazardous);
}

TEST_CASE("the categories of the standard keep the stream and weight that stand in the chain") {
    const std::string_view file = "reference/ords_categories.csv";
    const auto table = Table::read(file, embedded_or_bug(file),
                                   {"number", "name", "name_nl", "name_en", "stream", "grams",
                                    "source", "year", "licence", "note"});
    REQUIRE(table);
    REQUIRE(table->lines().size() == 40);
    for (const auto& line : table->lines()) {
        const auto number = static_cast<int>(table->number(line, 0).value());
        CAPTURE(number);
        const auto all = Catalogue::built_in().of_ords(number, spring);
        REQUIRE_FALSE(all.empty());
        const auto& own = *all.front();
        CHECK(own.number == number);
        CHECK(own.name_nl == line.fields[2]);
        CHECK(own.name_en == line.fields[3]);
        CHECK(ledger::code_of(own.stream) == line.fields[4]);
        CHECK((own.grams ? std::to_string(own.grams->value) : "") == line.fields[5]);
    }
}

TEST_CASE("each of the ten streams has its own categories with names of their own") {
    const auto& catalogue = Catalogue::built_in();
    std::map<std::string_view, int> added;
    std::set<std::string> names;
    for (const auto& category : catalogue.tables().categories) {
        CAPTURE(category.code);
        const auto stream = ledger::code_of(category.stream);
        if (category.number >= 100) ++added[stream];
        if (!category.valid_on(spring)) continue;
        for (const auto language : {Language::nl, Language::en}) {
            const auto name = std::string(stream) + std::string(code_of(language)) +
                              std::string(category.name(language));
            CHECK(names.insert(name).second);
        }
        CHECK(category.weee.has_value() == (category.eu_group == EuGroup::eee));
        CHECK(category.number < 10000); // from there on they are of one network
    }
    int together = 0;
    for (const auto& of_stream : added) {
        CAPTURE(of_stream.first);
        CHECK(of_stream.second >= 10);
        together += of_stream.second;
    }
    CHECK(added.size() == 10);
    CHECK(together >= 150);
}

TEST_CASE("each hazard and each stop is met by a category") {
    const auto& tables = Catalogue::built_in().tables();
    std::set<std::string_view> met;
    for (const auto& category : tables.categories) {
        met.insert(category.hazards.begin(), category.hazards.end());
        met.insert(category.stop);
    }
    for (const auto* const list : {&tables.hazards, &tables.stops}) {
        for (const auto& advice : *list) {
            CAPTURE(advice.code);
            CHECK(met.count(advice.code) == 1);
            CHECK(advice.what_to_do_nl.find('!') == std::string_view::npos);
        }
    }
}
