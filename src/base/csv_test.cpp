// SPDX-License-Identifier: EUPL-1.2
#include "base/csv.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace kringwerk;

namespace {

using Table = std::vector<std::vector<std::string>>;

Table table(const std::vector<CsvRow>& rows) {
    Table made;
    for (const auto& row : rows) made.push_back(row.fields);
    return made;
}

Table read(std::string_view text) { return table(parse_csv(text).value()); }

std::string any_field() {
    const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
        std::vector<std::string>{"a", ",", "\"", "\n", "\r", "\r\n", " ", "é", "\xEF\xBB\xBF", "1",
                                 ";", "\t", std::string(1, '\0')}));
    std::string field;
    for (const auto& part : parts) field += part;
    return field;
}

} // namespace

TEST_CASE("quotes may hold commas, doubled quotes and line ends") {
    CHECK(read("a,b\n\"1,2\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n") ==
          Table{{"a", "b"}, {"1,2", "say \"hi\""}, {"two\nlines", ""}});
}

TEST_CASE("a byte order mark, CRLF, blank lines and a missing last line end make no difference") {
    CHECK(read("\xEF\xBB\xBF"
               "a,b\r\n\r\n1,2\r\n\r\n3,") == Table{{"a", "b"}, {"1", "2"}, {"3", ""}});
    CHECK(read("").empty());
    CHECK(read("\xEF\xBB\xBF").empty());
    CHECK(read("a") == Table{{"a"}});
}

TEST_CASE("white space and loose quotes belong to their field") {
    CHECK(read(" a , 5\" screen,b \n") == Table{{" a ", " 5\" screen", "b "}});
}

TEST_CASE("a row knows the line on which it begins") {
    const auto rows = parse_csv("h\r\n\r\n\"a\n\nb\"\nc\n\"d\n\"").value();
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].line == 1);
    CHECK(rows[1].line == 3);
    CHECK(rows[2].line == 6);
    CHECK(rows[3].line == 7);
}

TEST_CASE("a quote that is never closed is refused with the line of its row") {
    const auto rows = parse_csv("a,b\n1,2\n3,\"open\n4,5\n");
    REQUIRE_FALSE(rows);
    CHECK(rows.error().code == "csv.open_quote");
    CHECK(rows.error().arguments.at(0).second == "3");
}

TEST_CASE("a row that goes on for a megabyte is refused, and what follows fills no memory") {
    for (const std::string begin : {"a,b\n1,\"open", "a,b\n1,"}) {
        CsvReader reader;
        std::size_t rows = 0;
        const std::string piece(100'000, 'x');
        rows += reader.feed(begin).size();
        for (int i = 0; i < 100 && !reader.is_too_long(); ++i) rows += reader.feed(piece).size();
        CHECK(reader.is_too_long());
        CHECK(rows == 1);
        CHECK(reader.feed("\"\n1,2\n").empty());
        const auto end = reader.finish();
        REQUIRE_FALSE(end);
        CHECK(end.error().code == "csv.row_too_long");
        CHECK(end.error().arguments.at(0).second == "2");
    }
    // Many rows are no long row, however they end.
    for (const std::string line : {"1,2\n", "1,2\r"}) {
        std::string many;
        for (int i = 0; i < 600'000; ++i) many += line;
        CHECK(parse_csv(many).value().size() == 600'000);
    }
}

TEST_CASE("a field gets quotes only where it needs them") {
    std::string text;
    append_csv_row(text,
                   std::vector<std::string>{"plain text", "a,b", "say \"hi\"", "a\nb", "", " "});
    CHECK(text == "plain text,\"a,b\",\"say \"\"hi\"\"\",\"a\nb\",, \n");
    text.clear();
    append_csv_row(text, std::vector<std::string>{""});
    CHECK(text == "\"\"\n");
}

TEST_CASE("for a spreadsheet no field begins as a formula, and all others stay as they are") {
    for (const std::string formula : {"=1+1", "+31612345678", "-2", "@SUM(A1)", "\t=1", "\r=1",
                                      "\n=1", "  =cmd|' /C calc'!A0", "=HYPERLINK(\"x\")"}) {
        CAPTURE(formula);
        CHECK(for_spreadsheet(formula) == "'" + formula);
    }
    for (const std::string plain : {"", " ", "snoer", "5\" = 12,7 cm", "2027-03-12", "'=1"}) {
        CHECK(for_spreadsheet(plain) == plain);
    }
}

TEST_CASE("whatever is written reads back the same, in pieces of any size") {
    CHECK(rc::check([] {
        Table rows(*rc::gen::inRange<std::size_t>(0, 6));
        for (auto& row : rows) {
            row.resize(*rc::gen::inRange<std::size_t>(1, 5));
            for (auto& field : row) field = any_field();
        }
        std::string text;
        for (const auto& row : rows) append_csv_row(text, row);
        RC_ASSERT(read(text) == rows);

        CsvReader reader;
        Table seen;
        const auto size = *rc::gen::inRange<std::size_t>(1, 9);
        for (std::size_t at = 0; at < text.size(); at += size) {
            for (auto& row : reader.feed(std::string_view(text).substr(at, size))) {
                seen.push_back(row.fields);
            }
        }
        const auto last = reader.finish().value();
        for (const auto& row : last) seen.push_back(row.fields);
        RC_ASSERT(seen == rows);
    }));
}
