// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "rooms/ledger/types.hpp"

#include <string>
#include <string_view>

/// How the desk names what the books hold.
namespace kringwerk::intake {

class Words {
  public:
    Words(const Texts& texts, Language language) : texts_(texts), language_(language) {}

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return texts_.say(language_, code, arguments);
    }
    std::string say(const Refusal& refusal) const { return texts_.say(language_, refusal); }
    /// Empty when the catalogue has no such text: for hints that not every field has.
    std::string say_if_there(std::string_view code) const;
    Language language() const { return language_; }

    std::string place(ledger::Place place) const;
    std::string stream(ledger::Key stream) const;
    std::string kilograms(Grams mass) const;
    /// "Verkocht, meubels"
    std::string what(const ledger::Movement& movement) const;
    /// "12,5 kg · € 12,50"; empty when it moved nothing.
    std::string amount(const ledger::Movement& movement) const;

  private:
    const Texts& texts_;
    Language language_;
};

/// The pictogram of a stream.
std::string_view icon_of(ledger::Key stream);

} // namespace kringwerk::intake
