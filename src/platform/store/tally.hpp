// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace kringwerk {

/// Commits are counted by how many functions they held: up to the first of these, up to the
/// second...
inline constexpr std::array<std::size_t, 10> batch_bounds{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

/// What the writers of a store did since it was opened, for whoever watches.
struct WriterCounts {
    std::size_t waiting = 0;     ///< functions that wait now
    std::uint64_t failed = 0;    ///< commits that the database did not take
    std::uint64_t functions = 0; ///< that the commits held
    /// Commits, by `batch_bounds`; the last one is for larger ones.
    std::array<std::uint64_t, batch_bounds.size() + 1> commits{};
};

/// Counts along with the writers. Safe from any thread.
class Tally {
  public:
    void committed(std::size_t functions) {
        std::size_t place = 0;
        while (place < batch_bounds.size() && functions > batch_bounds[place]) ++place;
        ++commits_[place];
        functions_ += functions;
    }
    void failed() { ++failed_; }
    WriterCounts counts(std::size_t waiting) const {
        WriterCounts counts{waiting, failed_, functions_, {}};
        for (std::size_t i = 0; i < commits_.size(); ++i) counts.commits[i] = commits_[i];
        return counts;
    }

  private:
    std::array<std::atomic<std::uint64_t>, batch_bounds.size() + 1> commits_{};
    std::atomic<std::uint64_t> functions_{0};
    std::atomic<std::uint64_t> failed_{0};
};

} // namespace kringwerk
