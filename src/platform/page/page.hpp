// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <string_view>

/// Pages that the server writes: mustache templates, texts of the catalogue, icons and charts.
namespace kringwerk::page {

/// Renders the page templates that the build put into the program. Safe from any thread; each
/// template is compiled once per language, when it is first asked for.
///
/// A template is named by its path below src/ without the ending: "rooms/monitor/pages/home".
/// What stands in it besides mustache is settled when it is compiled:
///   [[code]]            the text of that code; a hole `{name}` in it is filled from the data
///   [[icon:plug]]       a bold icon as inline SVG; nothing when the program lacks the web build
///   [[duotone:plug]]    the same as a pictogram
///   {{> partial}}       from the template's folder, else from src/platform/page/pages
///
/// Data are plain JSON. All values are escaped, but for `{{{name}}}`, which is for the SVG of
/// charts.hpp and for nothing that a person typed. An empty string counts as absent, a number
/// (also 0) as present. A field `icon` with a name, wherever it stands, brings `icon_bold` and
/// `icon_duotone` beside it, to be shown as `{{{icon_bold}}}`; a list `rows` brings `has_rows`.
/// What a section lacks is looked up around it, so a list and its items use different names.
class Pages {
  public:
    explicit Pages(const Texts& texts);
    ~Pages();
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    /// The template alone. Throws `Bug` when the template, a text or a partial does not exist.
    std::string render(Language language, std::string_view template_path,
                       const boost::json::object& data) const;
    /// The template inside the layout; src/platform/page/pages/layout.mustache says which of the
    /// data the layout reads.
    std::string render_page(Language language, std::string_view template_path,
                            const boost::json::object& data) const;
    /// The address of a style sheet or script by its plain name: "site.css" gives
    /// "/static/site-3f2a9c1b.css". Empty when the program holds no such file.
    std::string asset(std::string_view name) const;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Escapes text for HTML, attributes included.
std::string escaped(std::string_view text);

/// The same page in the other language: `target` is what the browser asked for, as sent; its own
/// choice of language is replaced.
std::string in_language(std::string_view target, Language language);

} // namespace kringwerk::page
