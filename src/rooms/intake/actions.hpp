// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/intake/forms.hpp"
#include "rooms/intake/rules.hpp"
#include "rooms/ledger/ledger.hpp"

/// What a person does at the desk of a centre: one function books any of its forms.
namespace kringwerk::intake {

/// What became of a sent form.
struct Booked {
    std::int64_t sequence = 0;
    bool repeated = false; ///< stood in the books already: the same form was sent twice
    bool nothing = false;  ///< a count that agrees with the books: there was nothing to book
};

/// Books a filled-in form. `sending.happened_at` is now; of a form that is sent again it is the
/// moment at which it was sent first. Refuses what the rule of the form refuses (rules.hpp), then
/// what the ledger refuses. For "receive" the other centres' books are looked into.
Result<Booked> book(Transaction& tx, FormName form, const Answers& answers, Sending sending,
                    const people::Caller& caller, const Categories& categories,
                    const ledger::OnReversal* on_reversal);

} // namespace kringwerk::intake
