// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/events.hpp"

#include "rooms/people/queries.hpp"

namespace kringwerk::people {

void note(Transaction& tx, const Event& event) {
    const Uuid<Event> id{new_uuid7(event.at)};
    tx.run(sql::insert_event, event.centre ? event.centre->value : 0, id, event.at, event.what,
           event.by, event.device, event.about_person, event.about);
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
