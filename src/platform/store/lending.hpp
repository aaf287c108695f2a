// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace kringwerk {

/// Connections that are lent one at a time, at most so many at once; who comes later waits.
template <class Connection> class Lending {
  public:
    explicit Lending(std::size_t most) : most_(most) {}

    /// Goes back at the end of its scope. `connection` is null when none was idle: the borrower
    /// makes one. One that is broken is reset and so not lent again.
    struct Loan {
        Lending& from;
        std::unique_ptr<Connection> connection;

        Loan(Lending& lender, std::unique_ptr<Connection> lent)
            : from(lender), connection(std::move(lent)) {}
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        ~Loan() { from.take_back(std::move(connection)); }
    };

    Loan borrow() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return lent_ < most_; });
        ++lent_;
        if (idle_.empty()) return {*this, nullptr};
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return {*this, std::move(connection)};
    }

  private:
    void take_back(std::unique_ptr<Connection> connection) {
        const std::scoped_lock lock(mutex_);
        --lent_;
        if (connection) idle_.push_back(std::move(connection));
        returned_.notify_one();
    }

    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t lent_ = 0;
};

} // namespace kringwerk
