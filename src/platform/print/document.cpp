// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/document.hpp"

#include "base/ensure.hpp"
#include "platform/print/layout.hpp"
#include "platform/print/readable.hpp"
#include "platform/print/spoken.hpp"

#include <cairo-pdf.h>

#include <exception>
#include <memory>

namespace kringwerk::print {
namespace {

template <auto Free> struct Freer {
    template <class T> void operator()(T* thing) const { Free(thing); }
};
using Surface = std::unique_ptr<cairo_surface_t, Freer<cairo_surface_destroy>>;
using Pen = std::unique_ptr<cairo_t, Freer<cairo_destroy>>;

constexpr Style footer_style{7.5, false, inks::soft};

void demand(cairo_status_t status) {
    if (status == CAIRO_STATUS_SUCCESS) return;
    throw Breakdown(std::string("the PDF could not be made: ") + cairo_status_to_string(status));
}

/// Cairo is C: nothing may be thrown through it.
cairo_status_t append(void* pdf, const unsigned char* bytes, unsigned length) noexcept {
    try {
        static_cast<std::string*>(pdf)->append(reinterpret_cast<const char*>(bytes), length);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::exception&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
}

void set_properties(cairo_surface_t& surface, const Document& document) {
    const auto set = [&](cairo_pdf_metadata_t what, const std::string& value) {
        if (!value.empty()) cairo_pdf_surface_set_metadata(&surface, what, value.c_str());
    };
    auto moment = format_instant(document.made_at);
    moment.replace(moment.find('.'), moment.npos, "Z"); // cairo reads no fractions
    set(CAIRO_PDF_METADATA_TITLE, document.title);
    set(CAIRO_PDF_METADATA_AUTHOR, document.author);
    set(CAIRO_PDF_METADATA_CREATOR, "Kringwerk");
    set(CAIRO_PDF_METADATA_CREATE_DATE, moment);
}

void fill(cairo_t& pen, const Box& box) {
    cairo_set_source_rgb(&pen, box.ink.red, box.ink.green, box.ink.blue);
    cairo_rectangle(&pen, box.x, box.top, box.width, box.height);
    cairo_fill(&pen);
}

class Drawer {
  public:
    Drawer(cairo_t& pen, const Type& type, const Document& document)
        : pen_(pen), type_(type), document_(document) {}

    void draw(const Page& page, std::size_t number, std::size_t pages) {
        // "Private" is what nobody needs to hear: lines, tints, the footer of every page.
        cairo_tag_begin(&pen_, "Private", "");
        for (const auto& box : page.ground) fill(pen_, box);
        cairo_tag_end(&pen_, "Private");
        for (const auto& mark : page.marks) {
            std::visit([this](const auto& one) { draw(one); }, mark);
        }
        cairo_tag_begin(&pen_, "Private", "");
        draw_footer(number, pages);
        cairo_tag_end(&pen_, "Private");
    }

  private:
    void draw(const Open& open) { cairo_tag_begin(&pen_, open.tag, ""); }
    void draw(const Close& close) { cairo_tag_end(&pen_, close.tag); }
    void draw(const Words& words) {
        type_.draw(pen_, words.text, words.style, words.x, words.top, words.width, words.align);
    }
    void draw(const Code& code);
    void draw_footer(std::size_t number, std::size_t pages);

    cairo_t& pen_;
    const Type& type_;
    const Document& document_;
};

/// The modules are one path, so that no printer leaves seams between them. The quiet zone is the
/// paper around it.
void Drawer::draw(const Code& code) {
    const auto module = code.side / static_cast<double>(code.code.size);
    cairo_set_source_rgb(&pen_, 0, 0, 0);
    for (std::size_t row = 0; row < code.code.size; ++row) {
        for (std::size_t column = 0; column < code.code.size; ++column) {
            if (!code.code.is_dark(column, row)) continue;
            cairo_rectangle(&pen_, code.x + module * static_cast<double>(column),
                            code.top + module * static_cast<double>(row), module, module);
        }
    }
    cairo_fill(&pen_);
}

void Drawer::draw_footer(std::size_t number, std::size_t pages) {
    constexpr double line = page_height - margin + 16;
    constexpr double half = text_width * 0.5;
    const auto where =
        Texts::built_in().say(document_.language, "print.page_of",
                              {{"page", std::to_string(number)}, {"pages", std::to_string(pages)}});
    const auto when = show_day(document_.language, local_day(document_.made_at)) + " " +
                      format_clock(document_.made_at);
    fill(pen_, {margin, line, text_width, 0.4, inks::line});
    type_.draw_line(pen_, document_.title, footer_style, margin, line + 6, half, Align::left);
    type_.draw_line(pen_, where + " · " + when, footer_style, margin + half, line + 6, half,
                    Align::right);
}

/// What the figures show, in the order of reading.
std::vector<std::string> figures_in_words(const Document& document) {
    std::vector<std::string> words;
    for (const auto& block : document.blocks) {
        const auto* qr = std::get_if<Qr>(&block);
        if (qr != nullptr) words.push_back("QR: " + qr->code.text);
    }
    return words;
}

std::string draw(const std::vector<Page>& pages, const Type& type, const Document& document) {
    std::string pdf;
    const Surface surface(
        cairo_pdf_surface_create_for_stream(append, &pdf, page_width, page_height));
    set_properties(*surface, document);
    {
        const Pen pen(cairo_create(surface.get()));
        Drawer drawer(*pen, type, document);
        cairo_tag_begin(pen.get(), "Document", "");
        for (std::size_t i = 0; i < pages.size(); ++i) {
            if (i > 0) cairo_show_page(pen.get());
            drawer.draw(pages[i], i + 1, pages.size());
        }
        cairo_tag_end(pen.get(), "Document");
        demand(cairo_status(pen.get()));
    }
    cairo_surface_finish(surface.get());
    demand(cairo_surface_status(surface.get()));
    return pdf;
}

} // namespace

std::string to_pdf(const Document& given) {
    const auto document = readable(given);
    const Type type(document.language);
    auto pdf = draw(lay_out(document, type), type, document);
    return spoken(std::move(pdf), document.language, figures_in_words(document));
}

} // namespace kringwerk::print
