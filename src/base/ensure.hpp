// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace kringwerk {

/// A promise of our own code was broken. The request that met it fails; the others go on.
struct Bug : std::logic_error {
    using std::logic_error::logic_error;
};

/// Nobody asked for this: disk full, connection lost, file unreadable. Destructors roll back; only
/// the HTTP edge, the command line and the job runner catch it.
struct Breakdown : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Too much waits already: the same request may succeed in a moment.
struct Busy : Breakdown {
    explicit Busy(const std::string& what, int retry_s = 1)
        : Breakdown(what), retry_after_s(retry_s) {}
    int retry_after_s;
};

/// Throws `Bug` when a promise does not hold. `promise` says what should have been true.
constexpr void ensure(bool holds, std::string_view promise) {
    if (!holds) throw Bug("broken promise: " + std::string(promise));
}

} // namespace kringwerk
