// SPDX-License-Identifier: EUPL-1.2
#include "app/doctor/doctor.hpp"

#include <sys/timex.h>

#include <array>
#include <cstdlib>

namespace kringwerk::app::doctor {
namespace {

constexpr std::int64_t minute_ms = 60'000;

/// Whether the system says that something keeps its clock right.
bool is_synchronised() {
    timex state{};
    return adjtimex(&state) != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

void look_at_clock(Visit& visit) {
    constexpr std::int64_t allowed_ms = 5 * minute_ms;
    if (visit.last_booked && visit.last_booked->ms > visit.now.ms + allowed_ms) {
        const auto ahead = (visit.last_booked->ms - visit.now.ms) / minute_ms;
        visit.findings.push_back(
            {Grade::wrong,
             "clock_behind",
             {{"now", format_instant(visit.now)}, {"booked", format_instant(*visit.last_booked)}},
             std::to_string(ahead)});
    } else if (!is_synchronised()) {
        visit.findings.push_back(
            {Grade::warning, "clock_alone", {{"now", format_instant(visit.now)}}});
    } else {
        visit.findings.push_back({Grade::fine, "clock_right"});
    }
}

/// What the clock in Amsterdam showed at a moment in UTC, for moments whose answer is known.
void look_at_zone(Visit& visit) {
    struct Known {
        std::string_view moment;
        int minutes;
    };
    constexpr std::array known{
        Known{"2026-01-15T10:00:00Z", 11 * 60}, Known{"2026-07-15T10:00:00Z", 12 * 60},
        Known{"2026-03-29T00:59:00Z", 1 * 60 + 59}, Known{"2026-03-29T01:00:00Z", 3 * 60}};
    try {
        for (const auto& [moment, minutes] : known) {
            if (local_minutes(parse_instant(moment).value()) != minutes) {
                return visit.findings.push_back({Grade::wrong, "zone_wrong"});
            }
        }
        visit.findings.push_back({Grade::fine, "zone_right"});
    } catch (const std::exception& broke) {
        visit.findings.push_back({Grade::wrong, "zone_absent", {{"why", broke.what()}}});
    }
}

} // namespace

void look_at_machine(Visit& visit) {
    look_at_clock(visit);
    look_at_zone(visit);
}

} // namespace kringwerk::app::doctor
