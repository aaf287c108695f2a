// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/verify.hpp"

#include <optional>
#include <string>

namespace kringwerk::app {

/// All books computed anew. `wrong`: the first thing that does not add up, in words.
struct Replay {
    ledger::Replayed replayed;
    std::optional<std::string> wrong;
};
Replay replay(Store& store, Language language);

} // namespace kringwerk::app
