// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/devices/scale.hpp"

#include <chrono>
#include <compare>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace kringwerk::devices {

/// Which scale: the number of its centre and its number there.
struct ScaleKey {
    std::int64_t centre = 0;
    std::int64_t scale = 0;
    friend constexpr auto operator<=>(ScaleKey, ScaleKey) = default;
};

/// All scales of a server. One is followed from the first time that somebody asks for its weight
/// until nobody has for a while: a serial server serves one caller, and may be wanted elsewhere.
/// All functions may be called from any thread; `set` and `remove` not from `on_change`.
class Scales {
  public:
    using OnChange = std::function<void(ScaleKey)>;
    /// `on_change` is called from the thread of the scale.
    explicit Scales(OnChange on_change = {}, Milliseconds unasked = std::chrono::seconds(60));
    ~Scales();
    Scales(const Scales&) = delete;
    Scales& operator=(const Scales&) = delete;

    /// Adds a scale, or gives it other options. With the same ones nothing happens.
    void set(ScaleKey key, ScaleOptions options);
    void remove(ScaleKey key);
    /// Nothing when there is no such scale. The first call begins to follow it.
    std::optional<ScaleNews> latest(ScaleKey key);
    bool is_followed(ScaleKey key) const;

  private:
    using Clock = std::chrono::steady_clock;
    struct Entry {
        ScaleOptions options;
        Clock::time_point asked;
        std::unique_ptr<Scale> scale; ///< while it is followed
    };
    void let_go();
    std::vector<std::unique_ptr<Scale>> take_unasked(Clock::time_point now);

    const OnChange on_change_;
    const Milliseconds unasked_;
    mutable std::mutex mutex_;
    std::condition_variable ending_changed_;
    bool ending_ = false;
    std::map<ScaleKey, Entry> entries_;
    std::thread keeper_;
};

} // namespace kringwerk::devices
