// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kringwerk::http {

using Clock = std::chrono::steady_clock;

/// Counts who asks how often. Each client address has a bucket per route: it holds as many requests
/// as a minute allows and fills evenly. Safe from any thread; forgets who was quiet for a minute.
class RateLimits {
  public:
    /// Takes one request out of the bucket. Nothing: go on. Else the seconds until the next one.
    std::optional<int> take(std::size_t route, std::string_view peer, int per_minute,
                            Clock::time_point now);
    std::size_t remembered() const;

  private:
    struct Bucket {
        double left = 0;
        Clock::time_point filled;
    };
    void forget_the_quiet(Clock::time_point now);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
    Clock::time_point swept_;
};

/// Something of which there is only so much, such as room for bodies: counts who holds how much of
/// it, so that one client takes a part of it and leaves the rest to others. Safe from any thread.
class Shares {
  public:
    Shares(std::size_t in_all, std::size_t per_client) : in_all_(in_all), per_client_(per_client) {}

    /// False when there is no room for `amount` more, of that client or at all; then it holds what
    /// it held.
    bool take(const std::string& client, std::size_t amount);
    void give_back(const std::string& client, std::size_t amount);
    std::size_t held() const;

  private:
    const std::size_t in_all_;
    const std::size_t per_client_;
    mutable std::mutex mutex_;
    std::size_t held_ = 0;
    std::unordered_map<std::string, std::size_t> by_client_; ///< none that holds nothing
};

/// Who counts as one client: an address, but of IPv6 the half that names the network, because a
/// client may pick the other half anew for each request.
std::string client_of(std::string_view peer);

} // namespace kringwerk::http
