// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/people/actions.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/form.hpp"

/// What can be done with the people of a centre or of the network, read from a form.
namespace kringwerk::people {

/// What a form brought about: a link to hand over, or nothing to show.
struct CrewDone {
    std::string code = {}; ///< of the link; empty: none
    PersonId person = {};  ///< whom it was about, for the way back
};
using CrewChange = std::function<Result<CrewDone>(Transaction&)>;

/// A form that was sent to the list of people, or to the page of one of them (`id`).
/// Refuses "people.no_such_task", "fields.wrong" with all that is missing, "people.role_needed".
Task<Result<CrewChange>> read_crew_change(const Visit& visit, PersonId id, const http::Form& form);

} // namespace kringwerk::people
