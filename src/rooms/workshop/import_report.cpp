// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/import.hpp"
#include "rooms/workshop/utf8.hpp"

#include <array>

/// What an import says about the rows of a file.
namespace kringwerk::workshop {
namespace {

/// What is wrong with a value, with the value where it helps: "onbekende categorie: Grasmaaier".
std::string short_words(const Finding& finding, Language language) {
    auto words = Texts::built_in().say(language, code_of(finding.rule));
    if (!finding.given.empty()) words += ": " + finding.given;
    return words;
}

} // namespace

std::string rejects_header(const Layout& layout) {
    std::vector<std::string_view> names;
    for (const auto column : layout.columns) {
        if (column) names.push_back(name_of(*column));
    }
    names.insert(names.end(), {"reject_code", "reject_reason"});
    std::string text;
    append_csv_row(text, names);
    return text;
}

void append_reject(std::string& into, const Layout& layout, const RowReport& row,
                   Language language) {
    std::string codes;
    std::string reasons;
    for (const auto& finding : row.judged.findings) {
        if (!rejects(finding.rule)) continue;
        const auto code = code_of(finding.rule);
        const auto reason = Texts::built_in().say(language, "refusal." + code,
                                                  {{"line", std::to_string(row.line)},
                                                   {"column", std::string(name_of(finding.column))},
                                                   {"given", finding.given}});
        codes += (codes.empty() ? "" : " ") + code;
        reasons += (reasons.empty() ? "" : " ") + reason;
    }
    std::vector<std::string> fields;
    for (const auto column : layout.columns) {
        if (column) fields.push_back(row.judged.record[*column]);
    }
    fields.push_back(codes);
    fields.push_back(reasons);
    append_csv_row(into, fields);
}

std::string row_report(const RowReport& row, Language language) {
    if (row.judged.findings.empty() && row.fate == Fate::booked) return {};
    constexpr std::size_t longest_shown = 60;
    constexpr std::array<std::string_view, 3> fates{"import.row.booked", "import.row.already",
                                                    "import.row.rejected"};
    std::string findings;
    for (const auto& finding : row.judged.findings) {
        findings += (findings.empty() ? "" : "; ") + short_words(finding, language);
    }
    const auto& texts = Texts::built_in();
    return texts.say(language, "import.row",
                     {{"line", std::to_string(row.line)},
                      {"id", cut_utf8(row.judged.record[Column::id], longest_shown)},
                      {"fate", texts.say(language, fates[static_cast<std::size_t>(row.fate)])},
                      {"findings", findings}});
}

} // namespace kringwerk::workshop
