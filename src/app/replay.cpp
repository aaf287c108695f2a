// SPDX-License-Identifier: EUPL-1.2
#include "app/replay.hpp"

#include "rooms/workshop/workshop.hpp"

namespace kringwerk::app {

Replay replay(Store& store, Language language) {
    Replay replay;
    const auto result = store.read([](Snapshot& view) { return ledger::verify(view); });
    replay.replayed = result.replayed;
    if (result.wrong) {
        replay.wrong = ledger::say(Texts::built_in(), language, *result.wrong);
        return replay;
    }
    const auto repair = store.read(workshop::first_wrong_row);
    if (repair) {
        replay.wrong = ledger::say(Texts::built_in(), language,
                                   {repair->code, repair->arguments, repair->centre});
    }
    return replay;
}

} // namespace kringwerk::app
