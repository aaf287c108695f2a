// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/demo/plan.hpp"
#include "platform/store/store.hpp"

#include <functional>
#include <optional>

namespace kringwerk::demo {

struct DemoRequest {
    std::uint64_t seed = 7;
    Size size = Size::standard;
    std::optional<Day> until;           ///< nothing: Saturday 14 November 2026
    std::int64_t movements = 1'000'000; ///< for Size::bench: about so many
    /// Told of days up to which all is written, with the movements so far; each first of a month is
    /// among them.
    std::function<void(Day, std::int64_t)> progress = {};
};

struct DemoReport {
    std::int64_t centres = 0;
    std::int64_t movements = 0;
    std::int64_t transfers = 0; ///< besides the mirrors in reversals
    std::int64_t repairs = 0;   ///< with an outcome
    double seconds = 0;
};

/// Writes the example network into an empty store and marks the store as one (network/setting.hpp:
/// "demo", "demo_until", "network_name"). The same request gives the same movements with the same
/// hashes. Refuses "demo.not_empty" when the store has centres already, and
/// "demo.too_few" when `movements` is below 100,000 for Size::bench.
Result<DemoReport> load_demo(Store& store, const DemoRequest& request);

} // namespace kringwerk::demo
