// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "rooms/network/register.hpp"

#include <string>

namespace kringwerk::network {

/// Opening hours as people say them.
class HoursWords {
  public:
    HoursWords(const Texts& texts, Language language) : texts_(texts), language_(language) {}

    /// "09:00–12:30 en 13:00–17:00", "gesloten: inventarisatie".
    std::string day(const OpeningHours& hours, const Registered& centre, Day day) const;
    /// "Nu open. Gaat vrijdag 12 maart 2027 om 17:00 dicht."
    std::string now(const OpeningHours& hours, const Registered& centre, Instant moment) const;

  private:
    std::string span(const OpenSpan& span) const;

    const Texts& texts_;
    Language language_;
};

} // namespace kringwerk::network
