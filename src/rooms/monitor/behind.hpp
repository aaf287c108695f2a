// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/monitor/data.hpp"
#include "rooms/monitor/period.hpp"

#include <span>

namespace kringwerk::monitor {

/// What a number on a page counts. Each opens to the movements of which it is the sum.
enum class Sum {
    collected,
    repaired,
    sold,
    given,
    new_owner,
    hours,
    turnover,
    vat,
    turnover_and_vat,
    paid,
    stock,
    in,
    out,
};

std::optional<Sum> parse_sum(std::string_view code);
/// As addresses write it: "ingezameld"; its name is the text "sum.<code>".
std::string_view code_of(Sum sum);
std::span<const Sum> all_sums();

/// The list of movements behind a number. Empty parts are left out.
struct Behind {
    Days days;
    std::optional<Sum> sum = {};
    std::optional<ledger::Place> from = {};
    std::optional<ledger::Place> to = {};
    std::optional<ledger::Key> key = {}; ///< a stream, or the VAT of turnover
};
std::string movements_url(const network::CentreRow& centre, const Behind& behind);
/// "goods.sold" as addresses write a place.
std::string write_place(ledger::Place place);
std::optional<ledger::Place> read_place(std::string_view code);

/// The ways that count for it and those that are deducted.
ledger::Counted counted_by(const Behind& behind);
/// The sum of some flows, or of the transfers of one movement; a stream counts where it enters and
/// is deducted where it leaves.
ledger::Amounts total_of(std::span<const ledger::Flow> flows, const Behind& behind);
ledger::Amounts total_of(const ledger::Movement& movement, const Behind& behind);
/// The sum of a centre. Repairs are counted as pieces.
ledger::Amounts total_of(Snapshot& view, CentreId centre, const Behind& behind);
/// +1 when this movement books a repair that succeeded, -1 when it reverses one, else 0.
int repairs_of(Snapshot& view, const ledger::Movement& movement);
/// With its unit, as the number on the page has it; empty when nothing names what is counted.
std::string show_total(const PageOf& page, const Behind& behind, const ledger::Amounts& total);

} // namespace kringwerk::monitor
