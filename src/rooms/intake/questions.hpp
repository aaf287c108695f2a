// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/intake/fields.hpp"

namespace kringwerk::intake {

/// Where and when a form is asked.
struct Asking {
    Snapshot& view;
    const Words& words;
    CentreId centre;
    const Categories& categories;
    Day today;
};

/// Puts the questions of a form into `fields`, with what the books offer to choose from: loads on
/// their way, open contradictions, open months. False when there is nothing to ask about.
bool ask(const Asking& at, FormName form, FormFields& fields);

} // namespace kringwerk::intake
