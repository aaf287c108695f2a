// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/pulse.hpp"

namespace kringwerk::ledger {

Pulse::Pulse(std::chrono::milliseconds time) : time_(time), thread_([this] { beat(); }) {}

Pulse::~Pulse() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

Pending<bool> Pulse::next_beat() {
    auto state = std::make_shared<Pending<bool>::State>();
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(state);
    changed_.notify_all();
    return Pending<bool>(std::move(state));
}

void Pulse::beat() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
        changed_.wait_for(lock, time_, [&] { return ending_; });
        const auto woken = std::exchange(waiting_, {});
        const bool last = ending_;
        lock.unlock();
        for (const auto& state : woken) state->finish(true);
        if (last) return;
        lock.lock();
    }
}

} // namespace kringwerk::ledger
