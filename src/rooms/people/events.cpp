// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/events.hpp"

#include "rooms/people/queries.hpp"

namespace kringwerk::people {
namespace {

/// An id after `newest`, also within one millisecond or when the clock went back: the trail is read
/// in the order in which it was written.
Uuid<Event> id_after(const std::optional<Uuid<Event>>& newest, Instant at) {
    const Uuid<Event> id{new_uuid7(at)};
    if (!newest || *newest < id) return id;
    auto next = *newest;
    auto byte = next.bytes.rbegin();
    while (++*byte == 0) ++byte; // the last bytes are random: the carry stays among them
    return next;
}

} // namespace

void note(Transaction& tx, const Event& event) {
    const auto centre = event.centre ? event.centre->value : 0;
    const auto newest = tx.first(
        sql::newest_event, [](Row row) { return row.uuid<Event>(0); }, centre);
    const auto id = id_after(newest, event.at);
    tx.run(sql::insert_event, centre, id, event.at, event.what, event.by, event.device,
           event.about_person, event.about);
}

void note_export(Transaction& tx, const Caller& by, std::optional<CentreId> centre,
                 std::string_view what, Instant now) {
    Event event{centre, now, "exported", by.person, by.device};
    event.about = what;
    note(tx, event);
}

std::vector<Event> events(Snapshot& view, std::optional<CentreId> centre, std::int64_t most) {
    std::vector<Event> found;
    for (const auto row : view.rows(sql::events_of_centre, centre ? centre->value : 0, most)) {
        found.push_back({centre,
                         row.instant(0),
                         std::string(row.text(1)),
                         {row.integer(2)},
                         row.integer(3),
                         {row.integer(4)},
                         std::string(row.text(5))});
    }
    return found;
}

} // namespace kringwerk::people
