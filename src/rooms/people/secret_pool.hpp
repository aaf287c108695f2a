// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.hpp"

#include <functional>
#include <memory>
#include <string>

namespace kringwerk::people {

/// Does the dear work of passwords and PINs on few threads of its own with a short queue: a flood
/// of wrong passwords must not stop the counters.
class SecretPool {
  public:
    /// `threads` at once, `queue` more may wait.
    explicit SecretPool(int threads = 1, std::size_t queue = 32);
    ~SecretPool(); ///< finishes what waits
    SecretPool(const SecretPool&) = delete;
    SecretPool& operator=(const SecretPool&) = delete;

    /// Throws `Busy` when too many wait already: the server answers 503.
    Pending<bool> check(std::function<bool()> work);
    Pending<std::string> make(std::function<std::string()> work);

  private:
    struct Inside;
    template <class T> Pending<T> queue(std::function<T()> work);
    std::unique_ptr<Inside> inside_;
};

} // namespace kringwerk::people
