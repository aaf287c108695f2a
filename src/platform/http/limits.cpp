// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/limits.hpp"

#include "base/ensure.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kringwerk::http {
namespace {

constexpr std::chrono::minutes memory{1};
/// Beyond this many buckets nobody new is counted until the quiet ones are forgotten: a flood from
/// many addresses may not fill the memory.
constexpr std::size_t most_buckets = 100'000;

} // namespace

std::optional<int> RateLimits::take(std::size_t route, std::string_view peer, int per_minute,
                                    Clock::time_point now) {
    if (per_minute <= 0) return std::nullopt;
    const auto key = std::to_string(route) + " " + client_of(peer);
    const std::scoped_lock lock(mutex_);
    if (now - swept_ > memory) forget_the_quiet(now);
    auto found = buckets_.find(key);
    if (found == buckets_.end()) {
        if (buckets_.size() >= most_buckets) return std::nullopt;
        found = buckets_.emplace(key, Bucket{static_cast<double>(per_minute), now}).first;
    }
    auto& bucket = found->second;
    const double per_second = per_minute / 60.0;
    const double passed = std::chrono::duration<double>(now - bucket.filled).count();
    bucket.left = std::min<double>(per_minute, bucket.left + passed * per_second);
    bucket.filled = now;
    if (bucket.left >= 1) {
        bucket.left -= 1;
        return std::nullopt;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - bucket.left) / per_second)));
}

std::size_t RateLimits::remembered() const {
    const std::scoped_lock lock(mutex_);
    return buckets_.size();
}

/// After a minute of quiet a bucket is full again: the same as one that is not there.
void RateLimits::forget_the_quiet(Clock::time_point now) {
    swept_ = now;
    std::erase_if(buckets_, [&](const auto& entry) { return now - entry.second.filled > memory; });
}

bool Shares::take(const std::string& client, std::size_t amount) {
    if (amount == 0) return true;
    const std::scoped_lock lock(mutex_);
    const auto found = by_client_.find(client);
    const auto already = found == by_client_.end() ? 0 : found->second;
    // Subtracted, because a sum might overflow: what is held never exceeds what there is.
    if (amount > in_all_ - held_ || amount > per_client_ - already) return false;
    held_ += amount;
    by_client_[client] += amount;
    return true;
}

void Shares::give_back(const std::string& client, std::size_t amount) {
    if (amount == 0) return;
    const std::scoped_lock lock(mutex_);
    const auto found = by_client_.find(client);
    ensure(found != by_client_.end() && found->second >= amount, "only what was taken comes back");
    held_ -= amount;
    found->second -= amount;
    if (found->second == 0) by_client_.erase(found);
}

std::size_t Shares::held() const {
    const std::scoped_lock lock(mutex_);
    return held_;
}

std::string client_of(std::string_view peer) {
    const std::string text(peer);
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    std::array<char, INET6_ADDRSTRLEN> network{};
    inet_ntop(AF_INET6, bytes.data(), network.data(), network.size());
    return network.data();
}

} // namespace kringwerk::http
