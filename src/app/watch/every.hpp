// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace kringwerk::app::watch {

/// Does something at once and then again and again, on a thread of its own, until this ends.
class Every {
  public:
    /// `action` may take its time; it throws nothing.
    Every(std::chrono::microseconds pause, std::function<void()> action)
        : pause_(pause), action_(std::move(action)), thread_([this] { run(); }) {}
    ~Every() {
        {
            const std::scoped_lock lock(mutex_);
            ending_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    Every(const Every&) = delete;
    Every& operator=(const Every&) = delete;

  private:
    void run() {
        std::unique_lock lock(mutex_);
        while (!ending_) {
            lock.unlock();
            action_();
            lock.lock();
            changed_.wait_for(lock, pause_, [this] { return ending_; });
        }
    }

    const std::chrono::microseconds pause_;
    const std::function<void()> action_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::thread thread_; ///< last: it uses all of the above
};

} // namespace kringwerk::app::watch
