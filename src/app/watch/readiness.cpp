// SPDX-License-Identifier: EUPL-1.2
#include "app/watch/readiness.hpp"

#include "app/queries.hpp"

#include <sys/statvfs.h>

namespace kringwerk::app::watch {

Readiness::Readiness(Store& store, ReadinessOptions options)
    : store_(store), options_(std::move(options)), every_(options_.every, [this] { look(); }) {
    std::unique_lock lock(mutex_);
    first_.wait_for(lock, options_.patience, [this] { return seen_.has_value(); });
}

std::optional<Refusal> Readiness::trouble() const {
    const std::scoped_lock lock(mutex_);
    const bool waits = looking_since_ && Clock::now() - *looking_since_ > options_.patience;
    if (waits || !seen_) return Refusal{"watch.slow", {}, {}};
    return seen_->trouble;
}

void Readiness::look() {
    {
        const std::scoped_lock lock(mutex_);
        looking_since_ = Clock::now();
    }
    auto seen = look_at_disk();
    if (!seen.trouble) seen = look_at_books();
    const auto code = [](const Seen& one) { return one.trouble ? one.trouble->code : ""; };
    bool changed = false;
    {
        const std::scoped_lock lock(mutex_);
        looking_since_.reset();
        changed = code(seen_.value_or(Seen{})) != code(seen);
        seen_ = seen;
    }
    first_.notify_all();
    if (changed && options_.on_change) options_.on_change(seen.trouble, seen.why);
}

Readiness::Seen Readiness::look_at_disk() const {
    if (options_.disk.empty()) return {};
    struct statvfs disk {};
    if (statvfs(options_.disk.c_str(), &disk) != 0) {
        return {Refusal{"watch.not_read", {}, {}}, "the folder of the books is not there"};
    }
    if ((disk.f_flag & ST_RDONLY) != 0) return {Refusal{"watch.disk_fixed", {}, {}}, "read only"};
    const auto free = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
    if (free >= options_.least_free) return {};
    return {Refusal{"watch.disk_full", {}, {}}, std::to_string(free) + " bytes are free"};
}

/// A look that is queued behind what others write, as long as it takes; see `patience`.
Readiness::Seen Readiness::look_at_books() const {
    try {
        const auto ask = [](Transaction& tx) { return tx.number(sql::may_write) == 1; };
        if (!store_.write(ask).get()) {
            return {Refusal{"watch.not_written", {}, {}}, "the database takes no writes"};
        }
    } catch (const std::exception& broke) {
        return {Refusal{"watch.not_written", {}, {}}, broke.what()};
    }
    try {
        store_.read([](Snapshot& view) { return view.number(sql::newest_migration); });
    } catch (const std::exception& broke) {
        return {Refusal{"watch.not_read", {}, {}}, broke.what()};
    }
    return {};
}

} // namespace kringwerk::app::watch
