// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/till.hpp"

#include <algorithm>
#include <map>

namespace kringwerk::demo {

using ledger::Account;
using ledger::Basis;
using ledger::Place;

namespace {

/// What is missing to the nearest amount that can be paid in coins: -2 to 2 cents.
std::int64_t to_coins(Cents total) {
    const auto over = total.value % 5;
    return over < 3 ? -over : 5 - over;
}

std::int64_t rate_of(ledger::Key vat) {
    const auto code = ledger::code_of(vat);
    if (code.ends_with("-21")) return 21;
    return code.ends_with("-9") ? 9 : 0;
}

} // namespace

PriceParts parts_of(Cents price, ledger::Key vat) {
    const auto rate = rate_of(vat);
    const auto whole = 100 + rate;
    const Cents tax{(price.value * rate * 2 + whole) / (2 * whole)};
    return {price - tax, tax};
}

Transfers till_transfers(const std::vector<TillLine>& lines, Payment payment) {
    Transfers transfers;
    std::map<ledger::Key, Cents> by_vat;
    Cents total;
    for (const auto& line : lines) {
        if (line.known) {
            transfers.push_back(thing(Place::shop, Place::sold, line.stream, line.mass, line.basis,
                                      line.known->device->category, line.known->item));
        } else {
            transfers.push_back(
                goods(Place::shop, Place::sold, line.stream, line.mass, line.basis, line.pieces));
        }
        by_vat[line.vat] += line.price;
        total += line.price;
    }
    const auto paid = means(payment == Payment::cash ? Place::cash : Place::card);
    for (const auto& [vat, price] : by_vat) {
        const auto parts = parts_of(price, vat);
        if (parts.turnover > Cents{})
            transfers.push_back(money({Place::turnover, vat}, paid, parts.turnover));
        if (parts.vat > Cents{}) transfers.push_back(money({Place::vat, vat}, paid, parts.vat));
    }
    const auto rounded = payment == Payment::cash ? to_coins(total) : 0;
    const Account rounding{Place::rounding, paid.key};
    if (rounded > 0) transfers.push_back(money(rounding, paid, {rounded}));
    if (rounded < 0) transfers.push_back(money(paid, rounding, {-rounded}));
    return transfers;
}

Transfers refund_transfers(const SoldLine& line, Payment payment) {
    const auto vat = Tables::built_in().of(line.stream).vat;
    const auto parts = parts_of(line.price, vat);
    const auto paid = means(payment == Payment::cash ? Place::cash : Place::card);
    Transfers transfers{
        goods(Place::sold, Place::sorting, line.stream, line.mass, Basis::standard, line.pieces)};
    if (parts.turnover > Cents{})
        transfers.push_back(money(paid, {Place::turnover, vat}, parts.turnover));
    if (parts.vat > Cents{}) transfers.push_back(money(paid, {Place::vat, vat}, parts.vat));
    return transfers;
}

} // namespace kringwerk::demo
