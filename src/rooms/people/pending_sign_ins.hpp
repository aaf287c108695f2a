// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "base/time.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace kringwerk::people {

/// Those who gave the right password and still owe the code of their second step. Kept in memory
/// for a few minutes, so that no page holds a password. Safe from any thread.
class PendingSignIns {
  public:
    static constexpr std::int64_t lives_ms = 5 * 60'000;
    static constexpr std::size_t most = 500; ///< the oldest make room

    struct Waiting {
        std::string email;
        std::string password_hash; ///< what was compared with
        Instant ends_at;
    };
    /// A text that nobody guesses, for a hidden field.
    std::string add(std::string_view email, std::string_view password_hash, Instant now);
    std::optional<Waiting> find(std::string_view key, Instant now) const;
    void remove(std::string_view key);

  private:
    mutable std::mutex mutex_;
    std::map<Digest, Waiting> waiting_;
};

} // namespace kringwerk::people
