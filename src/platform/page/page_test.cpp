// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/page.hpp"

#include "base/embedded.hpp"
#include "platform/page/icons.hpp"
#include "platform/page/template.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

using namespace kringwerk;
using namespace kringwerk::page;

namespace {

Texts two_texts() {
    return Texts(R"({"hello": "Dag {name} & co", "plain": "hoi"})",
                 R"({"hello": "Hello {name} & co", "plain": "hi"})");
}

/// The golden examples that web/src/base/format.test.ts reads too.
boost::json::array golden_figures() {
    std::ifstream file(std::string(KRINGWERK_SOURCE_DIR) + "/tests/golden/format.json");
    std::stringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str()).as_array();
}

std::string shown(Language language, const boost::json::object& example) {
    const std::string_view function = example.at("function").as_string();
    const auto value = example.at("value").as_int64();
    if (function == "whole") return show_whole(language, value);
    if (function == "decimal") {
        return show_decimal(language, value, example.at("decimals").to_number<int>());
    }
    if (function == "kilograms") return show_kilograms(language, Grams{value});
    if (function == "report_mass") return show_report_mass(language, Grams{value});
    if (function == "money") return show_money(language, Cents{value});
    REQUIRE(function == "permille");
    return show_permille(language, value);
}

} // namespace

TEST_CASE("a template gets its texts, their holes are filled from the data, all of it escaped") {
    const auto texts = two_texts();
    CHECK(with_texts_and_icons(texts, Language::nl, "<p>[[hello]]</p>[[plain]]") ==
          "<p>Dag {{name}} &amp; co</p>hoi");
    CHECK(with_texts_and_icons(texts, Language::en, "[[plain]] [ [x] ]") == "hi [ [x] ]");
}

TEST_CASE("a text that does not exist is a bug of the template, found when it is compiled") {
    const auto texts = two_texts();
    CHECK_THROWS_AS(with_texts_and_icons(texts, Language::nl, "[[nowhere]]"), Bug);
    CHECK_THROWS_AS(prepared(texts, Language::nl, "rooms/monitor/pages/nowhere"), Bug);
}

TEST_CASE("an icon that the program lacks leaves nothing behind") {
    const auto texts = two_texts();
    CHECK(with_texts_and_icons(texts, Language::nl, "a[[icon:no-such-icon]]b") == "ab");
    CHECK(icon(IconStyle::bold, "no-such-icon").empty());
    if (embedded("web/dist/icons.json")) {
        CHECK(icon(IconStyle::duotone, "armchair").starts_with("<svg class=\"icon icon-duotone\""));
    }
}

TEST_CASE("what a person typed is shown and never obeyed") {
    const Pages pages(Texts::built_in());
    const auto html =
        pages.render_page(Language::nl, "rooms/monitor/pages/search",
                          {{"title", "</title><script>"},
                           {"other_url", "/zoek?q=\"><script>"},
                           {"query", "\"><script>alert(1)</script>{{other_url}}[[plain]]"},
                           {"searched", true}});
    CHECK(html.find("<script>") == std::string::npos);
    CHECK(html.find("&lt;script&gt;alert(1)") != std::string::npos);
    CHECK(html.find("{{other_url}}[[plain]]") != std::string::npos);
}

TEST_CASE("the frame says the language, the way to the other one and that it is made up") {
    const Pages pages(Texts::built_in());
    const boost::json::object data{{"title", "Zoeken"}, {"other_url", "/zoek?taal=en"},
                                   {"nav", "search"},   {"demo", true},
                                   {"network", "Oost"}, {"breadcrumb", boost::json::array{}}};
    const auto html = pages.render_page(Language::nl, "rooms/monitor/pages/search", data);
    CHECK(html.find("<html lang=\"nl\">") != std::string::npos);
    CHECK(html.find("href=\"/zoek?taal=en\" hreflang=\"en\"") != std::string::npos);
    CHECK(html.find("<a href=\"/zoek\" aria-current=\"true\">Zoeken</a>") != std::string::npos);
    CHECK(html.find("class=\"demo-banner\"") != std::string::npos);
    CHECK(html.find("Draait op Kringwerk") != std::string::npos);
    CHECK(html.find("class=\"breadcrumb\"") == std::string::npos);
    CHECK(html.find("<script type=\"module\"") == std::string::npos); // nothing live on this page
    CHECK(html.find("rel=\"stylesheet\"") != std::string::npos);
}

TEST_CASE("the same page in the other language keeps the rest of its address") {
    CHECK(in_language("/", Language::en) == "/?taal=en");
    CHECK(in_language("/zoek?q=a%20b", Language::en) == "/zoek?q=a%20b&taal=en");
    CHECK(in_language("/zoek?taal=en&q=x&lang=en", Language::nl) == "/zoek?q=x&taal=nl");
    CHECK(in_language("/b?&naar=sold&", Language::en) == "/b?naar=sold&taal=en");
}

TEST_CASE("one set of pages serves many threads") {
    const Pages pages(Texts::built_in());
    const auto once = [&](Language language) {
        return pages.render_page(language, "platform/page/pages/error",
                                 {{"title", "x"}, {"other_url", "/"}, {"not_found", true}});
    };
    const Pages fresh(Texts::built_in());
    std::vector<std::string> answers(8);
    {
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            threads.emplace_back([&, i] {
                const auto language = i % 2 == 0 ? Language::nl : Language::en;
                for (int repeat = 0; repeat < 50; ++repeat) {
                    answers[i] = fresh.render_page(
                        language, "platform/page/pages/error",
                        {{"title", "x"}, {"other_url", "/"}, {"not_found", true}});
                }
            });
        }
        for (auto& thread : threads) thread.join();
    }
    for (std::size_t i = 0; i < answers.size(); ++i) {
        CHECK(answers[i] == once(i % 2 == 0 ? Language::nl : Language::en));
    }
}

TEST_CASE("figures are shown as the browser shows them") {
    for (const auto& row : golden_figures()) {
        const auto& example = row.as_object();
        CAPTURE(boost::json::serialize(row));
        CHECK(shown(Language::nl, example) == std::string(example.at("nl").as_string()));
        CHECK(shown(Language::en, example) == std::string(example.at("en").as_string()));
    }
}

TEST_CASE("every template of the program compiles in both languages") {
    std::size_t seen = 0;
    for (const auto& file : embedded_below("src/")) {
        if (!file.path.ends_with(".mustache")) continue;
        const auto name = std::string(file.path.substr(4, file.path.size() - 4 - 9));
        CAPTURE(name);
        for (const auto language : {Language::nl, Language::en}) {
            CHECK(prepared(Texts::built_in(), language, name).find("[[") == std::string::npos);
        }
        ++seen;
    }
    CHECK(seen > 20);
}
