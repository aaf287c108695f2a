// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/ledger.hpp"
#include "rooms/ledger/queries.hpp"

#include <array>
#include <limits>
#include <map>

namespace kringwerk::ledger {
namespace {

/// Goods that went one way, with or without more of their kind.
struct Moved {
    Account from;
    Account to;
    Grams mass;
};

template <class Take> void each_moved(Rows rows, Take take) {
    const auto account = [](const Row& row, int column) {
        return Account{static_cast<Place>(row.integer(column)),
                       {static_cast<std::uint8_t>(row.integer(column + 1))}};
    };
    for (const auto row : rows) {
        take(Moved{account(row, 0), account(row, 2), {row.integer(4)}});
    }
}

/// What stands in a centre, by the number of its stream; all together under that of `no_key`.
class Stock {
  public:
    void add(Account account, Grams mass) {
        if (!is_stock(account.place)) return;
        of_stream_.at(account.key.number) += mass;
        of_stream_.at(no_key.number) += mass;
    }
    void add(const Moved& moved) {
        add(moved.from, -moved.mass);
        add(moved.to, moved.mass);
    }
    void take_back(const Moved& moved) { add({moved.to, moved.from, moved.mass}); }
    Grams of(Key stream) const { return of_stream_.at(stream.number); }

  private:
    std::array<Grams, 256> of_stream_{};
};

bool lies_nearer_the_end(Snapshot& view, CentreId centre, Month month) {
    const auto read = [&](Row row) {
        if (row.null(0)) return false;
        return row.integer(1) - month.number < month.number - row.integer(0);
    };
    return view.first(sql::months_with_flows, read, centre).value_or(false);
}

/// What stood there when `first` began: all that was booked before it, or what stands there now
/// without all that was booked since, whichever is less to read. Whole months come from the sums of
/// months.
Stock stock_before(Snapshot& view, CentreId centre, Day first,
                   const std::vector<Balance>& present) {
    Stock stock;
    const auto month = month_of(first);
    if (lies_nearer_the_end(view, centre, month)) {
        constexpr Month forever{std::numeric_limits<std::int32_t>::max()};
        const auto take_back = [&](const Moved& moved) { stock.take_back(moved); };
        for (const auto& balance : present) stock.add(balance.account, balance.amounts.grams);
        each_moved(view.rows(sql::goods_moved_in_months, centre, month_after(month, 1), forever),
                   take_back);
        each_moved(view.rows(sql::goods_moved_in_days, centre, first, last_day(month)), take_back);
        return stock;
    }
    const auto add = [&](const Moved& moved) { stock.add(moved); };
    each_moved(view.rows(sql::goods_moved_in_months, centre, Month{0}, month_after(month, -1)),
               add);
    each_moved(view.rows(sql::goods_moved_in_days, centre, first_day(month), day_after(first, -1)),
               add);
    return stock;
}

/// Adds one side of what moved in the period to the equation of its stream: `mass` above zero where
/// it enters the account, below where it leaves.
void add_side(Equation& sum, Account account, Grams mass) {
    if (is_stock(account.place)) {
        sum.closing += mass;
        return;
    }
    switch (row_of(account.place).side) {
    case Side::from_outside:
        sum.in -= mass;
        break; // what leaves "donated" comes in
    case Side::to_outside:
        sum.out += mass;
        break;
    case Side::both_ways:
        if (account.place == Place::unexplained) sum.unexplained += mass;
        // A customer's own goods come in when they leave the owner and go out when they return.
        if (account.place == Place::owner && mass < Grams{}) sum.in -= mass;
        if (account.place == Place::owner && mass > Grams{}) sum.out += mass;
        break;
    default:
        break;
    }
}

void add_moved(std::map<Key, Equation>& sums, const Moved& moved) {
    const auto& [from, to, mass] = moved;
    for (const auto key : {from.key, no_key}) add_side(sums[key], from, -mass);
    for (const auto key : {to.key, no_key}) add_side(sums[key], to, mass);
    if (from.key != to.key) {
        sums[from.key].to_other_stream += mass;
        sums[to.key].to_other_stream -= mass;
    }
}

} // namespace

std::vector<Equation> equation(Snapshot& view, CentreId centre, Day first, Day last) {
    std::map<Key, Equation> sums;
    const auto present = balances(view, centre);
    for (const auto& balance : present) {
        // A line for each stream that the centre ever had to do with.
        if (book_of(balance.account.place) == Book::goods) sums[balance.account.key];
    }
    each_moved(view.rows(sql::goods_moved_in_days, centre, first, last),
               [&](const Moved& moved) { add_moved(sums, moved); });
    const auto before = stock_before(view, centre, first, present);
    sums[no_key]; // all together, also where there is nothing yet
    std::vector<Equation> lines;
    for (auto& [key, sum] : sums) {
        sum.stream = key;
        sum.opening = before.of(key);
        sum.closing += sum.opening;
        if (key != no_key) lines.push_back(sum);
    }
    lines.push_back(sums[no_key]);
    return lines;
}

} // namespace kringwerk::ledger
