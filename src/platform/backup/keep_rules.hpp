// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace kringwerk::backup {

/// How many backups stay: the newest ones, and of each of so many days, weeks and months, those
/// that have one, the newest of it.
struct KeepRules {
    std::int64_t last = 3;
    std::int64_t days = 7;
    std::int64_t weeks = 5;
    std::int64_t months = 12;
};

struct Made {
    std::string id;
    Instant at;
};

/// The ids of those that stay, by the calendar of Amsterdam, weeks from Monday. The newest always
/// stays.
std::set<std::string> to_keep(std::vector<Made> made, const KeepRules& rules);

} // namespace kringwerk::backup
