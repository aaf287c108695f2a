// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/verify_sums.hpp"

#include "rooms/ledger/queries.hpp"

#include <algorithm>
#include <limits>

namespace kringwerk::ledger {
namespace {

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

/// A row of sums as its table has it: key columns, then amounts.
struct SumRow {
    std::array<std::int64_t, 7> key{};
    std::array<std::int64_t, 5> amounts{};
};

constexpr std::array<std::string_view, 5> names_of_amounts{"grams", "pieces", "cents", "minutes",
                                                           "transfers"};

/// How a table of sums is read and its rows are named.
struct SumTableForm {
    std::string_view code; ///< "balance", "flow_day", "flow_month"
    int keys;
    int amounts;
};
constexpr SumTableForm balance_form{"balance", 2, 4};
constexpr SumTableForm day_form{"flow_day", 7, 5};
constexpr SumTableForm month_form{"flow_month", 7, 5};

SumRow read(const Row& row, const SumTableForm& form) {
    SumRow sums;
    for (int i = 0; i < form.keys; ++i) sums.key[static_cast<std::size_t>(i)] = row.integer(i);
    for (int i = 0; i < form.amounts; ++i) {
        sums.amounts[static_cast<std::size_t>(i)] = row.integer(form.keys + i);
    }
    return sums;
}

std::string name_of_basis(std::int64_t basis) {
    if (basis < 0 || basis > 3) return std::to_string(basis);
    return std::string(code_of(static_cast<Basis>(basis)));
}

std::string name_of_period(std::int64_t period, const SumTableForm& form) {
    if (period != static_cast<std::int32_t>(period)) return std::to_string(period);
    const auto number = static_cast<std::int32_t>(period);
    return form.code == month_form.code ? format_month({number}) : format_day({number});
}

TextArguments names_of(const SumRow& row, const SumTableForm& form, CentreId centre) {
    const auto& key = row.key;
    TextArguments names{{"centre", std::to_string(centre.value)}};
    if (form.code == balance_form.code) {
        names.emplace_back("place", name_of_place(key[0]));
        names.emplace_back("key", name_of_key(key[1]));
        return names;
    }
    names.emplace_back(form.code == month_form.code ? "month" : "day",
                       name_of_period(key[0], form));
    names.emplace_back("from", name_of_place(key[1]));
    names.emplace_back("from_key", name_of_key(key[2]));
    names.emplace_back("to", name_of_place(key[3]));
    names.emplace_back("to_key", name_of_key(key[4]));
    names.emplace_back("category", std::to_string(key[5]));
    names.emplace_back("basis", name_of_basis(key[6]));
    return names;
}

Finding found(std::string_view what, const SumRow& row, const SumTableForm& form, CentreId centre) {
    return {std::string(form.code) + "_" + std::string(what), names_of(row, form, centre), centre,
            0};
}

Finding differs(const SumRow& expected, const SumRow& stands, const SumTableForm& form,
                CentreId centre) {
    auto finding = found("differs", expected, form, centre);
    std::size_t at = 0;
    while (expected.amounts[at] == stands.amounts[at]) ++at;
    finding.arguments.emplace_back("amount", names_of_amounts[at]);
    finding.arguments.emplace_back("expected", std::to_string(expected.amounts[at]));
    finding.arguments.emplace_back("found", std::to_string(stands.amounts[at]));
    return finding;
}

/// Runs through sorted sums and the rows of their table side by side.
std::optional<Finding> first_difference(const std::vector<SumRow>& expected, Rows rows,
                                        const SumTableForm& form, CentreId centre) {
    auto next = expected.begin();
    for (const auto row : rows) {
        const auto stands = read(row, form);
        if (next == expected.end() || stands.key < next->key) {
            return found("extra", stands, form, centre);
        }
        if (next->key < stands.key) return found("missing", *next, form, centre);
        if (next->amounts != stands.amounts) return differs(*next, stands, form, centre);
        ++next;
    }
    if (next != expected.end()) return found("missing", *next, form, centre);
    return std::nullopt;
}

std::uint64_t packed(Account account) {
    return std::uint64_t{static_cast<std::uint8_t>(account.place)} << 8 | account.key.number;
}

/// Places of the packed number, from the right.
std::int64_t byte_of(std::uint64_t number, int place) {
    return static_cast<std::int64_t>(number >> (8 * place) & 0xFF);
}

// A day before 1970 sorts before one after it when they are moved up by this.
constexpr std::int64_t moved_up = std::int64_t{1} << 31;

std::array<std::int64_t, 5> signed_amounts(const std::array<std::uint64_t, 5>& sum) {
    std::array<std::int64_t, 5> amounts{};
    for (std::size_t i = 0; i < sum.size(); ++i) amounts[i] = static_cast<std::int64_t>(sum[i]);
    return amounts;
}

template <class Map> std::vector<SumRow> sorted_flows(const Map& flows) {
    std::vector<SumRow> rows;
    rows.reserve(flows.size());
    for (const auto& [key, sum] : flows.entries()) {
        const auto accounts = key[0];
        const auto period = static_cast<std::int64_t>(accounts >> 32) - moved_up;
        rows.push_back({{period, byte_of(accounts, 3), byte_of(accounts, 2), byte_of(accounts, 1),
                         byte_of(accounts, 0), static_cast<std::int64_t>(key[1]),
                         static_cast<std::int64_t>(key[2])},
                        signed_amounts(sum)});
    }
    std::sort(rows.begin(), rows.end(),
              [](const SumRow& left, const SumRow& right) { return left.key < right.key; });
    return rows;
}

std::vector<SumRow>
sorted_balances(const FlatMap<std::uint64_t, std::array<std::uint64_t, 5>>& sums) {
    std::vector<SumRow> rows;
    for (const auto& [account, sum] : sums.entries()) {
        rows.push_back({{byte_of(account, 1), byte_of(account, 0)}, signed_amounts(sum)});
    }
    std::sort(rows.begin(), rows.end(),
              [](const SumRow& left, const SumRow& right) { return left.key < right.key; });
    return rows;
}

} // namespace

std::string name_of_place(std::int64_t place) {
    for (const auto& row : all_places()) {
        if (static_cast<std::int64_t>(row.place) != place) continue;
        return std::string(code_of(row.book)) + "." + std::string(row.code);
    }
    return std::to_string(place);
}

std::string name_of_key(std::int64_t key) {
    for (const auto& row : all_keys()) {
        if (row.key.number == key) return std::string(row.code);
    }
    return std::to_string(key);
}

ReplayedSums::FlowKey ReplayedSums::key_of(std::int32_t period, const Transfer& transfer) {
    const auto moved = static_cast<std::uint64_t>(period + moved_up);
    return {moved << 32 | packed(transfer.from) << 16 | packed(transfer.to),
            static_cast<std::uint64_t>(transfer.category.value),
            static_cast<std::uint64_t>(transfer.basis)};
}

void ReplayedSums::add_to(Sum& sum, const Amounts& amounts, bool leaves) {
    const std::array<std::int64_t, 4> parts{amounts.grams.value, amounts.pieces.value,
                                            amounts.cents.value, amounts.minutes.value};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto part = static_cast<std::uint64_t>(parts[i]);
        sum[i] = leaves ? sum[i] - part : sum[i] + part;
    }
}

void ReplayedSums::add(const Movement& movement, const Transfer& transfer) {
    add_to(balances_[packed(transfer.from)], transfer.amounts, true);
    add_to(balances_[packed(transfer.to)], transfer.amounts, false);
    auto& flow = days_[key_of(movement.effective_on.number, transfer)];
    add_to(flow, transfer.amounts, false);
    ++flow[4];
}

ReplayedSums::Flows ReplayedSums::months() const {
    constexpr std::uint64_t accounts = 0xFFFF'FFFF;
    Flows sums;
    for (const auto& [key, sum] : days_.entries()) {
        const auto day = static_cast<std::int64_t>(key[0] >> 32) - moved_up;
        const auto month = month_of(Day{static_cast<std::int32_t>(day)});
        const auto moved = static_cast<std::uint64_t>(month.number + moved_up);
        auto& into = sums[{moved << 32 | (key[0] & accounts), key[1], key[2]}];
        for (std::size_t i = 0; i < sum.size(); ++i) into[i] += sum[i];
    }
    return sums;
}

std::optional<Finding> ReplayedSums::compare(Snapshot& view, CentreId centre) const {
    auto wrong = first_difference(sorted_balances(balances_),
                                  view.rows(sql::balances_of_centre, centre), balance_form, centre);
    if (wrong) return wrong;
    wrong = first_difference(sorted_flows(days_),
                             view.many_rows(sql::flows_of_days, centre, least, greatest), day_form,
                             centre);
    if (wrong) return wrong;
    return first_difference(sorted_flows(months()),
                            view.many_rows(sql::flows_of_months, centre, least, greatest),
                            month_form, centre);
}

} // namespace kringwerk::ledger
