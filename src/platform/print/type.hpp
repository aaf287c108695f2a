// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/print/document.hpp"

#include <cstddef>
#include <memory>
#include <string>

using cairo_t = struct _cairo;
using PangoContext = struct _PangoContext;

namespace kringwerk::print {

struct Ink {
    double red = 0;
    double green = 0;
    double blue = 0;
};

/// How letters look. Sizes are points, as everything on paper is here.
struct Style {
    double size = 9.5;
    bool bold = false;
    Ink ink = {};
};

/// Measures and draws text that wraps. Text is UTF-8 without control characters (readable.hpp).
/// Measured and drawn are the same: neither depends on a screen or on what is drawn on.
class Type {
  public:
    /// Throws `Breakdown` when the letters are not installed.
    explicit Type(Language language);

    double height(const std::string& text, const Style& style, double width) const;
    /// On as many lines as it has of itself.
    double natural_width(const std::string& text, const Style& style) const;
    double longest_word(const std::string& text, const Style& style) const;
    /// How many bytes of `text` are on the lines that fit in `height`.
    std::size_t fitting(const std::string& text, const Style& style, double width,
                        double height) const;
    void draw(cairo_t& page, const std::string& text, const Style& style, double x, double top,
              double width, Align align) const;
    /// On one line; what does not fit ends in an ellipsis.
    void draw_line(cairo_t& page, const std::string& text, const Style& style, double x, double top,
                   double width, Align align) const;

  private:
    struct Freer {
        void operator()(PangoContext* context) const;
    };
    std::unique_ptr<PangoContext, Freer> context_;
};

} // namespace kringwerk::print
