// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/type.hpp"

#include "base/ensure.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

namespace kringwerk::print {
namespace {

/// Figures of this family are all of one width, it has every letter of Europe, and Debian has it in
/// a small package of its own.
constexpr const char* family = "DejaVu Sans";
constexpr float leading = 1.22F;

template <auto Free> struct FreedBy {
    template <class T> void operator()(T* thing) const { Free(thing); }
};
template <class T, auto Free> using Owned = std::unique_ptr<T, FreedBy<Free>>;
using Layout = Owned<PangoLayout, g_object_unref>;

/// Pango counts in parts of a point, as whole numbers.
double points(int units) { return pango_units_to_double(units); }
/// Rounded up, or what was measured would wrap in the very width that came out.
int units(double points) { return static_cast<int>(std::ceil(points * PANGO_SCALE)); }

Layout set_in_lines(PangoContext* context, const std::string& text, const Style& style,
                    double width) {
    Layout layout(pango_layout_new(context));
    const Owned<PangoFontDescription, pango_font_description_free> font(
        pango_font_description_new());
    pango_font_description_set_family_static(font.get(), family);
    pango_font_description_set_size(font.get(), units(style.size));
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    // One sign for each letter: who copies or hears "definitief" gets all of its letters.
    const Owned<PangoAttrList, pango_attr_list_unref> features(pango_attr_list_new());
    pango_attr_list_insert(features.get(), pango_attr_font_features_new("liga=0, clig=0, tnum=1"));
    // A word that is broken because it must be gets no hyphen: it may be an address or a code.
    pango_attr_list_insert(features.get(), pango_attr_insert_hyphens_new(0));
    pango_layout_set_attributes(layout.get(), features.get());
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout.get(), leading);
    if (width >= 0) pango_layout_set_width(layout.get(), units(width));
    return layout;
}

void show(cairo_t& page, PangoLayout& layout, const Ink& ink, double x, double top, Align align) {
    pango_layout_set_alignment(&layout,
                               align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    cairo_set_source_rgb(&page, ink.red, ink.green, ink.blue);
    cairo_move_to(&page, x, top);
    pango_cairo_show_layout(&page, &layout);
}

} // namespace

void Type::Freer::operator()(PangoContext* context) const { g_object_unref(context); }

Type::Type(Language language) {
    auto* map = pango_cairo_font_map_get_default(); // one per thread, kept by Pango
    if (pango_font_map_get_family(map, family) == nullptr) {
        throw Breakdown("the letters DejaVu Sans are missing; install fonts-dejavu-core");
    }
    context_.reset(pango_font_map_create_context(map));
    // Hints fit letters to the dots of a screen; paper has none, and widths must not depend on it.
    const Owned<cairo_font_options_t, cairo_font_options_destroy> options(
        cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options.get());
    pango_cairo_context_set_resolution(context_.get(), 72);
    pango_context_set_round_glyph_positions(context_.get(), 0);
    pango_context_set_language(context_.get(),
                               pango_language_from_string(code_of(language).data()));
}

double Type::height(const std::string& text, const Style& style, double width) const {
    const auto layout = set_in_lines(context_.get(), text, style, width);
    int high = 0;
    pango_layout_get_size(layout.get(), nullptr, &high);
    return points(high);
}

double Type::natural_width(const std::string& text, const Style& style) const {
    const auto layout = set_in_lines(context_.get(), text, style, -1);
    int wide = 0;
    pango_layout_get_size(layout.get(), &wide, nullptr);
    return points(wide);
}

double Type::longest_word(const std::string& text, const Style& style) const {
    // As narrow as can be without breaking words, the widest line is the longest word.
    const auto layout = set_in_lines(context_.get(), text, style, 0);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD);
    int wide = 0;
    pango_layout_get_size(layout.get(), &wide, nullptr);
    return points(wide);
}

std::size_t Type::fitting(const std::string& text, const Style& style, double width,
                          double height) const {
    const auto layout = set_in_lines(context_.get(), text, style, width);
    const Owned<PangoLayoutIter, pango_layout_iter_free> line(pango_layout_get_iter(layout.get()));
    do {
        PangoRectangle box{};
        pango_layout_iter_get_line_extents(line.get(), nullptr, &box);
        if (points(box.y + box.height) > height) {
            return static_cast<std::size_t>(
                pango_layout_line_get_start_index(pango_layout_iter_get_line_readonly(line.get())));
        }
    } while (pango_layout_iter_next_line(line.get()) != 0);
    return text.size();
}

void Type::draw(cairo_t& page, const std::string& text, const Style& style, double x, double top,
                double width, Align align) const {
    const auto layout = set_in_lines(context_.get(), text, style, width);
    show(page, *layout, style.ink, x, top, align);
}

void Type::draw_line(cairo_t& page, const std::string& text, const Style& style, double x,
                     double top, double width, Align align) const {
    const auto layout = set_in_lines(context_.get(), text, style, width);
    pango_layout_set_single_paragraph_mode(layout.get(), 1);
    pango_layout_set_height(layout.get(), 0); // one line
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    show(page, *layout, style.ink, x, top, align);
}

} // namespace kringwerk::print
