// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/qr.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Documents on paper: what stands in them as values, and one function that makes a PDF.
/// All words are the reader's, figures are written out by the caller (base/text.hpp).
namespace kringwerk::print {

struct Heading {
    int level = 1; ///< 1 to 3
    std::string text;
};

struct Paragraph {
    std::string text;
};

/// A remark that a reader should not miss, on a tint.
struct Note {
    std::string text;
};

enum class Align { left, right };

struct Column {
    std::string title;
    std::string unit = {}; ///< under the title: "kg"
    Align align = Align::left;
};

/// Rows have as many cells as there are columns. It goes on over pages, each with the head again.
struct Table {
    std::string caption; ///< above it; may be empty
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::optional<std::vector<std::string>> total = std::nullopt;
};

struct Fact {
    std::string label;
    std::string value;
};
struct Facts {
    std::vector<Fact> pairs;
};

struct Figure {
    std::string name;
    std::string value; ///< with its unit: "2.989 kg"
    std::string context;
};
/// One to four of them beside each other.
struct Figures {
    std::vector<Figure> cards;
};

struct PageBreak {};

/// A code with what it opens in words beside it.
struct Qr {
    QrCode code;
    std::string caption;
};

using Block = std::variant<Heading, Paragraph, Note, Table, Facts, Figures, Qr, PageBreak>;

struct Document {
    std::string title; ///< in the footer and in the properties of the file, not on the page itself
    Language language = Language::nl;
    std::string author;
    Instant made_at;
    std::vector<Block> blocks;
};

/// A4 with a footer, tagged so that it can be read aloud. The same document gives the same bytes
/// on machines with the same fonts. Bytes that are no UTF-8 become the replacement character.
/// Throws `Breakdown` when the letters are not installed (fonts-dejavu-core) or memory runs out.
std::string to_pdf(const Document& document);

} // namespace kringwerk::print
