// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/spoken.hpp"

#include "base/words.hpp"

#include <fmt/format.h>
#include <glib.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace kringwerk::print {
namespace {

constexpr std::string_view catalogue_start = "<< /Type /Catalog";
constexpr std::string_view figure_start = "<< /Type /StructElem\n   /S /Figure";

/// The table of objects at the end of the file.
struct Index {
    std::size_t place = 0;
    std::vector<std::size_t> objects; ///< where each begins, by number
    std::string_view trailer;         ///< its keys
};

std::optional<std::size_t> number_at(std::string_view text, std::size_t from, std::size_t digits) {
    if (from + digits > text.size()) return std::nullopt;
    const auto number = parse_whole(text.substr(from, digits));
    if (!number || *number < 0) return std::nullopt;
    return static_cast<std::size_t>(*number);
}

std::string_view text_between(std::string_view text, std::string_view before,
                              std::string_view after) {
    const auto from = text.rfind(before);
    if (from == text.npos) return {};
    const auto to = text.find(after, from + before.size());
    if (to == text.npos) return {};
    return text.substr(from + before.size(), to - from - before.size());
}

std::optional<Index> read_index(std::string_view pdf) {
    constexpr std::string_view head = "xref\n0 ";
    constexpr std::size_t entry = 20; // bytes, ISO 32000-1, 7.5.4
    const auto where = text_between(pdf, "startxref\n", "\n");
    const auto place =
        number_at(pdf, static_cast<std::size_t>(where.data() - pdf.data()), where.size());
    if (where.empty() || !place || !pdf.substr(std::min(*place, pdf.size())).starts_with(head))
        return {};
    const auto line_end = pdf.find('\n', *place + head.size());
    const auto count = number_at(pdf, *place + head.size(), line_end - *place - head.size());
    if (!count) return {};
    Index index{*place, {}, text_between(pdf, "trailer\n<< ", ">>\nstartxref")};
    for (std::size_t i = 0; i < *count; ++i) {
        const auto offset = number_at(pdf, line_end + 1 + i * entry, 10);
        if (!offset || *offset > pdf.size()) return {};
        index.objects.push_back(*offset);
    }
    if (index.trailer.empty()) return {};
    return index;
}

/// A text as PDF has it: UTF-16, in hexadecimal so that nothing needs escaping.
std::string pdf_text(const std::string& text) {
    glong count = 0;
    gunichar2* units =
        g_utf8_to_utf16(text.data(), static_cast<glong>(text.size()), nullptr, &count, nullptr);
    std::string hexadecimal = "<FEFF";
    for (glong i = 0; units != nullptr && i < count; ++i) {
        hexadecimal += fmt::format("{:04X}", static_cast<unsigned>(units[i]));
    }
    g_free(units);
    return hexadecimal + ">";
}

/// The changed objects and a table of only those, behind all the rest.
class Update {
  public:
    explicit Update(std::string pdf) : pdf_(std::move(pdf)) {}

    void change(std::size_t number, std::string object, std::size_t at,
                const std::string& addition) {
        object.insert(at, addition);
        if (!pdf_.ends_with('\n')) pdf_ += '\n';
        table_ += fmt::format("{} 1\n{:010} 00000 n \n", number, pdf_.size());
        pdf_ += object;
    }
    std::string finish(std::size_t previous, const std::string& trailer) {
        const auto place = pdf_.size();
        pdf_ += fmt::format("xref\n{}trailer\n<< {}   /Prev {}\n>>\nstartxref\n{}\n%%EOF\n", table_,
                            trailer, previous, place);
        return std::move(pdf_);
    }

  private:
    std::string pdf_;
    std::string table_;
};

} // namespace

std::string spoken(std::string pdf, Language language, const std::vector<std::string>& figures) {
    const auto index = read_index(pdf);
    if (!index) return pdf;
    const std::string trailer(index->trailer);
    Update update(pdf);
    auto figure = figures.begin();
    for (std::size_t number = 1; number < index->objects.size(); ++number) {
        const auto from = index->objects[number];
        const auto title = fmt::format("{} 0 obj\n", number);
        const auto rest = std::string_view(pdf).substr(from);
        const auto end = rest.find("endobj\n");
        if (!rest.starts_with(title) || end == rest.npos) continue;
        const std::string object(rest.substr(0, end + 7));
        const auto inside = std::string_view(object).substr(title.size());
        if (inside.starts_with(catalogue_start)) {
            update.change(
                number, object, title.size() + catalogue_start.size(),
                fmt::format("\n   /Lang ({})\n   /ViewerPreferences << /DisplayDocTitle true >>",
                            code_of(language)));
        } else if (inside.starts_with(figure_start) && figure != figures.end()) {
            update.change(number, object, title.size() + figure_start.size(),
                          "\n   /Alt " + pdf_text(*figure++));
        }
    }
    return update.finish(index->place, trailer);
}

} // namespace kringwerk::print
