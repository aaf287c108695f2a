// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace kringwerk::ledger {

/// Wakes up all who wait, again and again after a fixed time. One thread serves any number of
/// listeners; it sleeps while nobody waits.
class Pulse {
  public:
    explicit Pulse(std::chrono::milliseconds time);
    ~Pulse(); ///< wakes up who waits, for the last time
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

    Pending<bool> next_beat();

  private:
    using Waiting = std::shared_ptr<Pending<bool>::State>;
    void beat();

    const std::chrono::milliseconds time_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Waiting> waiting_;
    bool ending_ = false;
    std::thread thread_; ///< last: it uses all of the above
};

} // namespace kringwerk::ledger
