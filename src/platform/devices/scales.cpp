// SPDX-License-Identifier: EUPL-1.2
#include "platform/devices/scales.hpp"

#include <utility>

namespace kringwerk::devices {

// A scale always ends outside the lock: its thread may at that moment call `on_change`, and that
// may ask for a weight.

Scales::Scales(OnChange on_change, Milliseconds unasked)
    : on_change_(std::move(on_change)), unasked_(unasked), keeper_([this] { let_go(); }) {}

Scales::~Scales() {
    std::map<ScaleKey, Entry> ended;
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        ending_changed_.notify_all();
        ended.swap(entries_);
    }
    keeper_.join();
}

void Scales::set(ScaleKey key, ScaleOptions options) {
    std::unique_ptr<Scale> ended;
    const std::scoped_lock lock(mutex_);
    auto& entry = entries_[key];
    if (entry.options == options) return;
    entry.options = std::move(options);
    ended = std::move(entry.scale);
}

void Scales::remove(ScaleKey key) {
    std::unique_ptr<Scale> ended;
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    ended = std::move(found->second.scale);
    entries_.erase(found);
}

std::optional<ScaleNews> Scales::latest(ScaleKey key) {
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return std::nullopt;
    auto& entry = found->second;
    entry.asked = Clock::now();
    if (!entry.scale) {
        std::function<void()> tell;
        if (on_change_) tell = [this, key] { on_change_(key); };
        entry.scale = std::make_unique<Scale>(entry.options, std::move(tell));
    }
    return entry.scale->latest();
}

bool Scales::is_followed(ScaleKey key) const {
    const std::scoped_lock lock(mutex_);
    const auto found = entries_.find(key);
    return found != entries_.end() && found->second.scale;
}

void Scales::let_go() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        ending_changed_.wait_for(lock, unasked_ / 4, [&] { return ending_; });
        auto ended = take_unasked(Clock::now());
        lock.unlock();
        ended.clear();
        lock.lock();
    }
}

std::vector<std::unique_ptr<Scale>> Scales::take_unasked(Clock::time_point now) {
    std::vector<std::unique_ptr<Scale>> taken;
    for (auto& [key, entry] : entries_) {
        const bool rests = entry.scale && now - entry.asked > unasked_;
        if (rests) taken.push_back(std::move(entry.scale));
    }
    return taken;
}

} // namespace kringwerk::devices
