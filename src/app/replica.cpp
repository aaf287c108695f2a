// SPDX-License-Identifier: EUPL-1.2
#include "app/replica.hpp"

#include "base/ensure.hpp"

namespace kringwerk::app {
namespace {

constexpr std::chrono::seconds left_alone{10};

} // namespace

std::shared_ptr<Store> Replica::copy() const {
    const std::scoped_lock lock(mutex_);
    if (copy_ || std::chrono::steady_clock::now() < again_) return copy_;
    again_ = std::chrono::steady_clock::now() + left_alone;
    try {
        auto opened = open_postgres_reading(url_); // refused while it lacks the newest tables
        if (opened) copy_ = std::move(*opened);
    } catch (const Breakdown&) {
        // Nobody answers there.
    }
    return copy_;
}

void Replica::leave_alone() const {
    const std::scoped_lock lock(mutex_);
    copy_.reset();
    again_ = std::chrono::steady_clock::now() + left_alone;
}

std::uint64_t Replica::version() const {
    if (const auto copy = this->copy()) {
        try {
            return copy->version();
        } catch (const Breakdown&) {
            leave_alone();
        }
    }
    return books_.version();
}

void Replica::enqueue(Strand, std::unique_ptr<detail::Work>) {
    throw Bug("a copy of the books is not written to");
}

void Replica::look(const std::function<void(Snapshot&)>& function) {
    const auto from = [&](Store& store) {
        store.read([&](Snapshot& view) {
            function(view);
            return true;
        });
    };
    if (const auto copy = this->copy()) {
        try {
            return from(*copy);
        } catch (const Breakdown&) {
            leave_alone();
        }
    }
    from(books_);
}

} // namespace kringwerk::app
