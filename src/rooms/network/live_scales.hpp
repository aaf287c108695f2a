// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.hpp"
#include "platform/devices/scales.hpp"
#include "platform/store/store.hpp"
#include "rooms/network/register.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace kringwerk::network {

struct LiveScalesOptions {
    /// A scale that nobody asked for so long is let go of.
    devices::Milliseconds unasked = std::chrono::seconds(60);
    /// Who waits is woken at least so often: the register may have changed under a silent scale.
    devices::Milliseconds beat = std::chrono::seconds(1);
};

/// The scales of the register, live. One connection to each serves all who listen; it begins with
/// the first of them and follows what the register says. All functions may be called from any
/// thread.
class LiveScales {
  public:
    explicit LiveScales(Store& store, LiveScalesOptions options = {});
    ~LiveScales(); ///< wakes up who waits, for the last time
    LiveScales(const LiveScales&) = delete;
    LiveScales& operator=(const LiveScales&) = delete;

    /// Nothing when the register has no such scale in use. One whose pattern cannot be read, kept
    /// by an older version, has that as its only line.
    std::optional<devices::ScaleNews> latest(CentreId centre, int number);
    /// Done when the scale said something, or after a beat.
    Pending<bool> next_change(CentreId centre, int number);
    bool is_followed(CentreId centre, int number) const;

  private:
    using Waiting = std::vector<std::shared_ptr<Pending<bool>::State>>;
    struct Known {
        std::uint64_t version = 0; ///< of the store when we looked
        std::optional<Scale> scale;
    };
    std::optional<Scale> in_use(devices::ScaleKey key);
    void wake(devices::ScaleKey key);
    void wake_all();
    void keep_beating();

    Store& store_;
    const LiveScalesOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable ending_changed_;
    bool ending_ = false;
    std::map<devices::ScaleKey, Known> known_;
    std::map<devices::ScaleKey, Waiting> waiting_;
    std::thread beat_;
    devices::Scales scales_; ///< last: its threads call `wake`
};

} // namespace kringwerk::network
