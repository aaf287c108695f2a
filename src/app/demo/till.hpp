// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/demo/centre.hpp"

namespace kringwerk::demo {

enum class Payment : std::uint8_t { cash, card };

/// A line of a receipt.
struct TillLine {
    ledger::Key stream;
    Grams mass;
    ledger::Basis basis = ledger::Basis::standard;
    std::int64_t pieces = 0;
    Cents price; ///< as the customer pays it, VAT included
    ledger::Key vat;
    const KnownThing* known = nullptr; ///< with a code of its own
};

/// Price without VAT and the VAT in it. Goods that were given to the centre cost nothing, so under
/// the margin scheme the whole price is margin. The VAT is rounded to the nearest cent, half up.
struct PriceParts {
    Cents turnover;
    Cents vat;
};
PriceParts parts_of(Cents price, ledger::Key vat);

/// The goods and the money of one receipt. Cash is rounded to five cents.
Transfers till_transfers(const std::vector<TillLine>& lines, Payment payment);
/// A line turned round: the thing goes back to sorting, the money to the customer.
Transfers refund_transfers(const SoldLine& line, Payment payment);

} // namespace kringwerk::demo
