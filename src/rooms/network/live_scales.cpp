// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/live_scales.hpp"

#include "rooms/network/live_reading.hpp"

#include <utility>

namespace kringwerk::network {
namespace {

devices::ScaleKey key_of(CentreId centre, int number) { return {centre.value, number}; }

devices::ScaleNews unreadable(Refusal refusal) {
    devices::ScaleNews news;
    news.state = devices::ScaleState::connected;
    news.since = now();
    news.lines.push_back({news.since, {}, std::move(refusal)});
    return news;
}

} // namespace

LiveScales::LiveScales(Store& store, LiveScalesOptions options)
    : store_(store),
      options_(options),
      beat_([this] { keep_beating(); }),
      scales_([this](devices::ScaleKey key) { wake(key); }, options.unasked) {}

LiveScales::~LiveScales() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        ending_changed_.notify_all();
    }
    beat_.join();
}

std::optional<Scale> LiveScales::in_use(devices::ScaleKey key) {
    const auto version = store_.version();
    {
        const std::scoped_lock lock(mutex_);
        const auto found = known_.find(key);
        if (found != known_.end() && found->second.version == version) return found->second.scale;
    }
    auto scale = store_.read([&](Snapshot& view) {
        return scale_in_use(view, CentreId{key.centre}, static_cast<int>(key.scale));
    });
    const std::scoped_lock lock(mutex_);
    // Numbers that the register lacks are not kept: anybody may ask for any.
    if (scale)
        known_[key] = {version, scale};
    else
        known_.erase(key);
    return scale;
}

std::optional<devices::ScaleNews> LiveScales::latest(CentreId centre, int number) {
    const auto key = key_of(centre, number);
    const auto scale = in_use(key);
    if (!scale) {
        scales_.remove(key);
        return std::nullopt;
    }
    auto options = scale_options(*scale);
    if (!options) return unreadable(std::move(options.error()));
    scales_.set(key, std::move(*options));
    return scales_.latest(key);
}

Pending<bool> LiveScales::next_change(CentreId centre, int number) {
    auto state = std::make_shared<Pending<bool>::State>();
    const std::scoped_lock lock(mutex_);
    waiting_[key_of(centre, number)].push_back(state);
    return Pending<bool>(std::move(state));
}

bool LiveScales::is_followed(CentreId centre, int number) const {
    return scales_.is_followed(key_of(centre, number));
}

void LiveScales::wake(devices::ScaleKey key) {
    Waiting woken;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = waiting_.find(key);
        if (found == waiting_.end()) return;
        woken.swap(found->second);
        waiting_.erase(found);
    }
    for (const auto& state : woken) state->finish(true);
}

void LiveScales::wake_all() {
    std::map<devices::ScaleKey, Waiting> woken;
    {
        const std::scoped_lock lock(mutex_);
        woken.swap(waiting_);
    }
    for (const auto& [key, waiting] : woken) {
        for (const auto& state : waiting) state->finish(true);
    }
}

void LiveScales::keep_beating() {
    for (bool last = false; !last;) {
        {
            std::unique_lock lock(mutex_);
            last = ending_changed_.wait_for(lock, options_.beat, [&] { return ending_; });
        }
        wake_all();
    }
}

} // namespace kringwerk::network
