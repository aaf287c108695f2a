// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/queue.hpp"

#include "rooms/intake/queries.hpp"

#include <algorithm>

namespace kringwerk::intake {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t fewest_in_hour = 6;

std::int64_t most_within_an_hour(std::span<const Instant> cars) {
    std::int64_t most = 0;
    std::size_t first = 0;
    for (std::size_t last = 0; last < cars.size(); ++last) {
        while (cars[last].ms - cars[first].ms >= hour_ms) ++first;
        most = std::max(most, static_cast<std::int64_t>(last - first + 1));
    }
    return most;
}

} // namespace

Queue queue_of(const std::optional<QueueCount>& count, std::span<const Instant> cars, Instant now) {
    Queue queue;
    queue.busiest_hour = most_within_an_hour(cars);
    if (!count || local_day(count->counted_at) != local_day(now)) return queue;
    const auto after = std::upper_bound(cars.begin(), cars.end(), count->counted_at);
    const auto booked = static_cast<std::int64_t>(cars.end() - after);
    queue.waiting = std::max<std::int64_t>(0, count->waiting - booked);
    queue.counted_at = count->counted_at;
    return queue;
}

std::optional<std::int64_t> wait_minutes(std::int64_t waiting, std::int64_t busiest_hour) {
    if (waiting <= 0 || busiest_hour < fewest_in_hour) return std::nullopt;
    const auto rounded_up = [](std::int64_t value, std::int64_t step) {
        return (value + step - 1) / step;
    };
    const auto minutes = rounded_up(waiting * 60, busiest_hour);
    return minutes <= 10 ? minutes : rounded_up(minutes, 5) * 5;
}

Queue queue_now(Snapshot& view, CentreId centre, Instant now) {
    const auto read = [](Row row) { return QueueCount{row.integer(0), row.instant(1)}; };
    const auto count = view.first(sql::queue_count, read, centre);
    std::vector<Instant> cars;
    for (const auto row : view.rows(sql::cars_of_day, centre, local_day(now))) {
        cars.push_back(row.instant(0));
    }
    return queue_of(count, cars, now);
}

void keep_count(Transaction& tx, CentreId centre, const QueueCount& count, std::int64_t device) {
    tx.run(sql::save_queue_count, centre, count.waiting, count.counted_at, device);
}

} // namespace kringwerk::intake
