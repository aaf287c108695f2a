// SPDX-License-Identifier: EUPL-1.2
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "rooms/workshop/categories.hpp"
#include "rooms/workshop/fold.hpp"
#include "rooms/workshop/ords_file.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace kringwerk;
using namespace kringwerk::workshop;

namespace {

const Day today = *parse_day("2026-01-01");
const std::string golden =
    std::string(KRINGWERK_SOURCE_DIR) + "/src/rooms/workshop/golden/repairs.csv";

CsvRow header_of(std::string_view names) { return parse_csv(names).value().at(0); }

Record lamp() {
    Record record;
    record[Column::id] = "a_1";
    record[Column::data_provider] = "Proef";
    record[Column::country] = "NLD";
    record[Column::product_category] = "Lamp";
    record[Column::repair_status] = "Fixed";
    record[Column::group_identifier] = "Noord";
    record[Column::event_date] = "2020-03-14";
    record[Column::problem] = "snoer";
    return record;
}

std::string with_line(std::string_view from, std::string_view to) {
    std::string text(embedded_or_bug("reference/ords_categories.csv"));
    const auto place = text.find(from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
}

std::string code(const Result<std::vector<OrdsCategory>>& read) {
    return read ? "fine" : read.error().code;
}

} // namespace

TEST_CASE("the standard has 40 categories, most with a weight") {
    CHECK(ords_categories().size() == 40);
    CHECK(ords_category(8).name == "Flat screen");
    CHECK(ords_category(8).grams == Grams{8268});
    CHECK(ords_category(32).stream == "toys");
    CHECK_FALSE(ords_category(18).grams);
}

TEST_CASE("a file of categories with a gap, a double or an unknown stream is refused by line") {
    const auto gap = parse_ords_categories("c.csv", with_line("\n7;Fan", "\n8;Fan"));
    CHECK(code(gap) == "workshop.category_order");
    CHECK(gap.error().arguments.at(0).second == "c.csv");
    CHECK(gap.error().arguments.at(1).second == "13");
    CHECK(code(parse_ords_categories("c", with_line("7;Fan;", "7;Lamp;"))) ==
          "workshop.category_double");
    CHECK(code(parse_ords_categories("c", with_line("Fan;electrical", "Fan;wind"))) ==
          "workshop.category_stream");
    CHECK(code(parse_ords_categories("c", with_line(";3900;", ";0;"))) ==
          "workshop.category_weight");
    CHECK(code(parse_ords_categories("c", with_line(";3900;Restart reference revision 2",
                                                    ";3900;"))) == "workshop.category_weight");
    CHECK(code(parse_ords_categories("c", with_line("\n40;Iron", "\n#"))) ==
          "workshop.category_order");
    CHECK(code(parse_ords_categories("c", "")) == "workshop.category_order");
}

TEST_CASE("spelling drift is folded, what is not known is not guessed") {
    CHECK(fold_barrier("No way to open the product")->value == Barrier::no_way_to_open);
    CHECK_FALSE(fold_barrier("No way to open the product")->as_standard);
    CHECK(fold_barrier("No way to open product")->as_standard);
    CHECK(fold_barrier("Too worn out")->value == Barrier::worn_out);
    CHECK(fold_barrier("Product too worn out")->value == Barrier::worn_out);
    CHECK(fold_barrier("")->value == Barrier::none);
    CHECK_FALSE(fold_barrier("no idea"));
    CHECK(fold_outcome("END OF LIFE")->value == Outcome::end_of_life);
    CHECK(fold_outcome("1")->value == Outcome::fixed);
    CHECK_FALSE(fold_outcome(""));
    CHECK(fold_category("Hair and Beauty Item")->value == 9);
    CHECK(fold_category("TV and gaming-related accessories")->value == 33);
    CHECK(fold_category("HiFi separates")->value == 13);
    CHECK_FALSE(fold_category("Unpowered - Bicycle"));
    for (const auto& category : ords_categories()) {
        CHECK(fold_category(category.name)->value == category.number);
        CHECK(fold_category(category.name)->as_standard);
    }
}

TEST_CASE("a header says its version, in any order of columns") {
    const auto newer = read_header(
        header_of("problem,id,data_provider,country,partner_product_category,product_category,"
                  "product_category_id,brand,year_of_manufacture,product_age,repair_status,"
                  "repair_barrier_if_end_of_life,group_identifier,Event_Date,record_date"));
    REQUIRE(newer);
    CHECK(newer->version == OrdsVersion::v03);
    CHECK(newer->columns[0] == Column::problem);
    const auto older = read_header(header_of(ords_header(OrdsVersion::v02, false)));
    REQUIRE(older);
    CHECK(older->version == OrdsVersion::v02);
    CHECK(older->fields == 12);
    CHECK(read_header(header_of(ords_header(OrdsVersion::v03, false)))->fields == 14);
}

TEST_CASE("a header with unknown, doubled or missing columns is refused with their names") {
    auto header = header_of(ords_header(OrdsVersion::v03, false));
    header.fields[0] = "serial";
    header.fields[1] = "owner";
    CHECK(read_header(header).error().code == "workshop.ords_columns_unknown");
    CHECK(read_header(header).error().arguments.at(0).second == "serial, owner");
    header.fields[0] = "id";
    header.fields[1] = "id";
    CHECK(read_header(header).error().code == "workshop.ords_columns_double");
    header.fields.erase(header.fields.begin());
    CHECK(read_header(header).error().code == "workshop.ords_columns_missing");
    CHECK(read_header(header).error().arguments.at(0).second == "data_provider");
    CHECK(read_header(header_of("id;data_provider")).error().code == "workshop.ords_separator");
}

TEST_CASE("all that is wrong with a row is said at once, in the order of the rules") {
    Record record;
    record[Column::event_date] = "14-03-2020";
    record[Column::country] = "nl";
    record[Column::product_age] = "101";
    const auto judged = judge(record, today);
    std::vector<Rule> rules;
    for (const auto& finding : judged.findings) rules.push_back(finding.rule);
    CHECK(rules == std::vector<Rule>{Rule::no_id, Rule::no_provider, Rule::unreadable_date,
                                     Rule::no_group, Rule::country_code, Rule::category_unknown,
                                     Rule::status_unknown, Rule::age_implausible,
                                     Rule::no_problem});
    CHECK(judged.rejected());
    CHECK_FALSE(judge(lamp(), today).rejected());
    CHECK(judge(lamp(), today).findings.empty());
    CHECK(judge(lamp(), today).record[Column::product_category_id] == "15");
}

TEST_CASE("a repair has the same id whichever file it came in, and another at another provider") {
    auto other = lamp();
    other[Column::problem] = "later known";
    CHECK(repair_id(lamp()) == repair_id(other));
    other[Column::data_provider] = "Proe";
    other[Column::id] = "fa_1";
    CHECK(repair_id(lamp()) != repair_id(other));
}

TEST_CASE("the hand-made file meets every rule but those of the books") {
    std::map<Rule, int> met;
    std::optional<Layout> layout;
    SeenIds seen;
    int rows = 0;
    const auto read = read_csv_file(golden, [&](const CsvRow& row) -> Result<void> {
        if (!layout) {
            layout = read_header(row).value();
            return {};
        }
        auto judged = read_row(*layout, row, today);
        seen.look(judged);
        for (const auto& finding : judged.findings) ++met[finding.rule];
        ++rows;
        return {};
    });
    REQUIRE(read);
    CHECK(rows == 39);
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto rule = static_cast<Rule>(i);
        CAPTURE(code_of(rule));
        if (rule == Rule::changed_id || rule == Rule::refused) continue;
        CHECK(met[rule] > 0);
    }
}

TEST_CASE("a file that is not there or not packed as it says is refused") {
    const auto each = [](const CsvRow&) -> Result<void> { return {}; };
    CHECK(read_csv_file("/nowhere/x.csv", each).error().code == "workshop.file_unreadable");
    CHECK(read_csv_file(KRINGWERK_SOURCE_DIR, each).error().code == "workshop.file_unreadable");
}

TEST_CASE("an export is ordered by the bytes of the id") {
    auto second = lamp();
    second[Column::id] = "a_10";
    auto third = lamp();
    third[Column::id] = "a_2";
    CHECK(in_export_order(lamp(), second));
    CHECK(in_export_order(second, third));
}

TEST_CASE("each rule has its words in both languages") {
    const auto& texts = Texts::built_in();
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto rule = static_cast<Rule>(i);
        CAPTURE(code_of(rule));
        for (const auto language : {Language::nl, Language::en}) {
            CHECK(texts.has(language, code_of(rule)));
            CHECK(texts.has(language, "refusal." + code_of(rule)) == rejects(rule));
        }
    }
}

TEST_CASE("a rejected row is handed back without the phone numbers that stood in it") {
    auto record = lamp();
    record[Column::id] = "";
    record[Column::problem] = "bel 06-12345678 " + std::string(longest_field, 'x');
    const auto judged = judge(record, today);
    CHECK(judged.rejected());
    CHECK(judged.record[Column::problem].starts_with("bel [phone removed] x"));
    for (const auto& finding : judged.findings) {
        CHECK(finding.given.find("1234") == std::string::npos);
    }
}
