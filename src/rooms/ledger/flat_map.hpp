// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace kringwerk::ledger {

inline std::uint64_t scatter(std::uint64_t bits) {
    bits = (bits ^ (bits >> 31)) * 0x9E3779B97F4A7C15U;
    bits = (bits ^ (bits >> 29)) * 0xBF58476D1CE4E5B9U;
    return bits ^ (bits >> 32);
}
template <std::size_t size> std::uint64_t scatter(const std::array<std::uint64_t, size>& key) {
    std::uint64_t hash = 0;
    for (const auto part : key) hash = scatter(hash + part);
    return hash;
}

/// A map that only grows, in one piece of memory: `verify` looks in it for every transfer.
template <class Key, class Value> class FlatMap {
  public:
    /// The value of `key`, made empty when it was not there.
    Value& operator[](const Key& key) {
        if (used_ * 2 >= slots_.size()) grow();
        auto& slot = slot_of(key);
        if (!slot.used) {
            slot = {key, Value{}, true};
            ++used_;
        }
        return slot.value;
    }
    const Value* find(const Key& key) const {
        if (slots_.empty()) return nullptr;
        const auto& slot = const_cast<FlatMap*>(this)->slot_of(key);
        return slot.used ? &slot.value : nullptr;
    }
    std::size_t size() const { return used_; }
    std::vector<std::pair<Key, Value>> entries() const {
        std::vector<std::pair<Key, Value>> all;
        all.reserve(used_);
        for (const auto& slot : slots_) {
            if (slot.used) all.emplace_back(slot.key, slot.value);
        }
        return all;
    }

  private:
    struct Slot {
        Key key{};
        Value value{};
        bool used = false;
    };

    Slot& slot_of(const Key& key) {
        const auto mask = slots_.size() - 1;
        auto at = scatter(key) & mask;
        while (slots_[at].used && slots_[at].key != key) at = (at + 1) & mask;
        return slots_[at];
    }
    void grow() {
        std::vector<Slot> before(slots_.empty() ? 64 : slots_.size() * 2);
        before.swap(slots_);
        for (auto& slot : before) {
            if (slot.used) slot_of(slot.key) = std::move(slot);
        }
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

} // namespace kringwerk::ledger
