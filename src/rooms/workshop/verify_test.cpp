// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/place_testing.hpp"

using namespace kringwerk;
using namespace kringwerk::workshop;
using namespace kringwerk::workshop::testing;

namespace {

/// Four repairs on two days, the first of them reversed.
struct Repairs : Place {
    Repairs() {
        auto later = kettle;
        later.replace(later.find("p_1"), 3, "p_2");
        auto other = later;
        other.replace(other.find("p_2"), 3, "p_3");
        other.replace(other.find("2020-03-14"), 10, "2020-04-18");
        auto third = later;
        third.replace(third.find("p_2"), 3, "p_4");
        take(file("four.csv", file_text({kettle, later, other, third})));
        reverse_first(centres().at("Proef: Noord"));
        REQUIRE_FALSE(wrong());
    }
    std::optional<WrongRow> wrong() { return store->read(first_wrong_row); }
    WrongRow after(const std::string& sql) {
        REQUIRE(tamper(sql) == 1);
        const auto found = wrong();
        REQUIRE(found);
        return *found;
    }
};

std::string argument(const WrongRow& row, std::string_view name) {
    for (const auto& [known, value] : row.arguments) {
        if (known == name) return value;
    }
    return {};
}

/// Code, and that both languages have words without a hole for it.
void check_is(const WrongRow& row, std::string_view code) {
    CHECK(row.code == code);
    for (const auto language : {Language::nl, Language::en}) {
        const auto words = Texts::built_in().say(language, "verify." + row.code, row.arguments);
        CHECK_MESSAGE(words.find('{') == words.npos, words);
        CHECK_MESSAGE(words.find("verify.") == words.npos, words);
    }
}

} // namespace

TEST_CASE("a sum of repairs that was changed is named by its day or month") {
    const auto day = Repairs().after("UPDATE workshop_outcome_day SET repairs = repairs + 1 "
                                     "WHERE repairs = 2");
    check_is(day, "repair_day_sum");
    CHECK(argument(day, "day") == "2020-03-14");
    CHECK(argument(day, "kept") == "3");
    CHECK(argument(day, "counted") == "2");
    const auto month = Repairs().after("UPDATE workshop_outcome_month SET repairs = 0 "
                                       "WHERE repairs = 2");
    check_is(month, "repair_month_sum");
    CHECK(argument(month, "month") == "2020-03");
    CHECK(argument(month, "kept") == "0");
}

TEST_CASE("two sums that were changed against each other are found, a whole centre would hide it") {
    Repairs repairs;
    REQUIRE(repairs.tamper("UPDATE workshop_outcome_day SET repairs = 3 - repairs "
                           "WHERE repairs > 0") == 2);
    const auto wrong = repairs.wrong();
    REQUIRE(wrong);
    check_is(*wrong, "repair_day_sum");
}

TEST_CASE("a sum that is missing and one without any repair are named") {
    const auto missing = Repairs().after("DELETE FROM workshop_outcome_day WHERE repairs = 2");
    check_is(missing, "repair_day_sum");
    CHECK(argument(missing, "counted") == "2");
    const auto extra =
        Repairs().after("INSERT INTO workshop_outcome_month VALUES (1, 24999, 1, 1, 0, 4)");
    check_is(extra, "repair_month_sum");
    CHECK(argument(extra, "counted") == "0");
}

TEST_CASE("a repair that the books do not know, or know otherwise, is named by its record") {
    const auto day = Repairs().after("UPDATE workshop_repair SET counts_on = counts_on + 1 WHERE "
                                     "record_id = 'p_2'");
    check_is(day, "repair_day_differs");
    CHECK(argument(day, "record") == "p_2");
    CHECK(argument(day, "expected") == "2020-03-14");
    check_is(Repairs().after("UPDATE workshop_repair SET movement = zeroblob(16) "
                             "WHERE record_id = 'p_3'"),
             "repair_not_booked");
    const auto stands = Repairs().after("UPDATE workshop_repair SET reversed_on = NULL "
                                        "WHERE record_id = 'p_1'");
    check_is(stands, "repair_reversal_differs");
    CHECK(argument(stands, "found") == "-");
    check_is(Repairs().after("UPDATE workshop_repair SET outcome = 2 WHERE record_id = 'p_2'"),
             "repair_day_sum");
}
