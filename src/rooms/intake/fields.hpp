// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/forms.hpp"
#include "rooms/intake/words.hpp"
#include "rooms/network/network.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kringwerk::intake {

/// The fields of a form as src/platform/page/pages/form.mustache shows them: with what was filled
/// in and what is wrong. The name of a field is also its id, and its texts are
/// "desk.field.<name>" and "desk.hint.<name>".
class FormFields {
  public:
    /// `refusal`: why the form came back, if it did. Places and streams that `centre` does not have
    /// are not offered.
    FormFields(const Words& words, const Answers& answers, const std::optional<Refusal>& refusal,
               network::Registered centre)
        : words_(words), answers_(answers), refusal_(refusal), centre_(std::move(centre)) {}

    /// A question without a chosen answer beforehand, or with the first one chosen.
    enum class Ahead { nothing, first };
    void places(std::string_view name, std::span<const ledger::Place> offered);
    void streams();
    void mass();
    void basis();
    void pieces();
    void category(const Categories& categories);
    void price();
    void means();
    void reasons(std::string_view use);
    /// The same for reversing, where that is only one of the answers.
    void reasons_if_reversed();
    /// For a stream that may stay what it is.
    void other_stream(std::string_view name);
    void number(std::string_view name);
    void text(std::string_view name);
    struct Option {
        std::string value;
        std::string label;
    };
    void choices(std::string_view name, std::span<const Option> options, Ahead ahead);
    void select(std::string_view name, std::span<const Option> options);

    /// All of them, once.
    boost::json::array take() { return std::move(fields_); }
    /// What is wrong, in the order of the fields; what is about no field stands first.
    boost::json::array errors() const;

  private:
    boost::json::object start(std::string_view name, std::string_view type) const;
    boost::json::object option(std::string_view name, std::string_view value,
                               std::string_view label, bool chosen_ahead) const;
    std::string error_at(std::string_view name) const;

    const Words& words_;
    const Answers& answers_;
    const std::optional<Refusal>& refusal_;
    network::Registered centre_;
    boost::json::array fields_;
};

} // namespace kringwerk::intake
