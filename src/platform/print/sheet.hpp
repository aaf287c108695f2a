// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/print/type.hpp"

#include <string>
#include <variant>
#include <vector>

/// Pages as values: what stands where, in points from the upper left corner, before any of it is
/// drawn. So the number of pages is known when the first footer is written.
namespace kringwerk::print {

constexpr double millimetre = 72 / 25.4;
constexpr double page_width = 210 * millimetre;
constexpr double page_height = 297 * millimetre;
constexpr double margin = 20 * millimetre;
constexpr double text_width = page_width - 2 * margin;

namespace inks {
constexpr Ink of(unsigned code) {
    return {(code >> 16 & 0xFF) / 255.0, (code >> 8 & 0xFF) / 255.0, (code & 0xFF) / 255.0};
}
constexpr Ink text = of(0x13211A);
constexpr Ink soft = of(0x46574D);
constexpr Ink line = of(0xCBD5CD);
constexpr Ink brand = of(0x0E4A37);
constexpr Ink tint = of(0xEDF3EE);
} // namespace inks

/// Tags of ISO 32000-1, 14.8.4: what a thing is, for who hears the page.
struct Open {
    const char* tag;
};
struct Close {
    const char* tag;
};
struct Words {
    std::string text;
    Style style;
    double x = 0;
    double top = 0;
    double width = 0;
    Align align = Align::left;
};
struct Code {
    QrCode code;
    double x = 0;
    double top = 0;
    double side = 0;
};
using Mark = std::variant<Open, Close, Words, Code>;

/// A line or a tint: for the eye only.
struct Box {
    double x = 0;
    double top = 0;
    double width = 0;
    double height = 0;
    Ink ink;
};

struct Page {
    std::vector<Box> ground; ///< drawn first
    std::vector<Mark> marks; ///< in the order of reading
};

/// Fills pages from top to bottom. Every tag is closed again before a new page begins.
class Sheets {
  public:
    double top() const { return top_; }
    double left_over() const;
    bool at_top() const;
    /// The height of an empty page.
    static double whole();

    /// White space, but not at the top of a page.
    void gap(double height);
    void advance(double height) { top_ += height; }
    /// Begins a new page when `height` does not fit here, unless this one is empty.
    void need(double height);
    void begin_page();

    void open(const char* tag) { pages_.back().marks.emplace_back(Open{tag}); }
    void close(const char* tag) { pages_.back().marks.emplace_back(Close{tag}); }
    void put(Words words) { pages_.back().marks.emplace_back(std::move(words)); }
    void put(Code code) { pages_.back().marks.emplace_back(std::move(code)); }
    void put(const Box& box) { pages_.back().ground.push_back(box); }
    void tagged(const char* tag, Words words);

    std::vector<Page> take() { return std::move(pages_); }

  private:
    std::vector<Page> pages_{1};
    double top_ = margin;
};

} // namespace kringwerk::print
