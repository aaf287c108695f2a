// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/ledger.hpp"
#include "rooms/people/people.hpp"

#include <doctest/doctest.h>

/// For tests that need books with something in them, whatever it is.
namespace kringwerk::app::testing {

/// Chairs of 12.5 kg come in at a centre.
inline void book_something(Store& store, CentreId centre, Instant now) {
    ledger::Transfer chairs;
    chairs.from = {ledger::Place::donated, ledger::all_streams()[0].key};
    chairs.to = {ledger::Place::sorting, ledger::all_streams()[0].key};
    chairs.amounts.grams = {12'500};
    chairs.basis = ledger::Basis::measured;
    ledger::Draft draft;
    draft.id = {new_uuid7(now)};
    draft.centre = centre;
    draft.kind = ledger::Ways::built_in().kind("weigh-in");
    draft.happened_at = now;
    draft.transfers = {chairs};
    const auto caller =
        people::internal_caller(people::Role::manager, "test", people::Kinds{}.set());
    const auto post = [&](Transaction& tx) { return ledger::post(tx, draft, caller, now); };
    REQUIRE(store.write(post).get());
}

} // namespace kringwerk::app::testing
