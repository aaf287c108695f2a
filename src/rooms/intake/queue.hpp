// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/openapi.hpp"
#include "platform/store/store.hpp"
#include "rooms/network/network.hpp"
#include "rooms/people/pages.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// How many cars wait before the gate. Somebody counts them now and then; each car that is booked
/// after a count is one less. Nothing of it stands in the books.
namespace kringwerk::intake {

/// What fits before any gate. More is a slip of the finger.
inline constexpr std::int64_t most_waiting = 200;

/// What somebody at the gate saw.
struct QueueCount {
    std::int64_t waiting = 0;
    Instant counted_at;
};

/// The queue of this moment.
struct Queue {
    std::int64_t waiting = 0;
    std::optional<Instant> counted_at; ///< empty: nobody counted today
    std::int64_t busiest_hour = 0;     ///< the most cars of today within sixty minutes
};

/// `cars`: when those of today were booked, in that order. A count of another day says nothing.
Queue queue_of(const std::optional<QueueCount>& count, std::span<const Instant> cars, Instant now);

/// About how long the last car waits when it goes as fast as in the busiest hour of today; above
/// ten minutes in steps of five. Empty without a queue, and with fewer than six cars in that hour:
/// those tell when people came, and not how fast a gate can go.
std::optional<std::int64_t> wait_minutes(std::int64_t waiting, std::int64_t busiest_hour);

Queue queue_now(Snapshot& view, CentreId centre, Instant now);
/// Keeps a count, unless a later one is there.
void keep_count(Transaction& tx, CentreId centre, const QueueCount& count, std::int64_t device);

/// GET and POST /api/v1/centres/{centre}/queue-counts, for registered devices of the centre. Both
/// answer with the queue of this moment. Refuses "ledger.not_json", "ledger.not_json_type",
/// "ledger.other_centre" and what `Fields` refuses.
http::Routes queue_routes(const people::Site& site);
std::vector<http::SchemaDoc> queue_schemas();

} // namespace kringwerk::intake
