// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/layout.hpp"

#include "platform/print/table.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::print {
namespace {

constexpr Style body{9.5, false, inks::text};
constexpr Style small_soft{8, false, inks::soft};
constexpr Style small_bold{8, true, inks::soft};
constexpr double paragraph_gap = 7;
constexpr double block_gap = 16;
constexpr double card_padding = 7;
constexpr double card_line_gap = 2;

/// What differs between the three levels of headings.
struct HeadingLook {
    Style style;
    const char* tag;
    double above;
    double below;
};
constexpr std::array<HeadingLook, 3> heading_looks{{
    {{20, true, inks::brand}, "H1", 24, 8},
    {{13, true, inks::brand}, "H2", 24, 6},
    {{10, true, inks::text}, "H3", 14, 3},
}};

class Composer {
  public:
    Composer(const Document& document, const Type& type) : document_(document), type_(type) {}

    std::vector<Page> compose() {
        for (const auto& block : document_.blocks) {
            std::visit([this](const auto& one) { set(one); }, block);
            after_heading_ = std::holds_alternative<Heading>(block);
        }
        return sheets_.take();
    }

  private:
    void set(const Heading& heading);
    void set(const Paragraph& paragraph) { flow(paragraph.text, 0, paragraph_gap); }
    void set(const Note& note);
    void set(const Table& table);
    void set(const Facts& facts);
    void set(const Figures& figures);
    void set(const Qr& qr);
    void set(const PageBreak&) {
        if (!sheets_.at_top()) sheets_.begin_page();
    }
    void gap(double height) {
        if (!after_heading_) sheets_.gap(height); // a heading brings its own
    }
    void flow(std::string text, double inset, double above);
    void set_fact(const Fact& fact, double label_width);
    void set_card(const Figure& card, const Style& style, double x, double width);
    double card_height(const Figure& card, const Style& style, double width) const;
    Style value_style(const Figures& figures, double width) const;

    const Document& document_;
    const Type& type_;
    Sheets sheets_;
    bool after_heading_ = false;
};

void Composer::set(const Heading& heading) {
    const auto& look = heading_looks[static_cast<std::size_t>(std::clamp(heading.level, 1, 3) - 1)];
    const auto height = type_.height(heading.text, look.style, text_width);
    constexpr double company = 60; // a heading is never the last of a page
    gap(look.above);
    sheets_.need(height + look.below + company);
    sheets_.tagged(look.tag, {heading.text, look.style, margin, sheets_.top(), text_width});
    sheets_.advance(height + look.below);
}

/// Text over as many pages as it takes; on a tint when it stands back by `inset`.
void Composer::flow(std::string text, double inset, double above) {
    gap(above);
    const auto width = text_width - 2 * inset;
    const auto one_line = type_.height("x", body, width);
    while (!text.empty()) {
        sheets_.need(std::min(type_.height(text, body, width), 2 * one_line) + 2 * inset);
        const auto room = sheets_.left_over() - 2 * inset;
        auto here = text.substr(0, type_.fitting(text, body, width, room));
        text.erase(0, here.size());
        const auto height = type_.height(here, body, width) + 2 * inset;
        if (inset > 0) sheets_.put(Box{margin, sheets_.top(), text_width, height, inks::tint});
        sheets_.tagged("P", {std::move(here), body, margin + inset, sheets_.top() + inset, width});
        sheets_.advance(height);
    }
}

void Composer::set(const Note& note) {
    constexpr double inset = 9;
    flow(note.text, inset, block_gap);
    sheets_.gap(paragraph_gap);
}

void Composer::set(const Table& table) {
    gap(block_gap);
    set_table(sheets_, type_, table, Texts::built_in().say(document_.language, "print.continued"));
    sheets_.gap(paragraph_gap);
}

void Composer::set(const Facts& facts) {
    double labels = 0;
    for (const auto& fact : facts.pairs) {
        labels = std::max(labels, type_.natural_width(fact.label, small_soft));
    }
    gap(block_gap);
    if (facts.pairs.empty()) return;
    sheets_.need(40);
    sheets_.open("L");
    for (const auto& fact : facts.pairs) set_fact(fact, std::min(labels, text_width * 0.4));
    sheets_.close("L");
}

/// A value that does not fit on the page goes on under the same label.
void Composer::set_fact(const Fact& fact, double label_width) {
    constexpr double between = 16;
    constexpr double below = 4;
    constexpr double same_line = 1.6; // both sizes of letters on one line
    const auto x = margin + label_width + between;
    const auto width = text_width - label_width - between;
    const auto label = type_.height(fact.label, small_soft, label_width) + same_line;
    auto rest = fact.value;
    do {
        const auto needed = std::min(type_.height(rest, body, width), label + 20) + below;
        if (needed > sheets_.left_over() && !sheets_.at_top()) {
            sheets_.close("L");
            sheets_.begin_page();
            sheets_.open("L");
        }
        auto here = rest.substr(0, type_.fitting(rest, body, width, sheets_.left_over()));
        rest.erase(0, here.size());
        const auto height = std::max(label, type_.height(here, body, width)) + below;
        sheets_.open("LI");
        sheets_.tagged("Lbl",
                       {fact.label, small_soft, margin, sheets_.top() + same_line, label_width});
        sheets_.tagged("LBody", {std::move(here), body, x, sheets_.top(), width});
        sheets_.close("LI");
        sheets_.advance(height);
    } while (!rest.empty());
}

/// Large, but so that each value stays on one line of its card.
Style Composer::value_style(const Figures& figures, double width) const {
    Style style{17, true, inks::brand};
    for (const auto& card : figures.cards) {
        while (style.size > 9 && type_.natural_width(card.value, style) > width) style.size -= 0.5;
    }
    return style;
}

void Composer::set_card(const Figure& card, const Style& style, double x, double width) {
    auto top = sheets_.top() + card_padding;
    const auto line = [&](const std::string& text, const Style& look) {
        if (text.empty()) return;
        sheets_.tagged("P", {text, look, x, top, width});
        top += type_.height(text, look, width) + card_line_gap;
    };
    sheets_.open("Div");
    line(card.name, small_bold);
    line(card.value, style);
    line(card.context, small_soft);
    sheets_.close("Div");
}

double Composer::card_height(const Figure& card, const Style& style, double width) const {
    return card_padding + type_.height(card.name, small_bold, width) +
           type_.height(card.value, style, width) + type_.height(card.context, small_soft, width) +
           3 * card_line_gap;
}

void Composer::set(const Figures& figures) {
    if (figures.cards.empty()) return;
    constexpr double between = 16;
    const auto across = static_cast<double>(std::max<std::size_t>(3, figures.cards.size()));
    const auto width = (text_width - between * (across - 1)) / across;
    const auto style = value_style(figures, width);
    double height = 0;
    for (const auto& card : figures.cards) {
        height = std::max(height, card_height(card, style, width));
    }
    gap(block_gap);
    sheets_.need(height);
    auto x = margin;
    for (const auto& card : figures.cards) {
        sheets_.put(Box{x, sheets_.top(), width, 1.2, inks::brand});
        set_card(card, style, x, width);
        x += width + between;
    }
    sheets_.advance(height);
}

void Composer::set(const Qr& qr) {
    constexpr double side = 30 * millimetre;
    const auto quiet = side / static_cast<double>(qr.code.size) * qr_quiet_zone;
    const auto x = margin + side + quiet;
    const auto width = text_width - side - quiet;
    const auto caption = type_.height(qr.caption, body, width);
    gap(paragraph_gap);
    // The text of a large code is not for reading; it ends where the code ends.
    const auto room = side - caption - 3;
    const auto words = qr.code.text.substr(0, type_.fitting(qr.code.text, small_soft, width, room));
    sheets_.need(side + 2 * quiet);
    sheets_.advance(quiet);
    sheets_.open("Figure");
    sheets_.put(Code{qr.code, margin, sheets_.top(), side});
    sheets_.close("Figure");
    if (!qr.caption.empty()) sheets_.tagged("P", {qr.caption, body, x, sheets_.top(), width});
    sheets_.tagged("P", {words, small_soft, x, sheets_.top() + caption + 3, width});
    sheets_.advance(side + quiet);
}

} // namespace

std::vector<Page> lay_out(const Document& document, const Type& type) {
    return Composer(document, type).compose();
}

} // namespace kringwerk::print
