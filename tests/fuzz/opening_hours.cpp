// SPDX-License-Identifier: EUPL-1.2
// Opening hours as OpenStreetMap writes them.
#include "base/opening_hours.hpp"
#include "fuzz.hpp"

namespace kringwerk::fuzz {

void look_at(std::string_view text) {
    static const Day first = *parse_day("2027-12-27"); // through the new year and week 52
    static const Instant noon = local_time(first, 12 * 60);
    const auto hours = OpeningHours::parse(text);
    if (!hours) return promise(!hours.error().arguments.empty(), "a refusal says where");
    const auto again = OpeningHours::parse(hours->text());
    promise(again.has_value(), "what is written can be read");
    promise(*again == *hours, "what is written reads back as it was");
    const Holidays holidays;
    for (int i = 0; i < 8; ++i) {
        const Day day{first.number + i};
        for (const auto& span : hours->hours_of(day, holidays)) {
            promise(span.from < span.to, "a stretch of time ends after it begins");
            promise(span.state != OpenState::closed, "a stretch of time is never closed");
        }
    }
    const auto change = hours->next_change(noon, holidays);
    if (change) promise(change->at > noon, "a change is yet to come");
}

} // namespace kringwerk::fuzz
