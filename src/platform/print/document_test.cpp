// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/document.hpp"

#include "platform/print/spoken.hpp"
#include "platform/print/table.hpp"

#include <doctest/doctest.h>
#include <glib.h>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::print;

namespace {

constexpr Instant friday{1'804'847'760'000}; // 2027-03-12 11:36 in Amsterdam

/// What the tools of poppler make of a PDF, their complaints included.
class Reader {
  public:
    explicit Reader(const std::string& pdf) {
        std::string made = (std::filesystem::temp_directory_path() / "kw-print-XXXXXX").string();
        folder_ = ::mkdtemp(made.data());
        std::ofstream(folder_ / "document.pdf", std::ios::binary) << pdf;
    }
    ~Reader() { std::filesystem::remove_all(folder_); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    std::string run(const std::string& tool, const std::string& after = "") const {
        const auto command =
            tool + " '" + (folder_ / "document.pdf").string() + "' " + after + " 2>&1";
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                                   ::pclose);
        REQUIRE(pipe);
        std::string said;
        std::array<char, 4096> piece{};
        while (const auto got = std::fread(piece.data(), 1, piece.size(), pipe.get())) {
            said.append(piece.data(), got);
        }
        return said;
    }
    std::string text() const { return run("pdftotext -layout", "-"); }
    std::string properties() const { return run("pdfinfo"); }
    std::string structure() const { return run("pdfinfo -struct-text"); }

  private:
    std::filesystem::path folder_;
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

int times(const std::string& text, std::string_view part) {
    int count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

Table streams(int rows) {
    Table table{"Wat er binnenkwam",
                {{"Stroom", "", Align::left},
                 {"Herkomst", "", Align::left},
                 {"Stuks", "", Align::right},
                 {"Gewogen", "kg", Align::right}},
                {},
                std::vector<std::string>{"Samen", "", "1.240", "12.345,6"}};
    for (int i = 1; i <= rows; ++i) {
        table.rows.push_back({"Stroom " + std::to_string(i), "Milieustraat Purmerend",
                              show_whole(Language::nl, i * 7),
                              show_decimal(Language::nl, i * 1237, 1)});
    }
    return table;
}

Document report() {
    Document document{"Maandverslag maart 2027", Language::nl, "Kringwerk Waterland", friday, {}};
    auto& blocks = document.blocks;
    blocks.emplace_back(Heading{1, "Maandverslag maart 2027"});
    blocks.emplace_back(Paragraph{
        "Dit verslag telt alle boekingen van centrum De Loods in maart 2027. Elk getal komt uit "
        "het "
        "grootboek en is daar terug te vinden tot op de weging. Bedragen zijn in euro’s, gewichten "
        "in kilogram. Wat geschat is, staat er als schatting."});
    blocks.emplace_back(Facts{{{"Centrum", "De Loods, Purmerend"},
                               {"Periode", "1 tot en met 31 maart 2027"},
                               {"Stand", "definitief, afgesloten op 3 april 2027"}}});
    blocks.emplace_back(Figures{{{"Binnengekomen", "12.346 kg", "8 procent meer dan in februari"},
                                 {"Nieuwe eigenaar", "45,3 %", "van wat de deur uit ging"},
                                 {"Gerepareerd", "214", "van 268 werkbonnen"},
                                 {"Omzet", "€ 8.412,50", "inclusief btw"}}});
    blocks.emplace_back(Heading{2, "Stromen"});
    blocks.emplace_back(streams(9));
    blocks.emplace_back(
        Note{"Drie wegingen zijn na het sluiten van de maand rechtgezet. Ze staan in "
             "april als tegenboeking, met hun reden."});
    blocks.emplace_back(Heading{3, "Zelf nakijken"});
    blocks.emplace_back(Qr{*make_qr("https://kringwerk.local/centra/1/2027-03"),
                           "Open dit verslag met alle boekingen erachter."});
    return document;
}

} // namespace

TEST_CASE(
    "a report is one tagged page with its properties, and its text reads from top to bottom") {
    const Reader reader(to_pdf(report()));
    const auto properties = reader.properties();
    CAPTURE(properties);
    CHECK(holds(properties, "Tagged:          yes"));
    CHECK(holds(properties, "Title:           Maandverslag maart 2027"));
    CHECK(holds(properties, "Author:          Kringwerk Waterland"));
    CHECK(holds(properties, "Pages:           1\n"));
    CHECK(holds(properties, "(A4)"));
    const auto text = reader.text();
    CAPTURE(text);
    std::size_t at = 0;
    for (const auto* part :
         {"Maandverslag maart 2027", "Dit verslag telt", "De Loods, Purmerend", "Binnengekomen",
          "12.346 kg", "Wat er binnenkwam", "Stroom 9", "Samen", "Drie wegingen", "Zelf nakijken",
          "Open dit verslag", "https://kringwerk.local/centra/1/2027-03", "Pagina 1 van 1"}) {
        const auto found = text.find(part, at);
        CAPTURE(part);
        CHECK(found != text.npos);
        at = found == text.npos ? at : found;
    }
    CHECK(holds(text, "12-03-2027 11:36"));
}

TEST_CASE(
    "who hears the page hears headings, cells and heads of a table, and no footer in between") {
    const Reader reader(to_pdf(report()));
    const auto structure = reader.structure();
    CAPTURE(structure);
    for (const auto* tag :
         {"Document", "H1", "H2", "H3", "P ", "Table", "TR", "TH", "TD", "Figure", "Private"}) {
        CAPTURE(tag);
        CHECK(holds(structure, tag));
    }
    CHECK(times(structure, "  TR") == 11);
    CHECK(holds(structure, "\"definitief, afgesloten op 3 april 2027\""));
    CHECK(times(structure, "\"Samen\"") == 1);
}

TEST_CASE("a table of 200 rows goes on over pages, with its head on each and its total once") {
    Document document{"Alle stromen", Language::nl, "", friday, {streams(200)}};
    const Reader reader(to_pdf(document));
    const auto text = reader.text();
    const auto pages = times(text, "Pagina ");
    CHECK(pages >= 4);
    CHECK(holds(reader.properties(), "Pages:           " + std::to_string(pages)));
    CHECK(times(text, "Gewogen") == pages);
    CHECK(times(text, "Wat er binnenkwam") == pages);
    CHECK(times(text, "Wat er binnenkwam (vervolg)") == pages - 1);
    CHECK(times(text, "Samen") == 1);
    CHECK(times(text, "Milieustraat Purmerend") == 200);
    CHECK(times(text, "Stroom 200 ") == 1);
    const auto last = text.rfind("Wat er binnenkwam");
    CHECK(text.find("Stroom 200 ") > last);
    CHECK(text.find("Samen") > last);
    CHECK(times(reader.structure(), "  Table") == pages);
}

TEST_CASE("whatever the number of rows, the total has a row beside it on its page") {
    for (int rows = 30; rows < 44; ++rows) {
        const Reader reader(to_pdf({"t", Language::nl, "", friday, {streams(rows)}}));
        const auto text = reader.text();
        const auto last_page = text.rfind("Gewogen");
        CAPTURE(rows);
        CHECK(text.find("Stroom " + std::to_string(rows) + " ", last_page) != text.npos);
        CHECK(text.find("Samen", last_page) != text.npos);
    }
}

TEST_CASE("the same document gives the same bytes, another moment other ones") {
    auto document = report();
    const auto pdf = to_pdf(document);
    CHECK(to_pdf(document) == pdf);
    // Without it cairo writes the moment of making, and the bytes differ a second later.
    CHECK(times(pdf, "/CreationDate (20270312103600Z)") == 1);
    document.made_at.ms += 60'000;
    CHECK(to_pdf(document) != pdf);
}

TEST_CASE("threads make documents beside each other, with the same bytes") {
    const auto document = report();
    const auto pdf = to_pdf(document);
    std::array<std::string, 4> made;
    std::vector<std::thread> threads;
    for (auto& one : made) threads.emplace_back([&] { one = to_pdf(document); });
    for (auto& thread : threads) thread.join();
    for (const auto& one : made) CHECK(one == pdf);
}

TEST_CASE("an English document has English words and moments of its own") {
    Document document{"Month report", Language::en, "", friday, {streams(60)}};
    const auto text = Reader(to_pdf(document)).text();
    CHECK(holds(text, "Page 1 of 2 · 12 March 2027 11:36"));
    CHECK(holds(text, "Wat er binnenkwam (continued)"));
}

TEST_CASE("letters are in the file, and neither Pango nor poppler complains") {
    int complaints = 0;
    const auto before = g_log_set_default_handler(
        [](const char*, GLogLevelFlags, const char*, void* count) { ++*static_cast<int*>(count); },
        &complaints);
    auto document = report();
    document.blocks.emplace_back(
        Paragraph{"€ ë ï ő ł ž 12³ − ½ “aan” … Ω Ж 漢字 عربى 🙂"});
    const Reader reader(to_pdf(document));
    g_log_set_default_handler(before, nullptr);
    CHECK(complaints == 0);
    const auto fonts = reader.run("pdffonts");
    CAPTURE(fonts);
    CHECK(holds(fonts, "DejaVuSans"));
    CHECK(holds(fonts, "yes yes yes"));
    CHECK_FALSE(holds(fonts, " no "));
    for (const auto& said : {fonts, reader.text(), reader.structure(), reader.properties()}) {
        CHECK_FALSE(holds(said, "Syntax"));
        CHECK_FALSE(holds(said, "Warning"));
    }
    CHECK(holds(reader.text(), "€ ë ï ő ł ž 12³ − ½ “aan” …"));
}

TEST_CASE("bytes that are no text, and rows of the wrong length, harm nothing") {
    Document document{"Stuk\xFF titel", Language::nl, "\xC3", friday, {}};
    document.blocks.emplace_back(Heading{7, "\x80 kop\tmet\x01 tekens"});
    document.blocks.emplace_back(Paragraph{std::string("nul\0byte", 8)});
    document.blocks.emplace_back(Table{"", {{"Een"}, {"Twee"}}, {{"alleen"}, {"a", "b", "c"}}});
    document.blocks.emplace_back(Table{"leeg", {}, {{"kwijt"}}});
    document.blocks.emplace_back(Figures{});
    document.blocks.emplace_back(Facts{});
    document.blocks.emplace_back(Note{""});
    const Reader reader(to_pdf(document));
    CHECK(holds(reader.properties(), "Stuk\uFFFD titel"));
    CHECK(holds(reader.text(), "\uFFFD kop met"));
    CHECK(holds(reader.text(), "nul byte"));
    CHECK(holds(reader.text(), "alleen"));
    CHECK(Reader(to_pdf({})).text().find("Pagina 1 van 1") != std::string::npos);
}

TEST_CASE(
    "long text goes on over pages and loses nothing, in a paragraph, a note, a cell and a fact") {
    std::string words;
    for (int i = 1; i <= 3000; ++i) words += "woord" + std::to_string(i) + " ";
    const Table table{"", {{"Nummer"}, {"Verhaal"}}, {{"1", words}, {"2", "kort"}}};
    const std::vector<Block> blocks{Paragraph{words}, Note{words}, table,
                                    Facts{{{"Verhaal", words}}}};
    for (const auto& block : blocks) {
        const auto text = Reader(to_pdf({"t", Language::nl, "", friday, {block}})).text();
        CHECK(times(text, "Pagina ") >= 2);
        for (const int i : {1, 700, 1500, 2200, 3000}) {
            CAPTURE(i);
            CHECK(times(text, "woord" + std::to_string(i) + (i == 3000 ? "" : " ")) +
                      times(text, "woord" + std::to_string(i) + "\n") >=
                  1);
        }
    }
}

TEST_CASE("a page break begins one page, never an empty one") {
    const auto pages = [](std::vector<Block> blocks) {
        return times(Reader(to_pdf({"t", Language::nl, "", friday, std::move(blocks)})).text(),
                     "Pagina ");
    };
    CHECK(pages({PageBreak{}, Paragraph{"een"}}) == 1);
    CHECK(pages({Paragraph{"een"}, PageBreak{}, PageBreak{}, Paragraph{"twee"}}) == 2);
}

TEST_CASE("columns share the width: figures stay whole, words wrap, and the sum is the page") {
    const auto total = [](const std::vector<double>& widths) {
        return std::accumulate(widths.begin(), widths.end(), 0.0);
    };
    const auto roomy = share_width({50, 40}, {20, 40}, {true, false}, 200);
    CHECK(roomy == std::vector<double>{160, 40});
    const auto tight = share_width({300, 40}, {60, 40}, {true, false}, 200);
    CHECK(tight == std::vector<double>{160, 40});
    CHECK(total(share_width({300, 400}, {300, 100}, {true, true}, 200)) == doctest::Approx(200));
    CHECK(total(share_width({1, 1, 1}, {1, 1, 1}, {true, true, true}, 200)) ==
          doctest::Approx(200));
}

TEST_CASE("a screen reader is told the language and what a code opens") {
    auto document = report();
    document.blocks.emplace_back(Qr{*make_qr("tweede (één)"), ""});
    const auto pdf = to_pdf(document);
    CHECK(times(pdf, "/Lang (nl)") == 1);
    CHECK(times(pdf, "/DisplayDocTitle true") == 1);
    CHECK(times(pdf, "%%EOF") == 2);
    CHECK(times(pdf, "/Alt <FEFF") == 2);
    CHECK(
        holds(pdf, "/Alt <FEFF00510052003A00200074007700650065006400650020002800E900E9006E0029>"));
    // "QR: https" stands before "QR: tweede", as on the page.
    const auto first = pdf.find("/Alt <FEFF00510052003A002000680074007400700073");
    CHECK(first < pdf.find("/Alt <FEFF00510052003A00200074"));
    const Reader reader(pdf);
    CHECK(holds(reader.properties(), "Tagged:          yes"));
    CHECK_FALSE(holds(reader.text(), "Syntax"));
    document.language = Language::en;
    CHECK(times(to_pdf(document), "/Lang (en)") == 1);
}

TEST_CASE("a PDF of another make stays as it is") {
    const std::vector<std::string> odd_ones{"",
                                            "%PDF-1.7",
                                            "startxref\n5\n%%EOF",
                                            "startxref\n99999999999999999999\n",
                                            "startxref\n-1\n",
                                            "xref\n0 3\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n"};
    for (const auto& odd : odd_ones) {
        CHECK(spoken(odd, Language::nl, {"x"}) == odd);
    }
}

TEST_CASE("a table that is too wide gets smaller letters and keeps its figures whole") {
    Table table{"Kilogrammen per bestemming", {{"Stroom"}}, {}, std::vector<std::string>{"Samen"}};
    for (const auto* title : {"Binnengekomen", "Verkocht", "Weggegeven", "Doorgestuurd",
                              "Gerecycled", "Verbrand", "Onverklaard"}) {
        table.columns.push_back({title, "kg", Align::right});
        table.total->push_back("1.234.567,8");
    }
    table.columns.push_back({"Toelichting"});
    table.total->push_back("");
    std::vector<std::string> row{"Bouwmateriaal en gereedschap"};
    row.resize(8, "−34.567,8");
    row.push_back("Vanaf maart op de nieuwe weegbrug gewogen.");
    table.rows.assign(5, row);
    const auto text = Reader(to_pdf({"t", Language::nl, "", friday, {table}})).text();
    CAPTURE(text);
    CHECK(times(text, "1.234.567,8") == 7);
    CHECK(times(text, "−34.567,8") == 35);
}
