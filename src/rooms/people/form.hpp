// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/http/http.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>

namespace kringwerk::people {

/// A form that came back: which one, what was typed, and why.
struct CameBack {
    std::string what;
    http::Form form;
    Refusal refusal;
};

/// One form of these pages, as platform/page/pages/person-form.mustache shows it. Its texts are
/// "form.<what>.title", ".button", ".<field>" and, where there is one, ".note" and
/// ".<field>_hint". What was typed stays when it was this form that came back, but for secrets.
class PersonForm {
  public:
    /// `back`: the form that came back, this or another one; null: none did.
    PersonForm(const Texts& texts, Language language, std::string_view what, const CameBack* back);

    struct Option {
        std::string value;
        std::string label;
        bool chosen = false; ///< as long as nobody chose
    };
    /// `autocomplete`: what a browser or password manager may fill in, by HTML's names.
    void text(std::string_view name, std::string_view value, std::string_view autocomplete = "off");
    void email(std::string_view name, std::string_view value);
    /// Never written back.
    void secret(std::string_view name, std::string_view autocomplete);
    void pin(std::string_view name);
    void code(std::string_view name); ///< six digits of a second step
    void select(std::string_view name, std::span<const Option> options);
    void hidden(std::string_view name, std::string_view value);
    void stops() { button_class_ = "stop"; } ///< a red button
    void goes_on() { button_class_ = "go"; } ///< the yellow button of a page with one question

    /// All of it, once.
    boost::json::object take(std::string_view action, const TextArguments& arguments = {});

  private:
    boost::json::object start(std::string_view name, std::string_view type) const;
    std::string words(std::string_view suffix, const TextArguments& arguments = {}) const;
    std::string id_of(std::string_view name) const;
    std::string_view kept(std::string_view name, std::string_view value) const;
    void add(boost::json::object field, std::string_view name);

    const Texts& texts_;
    Language language_;
    std::string what_;
    std::string button_class_ = "main";
    const CameBack* back_ = nullptr; ///< when it is this form
    boost::json::array fields_;
    boost::json::array hidden_;
    boost::json::array errors_;
};

/// {action, what, key, value, words}: a button of its own beside a line of a list.
boost::json::object line_button(std::string_view action, std::string_view what,
                                std::string_view key, std::string_view value,
                                std::string_view words);

} // namespace kringwerk::people
