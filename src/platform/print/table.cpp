// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/table.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace kringwerk::print {
namespace {

using Row = std::vector<std::string>;

constexpr double column_gap = 14;
constexpr double row_padding = 3.6;
constexpr double hairline = 0.4;
constexpr double rule = 0.8;
constexpr Style caption_style{9.5, true, inks::text};
constexpr Style head_style{7.5, true, inks::soft};
constexpr Style unit_style{7.5, false, inks::soft};
constexpr Style cell_style{8.5, false, inks::text};
constexpr Style total_style{8.5, true, inks::text};

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// One table on its way over the pages.
class Setter {
  public:
    Setter(Sheets& sheets, const Type& type, const Table& table, const std::string& continued);
    void set();

  private:
    struct Needs {
        std::vector<double> wanted;        ///< everything on one line
        std::vector<double> least;         ///< no word broken
        std::vector<double> whole_figures; ///< words broken, figures not
        std::vector<bool> grow;
    };
    Needs measure() const;
    void choose_widths();
    Style sized(const Style& style) const { return {style.size * scale_, style.bold, style.ink}; }
    void open_piece(const std::string& caption);
    void close_piece();
    void set_head();
    void set_row(const Row& row, const Style& style, double height, bool with_line);
    void set_split(Row row, const Style& style);
    void go_on();
    double row_height(const Row& row, const Style& style) const;
    double head_height() const;
    double top_height(const std::string& caption) const;
    double left_of(std::size_t column) const;

    Sheets& sheets_;
    const Type& type_;
    const Table& table_;
    std::string continued_;
    double scale_ = 1;
    std::vector<double> widths_;
};

Setter::Setter(Sheets& sheets, const Type& type, const Table& table, const std::string& continued)
    : sheets_(sheets), type_(type), table_(table) {
    if (!table.caption.empty()) continued_ = table.caption + " (" + continued + ")";
    choose_widths();
}

/// What the columns ask for in letters of full size.
Setter::Needs Setter::measure() const {
    Needs needs;
    const bool any_left = std::ranges::any_of(
        table_.columns, [](const Column& column) { return column.align == Align::left; });
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        const auto& column = table_.columns[i];
        const bool is_figure = column.align == Align::right;
        double widest = type_.natural_width(column.unit, unit_style);
        double word = widest;
        const auto look_at = [&](const std::string& cell, const Style& style) {
            const auto natural = type_.natural_width(cell, style);
            widest = std::max(widest, natural);
            if (natural <= word) return;
            word = std::max(word, is_figure ? natural : type_.longest_word(cell, style));
        };
        for (const auto& row : table_.rows) look_at(row[i], cell_style);
        if (table_.total) look_at((*table_.total)[i], total_style);
        needs.wanted.push_back(std::max(widest, type_.natural_width(column.title, head_style)));
        needs.least.push_back(std::max(word, type_.longest_word(column.title, head_style)));
        needs.whole_figures.push_back(is_figure ? word : word * 0.4);
        needs.grow.push_back(!is_figure || !any_left);
    }
    return needs;
}

/// A table that is too wide gets smaller letters, down to what can still be read; then words are
/// broken, and figures only when nothing else is left.
void Setter::choose_widths() {
    constexpr std::array scales{1.0, 0.94, 0.88, 0.82, 0.76};
    constexpr double slack = 1; // letters do not shrink in quite the same measure as their size
    auto needs = measure();
    const auto gaps = column_gap * static_cast<double>(table_.columns.size() - 1);
    for (const double scale : scales) {
        scale_ = scale;
        const auto slacks = slack * static_cast<double>(needs.least.size());
        if (sum(needs.least) * scale + slacks <= text_width - gaps * scale) break;
    }
    for (auto* widths : {&needs.wanted, &needs.least, &needs.whole_figures}) {
        for (auto& width : *widths) width = width * scale_ + slack;
    }
    const auto room = text_width - gaps * scale_;
    widths_ = sum(needs.least) <= room
                  ? share_width(needs.wanted, needs.least, needs.grow, room)
                  : share_width(needs.least, needs.whole_figures, needs.grow, room);
}

double Setter::left_of(std::size_t column) const {
    const auto before = std::accumulate(widths_.begin(),
                                        widths_.begin() + static_cast<std::ptrdiff_t>(column), 0.0);
    return margin + before + column_gap * scale_ * static_cast<double>(column);
}

double Setter::row_height(const Row& row, const Style& style) const {
    double height = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        height = std::max(height, type_.height(row[i], style, widths_[i]));
    }
    return height + 2 * row_padding;
}

double Setter::head_height() const {
    double height = 0;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
        const auto& column = table_.columns[i];
        const auto unit =
            column.unit.empty() ? 0.0 : type_.height(column.unit, sized(unit_style), widths_[i]);
        height = std::max(height, type_.height(column.title, sized(head_style), widths_[i]) + unit);
    }
    return height + 2 * row_padding;
}

double Setter::top_height(const std::string& caption) const {
    const auto above =
        caption.empty() ? 0.0 : type_.height(caption, caption_style, text_width) + row_padding;
    return above + head_height();
}

void Setter::open_piece(const std::string& caption) {
    sheets_.open("Table");
    if (!caption.empty()) {
        const auto height = type_.height(caption, caption_style, text_width);
        sheets_.tagged("Caption", {caption, caption_style, margin, sheets_.top(), text_width});
        sheets_.advance(height + row_padding);
    }
    set_head();
}

void Setter::close_piece() { sheets_.close("Table"); }

/// Titles stand on the line under them, whatever their number of lines.
void Setter::set_head() {
    const auto height = head_height();
    const auto foot = sheets_.top() + height - row_padding;
    sheets_.open("TR");
    for (std::size_t i = 0; i < widths_.size(); ++i) {
        const auto& column = table_.columns[i];
        const auto unit =
            column.unit.empty() ? 0.0 : type_.height(column.unit, sized(unit_style), widths_[i]);
        const auto title = type_.height(column.title, sized(head_style), widths_[i]);
        sheets_.open("TH");
        sheets_.tagged("P", {column.title, sized(head_style), left_of(i), foot - unit - title,
                             widths_[i], column.align});
        if (!column.unit.empty()) {
            sheets_.tagged("P", {column.unit, sized(unit_style), left_of(i), foot - unit,
                                 widths_[i], column.align});
        }
        sheets_.close("TH");
    }
    sheets_.close("TR");
    sheets_.advance(height);
    sheets_.put(Box{margin, sheets_.top() - rule, text_width, rule, inks::text});
}

void Setter::set_row(const Row& row, const Style& style, double height, bool with_line) {
    sheets_.open("TR");
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool names_row = i == 0 && table_.columns[i].align == Align::left;
        sheets_.tagged(names_row ? "TH" : "TD",
                       {row[i], style, left_of(i), sheets_.top() + row_padding, widths_[i],
                        table_.columns[i].align});
    }
    sheets_.close("TR");
    sheets_.advance(height);
    if (with_line) {
        sheets_.put(Box{margin, sheets_.top() - hairline, text_width, hairline, inks::line});
    }
}

void Setter::go_on() {
    close_piece();
    sheets_.begin_page();
    open_piece(continued_);
}

/// A row that is higher than a page goes on line by line.
void Setter::set_split(Row row, const Style& style) {
    for (;;) {
        const auto height = row_height(row, style);
        if (height <= sheets_.left_over()) return set_row(row, style, height, true);
        const auto room = sheets_.left_over() - 2 * row_padding;
        Row here(row.size());
        bool any = false;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto bytes = type_.fitting(row[i], style, widths_[i], room);
            here[i] = row[i].substr(0, bytes);
            row[i].erase(0, bytes);
            any = any || bytes > 0;
        }
        if (!any && sheets_.left_over() > Sheets::whole() / 2) return; // no line fits on any page
        if (any) set_row(here, style, row_height(here, style), false);
        go_on();
    }
}

void Setter::set() {
    const auto cell = sized(cell_style);
    const auto total_look = sized(total_style);
    const auto fresh = Sheets::whole() - top_height(continued_);
    const auto total = table_.total ? row_height(*table_.total, total_look) : 0.0;
    const auto first = table_.rows.empty() ? 0.0 : row_height(table_.rows[0], cell);
    sheets_.need(std::min(top_height(table_.caption) + 2 * first + total, Sheets::whole() / 2));
    open_piece(table_.caption);
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
        const auto& row = table_.rows[i];
        const auto height = row_height(row, cell);
        // The total never stands alone on a page.
        const auto company = i + 1 == table_.rows.size() ? total : 0.0;
        if (height + company > fresh) {
            set_split(row, cell);
            continue;
        }
        if (height + company > sheets_.left_over()) go_on();
        set_row(row, cell, height, true);
    }
    if (table_.total) {
        if (total > sheets_.left_over()) go_on();
        sheets_.put(Box{margin, sheets_.top() - rule, text_width, rule, inks::text});
        set_row(*table_.total, total_look, total, false);
    }
    close_piece();
}

} // namespace

std::vector<double> share_width(const std::vector<double>& wanted, const std::vector<double>& least,
                                const std::vector<bool>& grow, double whole) {
    auto widths = wanted;
    const auto spare = whole - sum(wanted);
    const auto growing = std::ranges::count(grow, true);
    const auto can_give = sum(wanted) - sum(least);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (spare >= 0 && grow[i]) widths[i] += spare / static_cast<double>(growing);
        if (spare < 0 && -spare <= can_give) {
            widths[i] += spare * (wanted[i] - least[i]) / can_give;
        }
        if (spare < 0 && -spare > can_give) widths[i] = least[i] * whole / sum(least);
    }
    return widths;
}

void set_table(Sheets& sheets, const Type& type, const Table& table, const std::string& continued) {
    if (!table.columns.empty()) Setter(sheets, type, table, continued).set();
}

} // namespace kringwerk::print
