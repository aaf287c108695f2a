// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"
#include "rooms/people/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The trail of what was done with accounts, rights, devices and exports.
namespace kringwerk::people {

struct Event {
    std::optional<CentreId> centre; ///< nothing: the network
    Instant at;
    std::string what; ///< "signed-in"; text "event.<what>"
    PersonId by;
    std::int64_t device = 0;
    PersonId about_person = {};
    std::string about = {}; ///< a role, a device, an export; never the name of a person
};

void note(Transaction& tx, const Event& event);
/// Notes that somebody took data out: `what` names the export, for example "ords". A centre, or
/// nothing when it held all centres.
void note_export(Transaction& tx, const Caller& by, std::optional<CentreId> centre,
                 std::string_view what, Instant now);
/// Newest first.
std::vector<Event> events(Snapshot& view, std::optional<CentreId> centre, std::int64_t most);

} // namespace kringwerk::people
