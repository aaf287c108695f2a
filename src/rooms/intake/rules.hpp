// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "rooms/intake/forms.hpp"
#include "rooms/ledger/types.hpp"

#include <optional>

/// What a filled-in form asks to book. Values in, values out. Every function refuses
/// "intake.wrong_fields" with all wrong fields at once.
namespace kringwerk::intake {

/// What a sent form says besides what the person filled in.
struct Sending {
    CentreId centre;
    ledger::MovementId id; ///< made with the page, so that sending twice counts once
    Instant happened_at;
};

Result<ledger::Draft> weigh_in(const Answers& answers, const Sending& sending,
                               const Categories& categories);
/// The price includes VAT under the margin scheme (globalised, 21 %). Cash is rounded to 5 cents,
/// and the rounding is a transfer of its own.
Result<ledger::Draft> sell(const Answers& answers, const Sending& sending,
                           const Categories& categories);
Result<ledger::Draft> give(const Answers& answers, const Sending& sending,
                           const Categories& categories);
Result<ledger::Draft> sort(const Answers& answers, const Sending& sending,
                           const Categories& categories);
Result<ledger::Draft> dispatch(const Answers& answers, const Sending& sending,
                               const Categories& categories);
Result<ledger::Draft> send(const Answers& answers, const Sending& sending,
                           const Categories& categories);
/// `load`: the movement that field "load" names, as it was found in the books of any centre.
Result<ledger::Draft> receive(const Answers& answers, const Sending& sending,
                              const Categories& categories,
                              const std::optional<ledger::Movement>& load);

/// What somebody counted at one place.
struct Count {
    ledger::Account account;
    Grams counted;
    ledger::Basis basis = ledger::Basis::measured;
    ledger::Reason reason;
};
Result<Count> parse_count(const Answers& answers);
/// Books the difference with what the books say. Nothing when there is none.
std::optional<ledger::Draft> draft_of(const Count& count, Grams in_books, const Sending& sending);

/// `original`: the movement whose number field "booking" names, if there is one.
Result<ledger::Draft> reverse(const Answers& answers, const Sending& sending,
                              const std::optional<ledger::Movement>& original);

/// What contradicts is reversed, or what went out too much is said to have been found unexplained.
/// `odd`: the movement whose number field "booking" names, when it contradicts and is open.
Result<ledger::Draft> settle(const Answers& answers, const Sending& sending,
                             const std::optional<ledger::Movement>& odd);

Result<ledger::Draft> close_month(const Answers& answers, const Sending& sending);

/// The whole number of field "booking", if it is one.
std::optional<std::int64_t> booking_of(const Answers& answers);

} // namespace kringwerk::intake
