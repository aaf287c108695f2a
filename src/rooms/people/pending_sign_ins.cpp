// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/pending_sign_ins.hpp"

#include "rooms/people/secrets.hpp"

#include <algorithm>

namespace kringwerk::people {

std::string PendingSignIns::add(std::string_view email, std::string_view password_hash,
                                Instant now) {
    auto key = new_key("kwp");
    const std::scoped_lock lock(mutex_);
    std::erase_if(waiting_, [now](const auto& each) { return each.second.ends_at <= now; });
    if (waiting_.size() >= most) {
        waiting_.erase(std::min_element(waiting_.begin(), waiting_.end(),
                                        [](const auto& left, const auto& right) {
                                            return left.second.ends_at < right.second.ends_at;
                                        }));
    }
    waiting_[sha256(key)] = {std::string(email), std::string(password_hash),
                             Instant{now.ms + lives_ms}};
    return key;
}

std::optional<PendingSignIns::Waiting> PendingSignIns::find(std::string_view key,
                                                            Instant now) const {
    const std::scoped_lock lock(mutex_);
    const auto found = waiting_.find(sha256(key));
    if (found == waiting_.end() || found->second.ends_at <= now) return std::nullopt;
    return found->second;
}

void PendingSignIns::remove(std::string_view key) {
    const std::scoped_lock lock(mutex_);
    waiting_.erase(sha256(key));
}

} // namespace kringwerk::people
