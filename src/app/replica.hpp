// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

namespace kringwerk::app {

/// A copy of the books that PostgreSQL follows on another machine, for pages that may be a moment
/// behind. While it cannot be reached, the books themselves answer.
class Replica final : public Store {
  public:
    Replica(Store& books, std::string url) : books_(books), url_(std::move(url)) {}

    std::uint64_t version() const override;
    WriterCounts writer_counts() const override { return {}; } // it writes nothing

  protected:
    void enqueue(Strand strand, std::unique_ptr<detail::Work> work) override;
    void look(const std::function<void(Snapshot&)>& function) override;

  private:
    /// Nothing while it is left alone after it failed.
    std::shared_ptr<Store> copy() const;
    void leave_alone() const;

    Store& books_;
    std::string url_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<Store> copy_;
    mutable std::chrono::steady_clock::time_point again_{}; ///< not asked before
};

} // namespace kringwerk::app
