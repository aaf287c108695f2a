// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/http/http.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::network {

/// A form that came back: which one, what was typed, and why.
struct Returned {
    std::string what;
    http::Form form;
    std::optional<Refusal> refusal; ///< nothing: somebody only wants to see what it would mean
};

/// The form that shows what went wrong: a button that retires a tare has none of its own.
std::string_view form_of(std::string_view what);
/// The part of the page in which that form stands, to lead there.
std::string_view part_of(std::string_view what);

/// One form of the page that sets up a centre, as src/platform/page/pages/form.mustache shows it.
/// Its texts are "set_up.<what>.title", ".button", ".<field>" and, where there is one,
/// ".<field>_hint". What was typed stays when it was this form that came back.
class SetUpForm {
  public:
    SetUpForm(const Texts& texts, Language language, std::string_view what,
              const std::optional<Returned>& returned);

    struct Option {
        std::string value;
        std::string label;
        bool chosen = false; ///< as long as nobody chose
    };
    void text(std::string_view name, std::string_view value, std::string_view list = {});
    void long_text(std::string_view name, std::string_view value);
    void number(std::string_view name, std::string_view value);
    void kilograms(std::string_view name, std::string_view value);
    void date(std::string_view name, std::string_view value);
    void select(std::string_view name, std::span<const Option> options);
    void checks(std::string_view name, std::span<const Option> options);
    void hidden(std::string_view name, std::string_view value);
    /// A second button, which sends the same form with a field of that name.
    void other_button(std::string_view name);

    /// All of it, once.
    boost::json::object take(std::string_view action);

  private:
    boost::json::object start(std::string_view name, std::string_view type,
                              std::string_view value) const;
    boost::json::array options_of(std::string_view name, std::span<const Option> options) const;
    std::string words(std::string_view suffix) const;
    std::string id_of(std::string_view name) const;
    void add(boost::json::object field, std::string_view name);
    boost::json::array errors_about_all() const;

    const Texts& texts_;
    Language language_;
    std::string what_;
    const Returned* returned_ = nullptr; ///< of this form
    boost::json::array fields_;
    boost::json::array hidden_;
    boost::json::array errors_;
    boost::json::object other_;
};

} // namespace kringwerk::network
