// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/watch/every.hpp"
#include "base/result.hpp"
#include "platform/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace kringwerk::app::watch {

struct ReadinessOptions {
    std::filesystem::path disk = {};           ///< folder of the books; empty: they are elsewhere
    std::int64_t least_free = 64 << 20;        ///< bytes; below it the disk counts as full
    std::chrono::milliseconds every{10'000};   ///< pause between two looks
    std::chrono::milliseconds patience{5'000}; ///< a look that takes longer is trouble too
    /// Told when trouble comes, goes or changes, with what broke. From a thread of its own.
    std::function<void(const std::optional<Refusal>& trouble, const std::string& why)> on_change =
        {};
};

/// Looks now and then whether the books can be written and read: through the same writer and the
/// same readers as everybody, but without leaving anything behind. An answer costs nothing, so
/// that anybody may ask.
class Readiness {
  public:
    /// The first look is over when this returns, or after `patience`.
    explicit Readiness(Store& store, ReadinessOptions options);

    /// Why the books cannot be used now; nothing: they can. "watch.disk_full", "watch.disk_fixed",
    /// "watch.not_written", "watch.not_read", "watch.slow".
    std::optional<Refusal> trouble() const;

  private:
    using Clock = std::chrono::steady_clock;
    struct Seen {
        std::optional<Refusal> trouble;
        std::string why; ///< as the database or the system said it, for the log
    };
    void look();
    Seen look_at_disk() const;
    Seen look_at_books() const;

    Store& store_;
    const ReadinessOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable first_;
    std::optional<Seen> seen_;
    std::optional<Clock::time_point> looking_since_ = Clock::now();
    Every every_; ///< last: it uses all of the above
};

} // namespace kringwerk::app::watch
