// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sums.hpp"

#include "base/ensure.hpp"

#include <algorithm>

namespace kringwerk {

std::size_t Sums::HashKey::operator()(const SumKey& key) const {
    std::uint64_t hash = 0x9E3779B97F4A7C15U;
    for (const auto part : key) {
        hash = (hash ^ static_cast<std::uint64_t>(part)) * 0xBF58476D1CE4E5B9U;
        hash ^= hash >> 29;
    }
    return hash;
}

Sums::Pending& Sums::pending_of(const SumTable& table) {
    for (auto& known : tables_) {
        if (known.table == &table) return known;
    }
    ensure(tables_.size() < 64, "there are fewer than 64 tables of sums");
    return tables_.emplace_back(Pending{&table, {}, {}, {}});
}

void Sums::merge(Merged& into, const SumKey& key, const SumAmounts& amounts) {
    auto& sums = into[key];
    for (std::size_t i = 0; i < sums.size(); ++i) {
        ensure(!__builtin_add_overflow(sums[i], amounts[i], &sums[i]), "a sum fits in 64 bits");
    }
}

void Sums::add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) {
    pending_of(table).own.emplace_back(key, amounts);
    ++pending_;
}

void Sums::keep() {
    for (auto& known : tables_) {
        for (const auto& [key, amounts] : known.own) merge(known.batch, key, amounts);
        known.own.clear();
        known.written.clear();
    }
}

void Sums::drop() {
    for (auto& known : tables_) {
        for (const auto& [key, amounts] : known.written) merge(known.batch, key, amounts);
        pending_ += known.written.size();
        known.written.clear();
        pending_ -= known.own.size();
        known.own.clear();
    }
}

void Sums::clear() {
    for (auto& known : tables_) {
        known.batch.clear();
        known.own.clear();
        known.written.clear();
    }
    pending_ = 0;
}

std::uint64_t Sums::tables_named_in(std::string_view sql) const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        if (sql.find(tables_[i].table->name) != sql.npos) bits |= std::uint64_t{1} << i;
    }
    return bits;
}

std::uint64_t Sums::pending_tables() const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        if (!tables_[i].batch.empty() || !tables_[i].own.empty()) bits |= std::uint64_t{1} << i;
    }
    return bits;
}

void Sums::flush(std::uint64_t bits, const Write& write) {
    std::vector<std::pair<SumKey, SumAmounts>> rows;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        auto& known = tables_[i];
        if ((bits >> i & 1) == 0) continue;
        auto merged = known.batch;
        for (const auto& [key, amounts] : known.own) merge(merged, key, amounts);
        rows.assign(merged.begin(), merged.end());
        std::sort(rows.begin(), rows.end());
        for (const auto& [key, amounts] : rows) write(*known.table, key, amounts);
        for (const auto& [key, amounts] : known.batch) merge(known.written, key, amounts);
        known.batch.clear();
        known.own.clear();
    }
    pending_ = 0;
    for (const auto& known : tables_) pending_ += known.batch.size() + known.own.size();
}

} // namespace kringwerk
