// SPDX-License-Identifier: EUPL-1.2
#include "platform/backup/keep_rules.hpp"

#include <algorithm>
#include <functional>

namespace kringwerk::backup {
namespace {

/// Keeps the newest of each of the last `count` periods that have one. `made` is newest first.
void keep_newest_of_each(const std::vector<Made>& made, std::int64_t count,
                         const std::function<std::int64_t(Day)>& period,
                         std::set<std::string>& kept) {
    std::set<std::int64_t> seen;
    for (const auto& one : made) {
        if (static_cast<std::int64_t>(seen.size()) >= count) return;
        if (seen.insert(period(local_day(one.at))).second) kept.insert(one.id);
    }
}

std::int64_t week_of(Day day) {
    return (static_cast<std::int64_t>(day.number) + 3) / 7; // day 0 was a Thursday
}

} // namespace

std::set<std::string> to_keep(std::vector<Made> made, const KeepRules& rules) {
    std::ranges::sort(made, [](const Made& left, const Made& right) {
        return std::tie(left.at, left.id) > std::tie(right.at, right.id);
    });
    std::set<std::string> kept;
    const auto last = std::max<std::int64_t>(rules.last, 1);
    for (std::size_t i = 0; i < made.size() && static_cast<std::int64_t>(i) < last; ++i) {
        kept.insert(made[i].id);
    }
    keep_newest_of_each(
        made, rules.days, [](Day day) { return std::int64_t{day.number}; }, kept);
    keep_newest_of_each(made, rules.weeks, week_of, kept);
    keep_newest_of_each(
        made, rules.months, [](Day day) { return std::int64_t{month_of(day).number}; }, kept);
    return kept;
}

} // namespace kringwerk::backup
