// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/gate_report.hpp"

#include <algorithm>

namespace kringwerk::intake {
namespace {

void add_car(GateReport& report, const KeptVisit& kept) {
    ++report.cars;
    auto& hour = report.hours[local_minutes(kept.at) / 60];
    ++hour.cars;
    for (const auto& line : kept.visit.lines) {
        report.all.add(line.weighing);
        report.lanes[line.lane].add(line.weighing);
        report.streams[line.stream][line.lane].add(line.weighing);
        hour.grams += line.weighing.grams;
    }
}

std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
    if (values.empty()) return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool needs_a_look(const people::Device& device) {
    return !device.blocked_at && (device.waiting > 0 || device.missing() > 0 || device.wiped_at);
}

} // namespace

GateReport report_of(const std::vector<KeptVisit>& visits,
                     const std::vector<KeptRefusal>& refusals) {
    GateReport report;
    std::vector<std::int64_t> took;
    for (const auto& kept : visits) {
        if (kept.undone_at) {
            ++report.undone;
            continue;
        }
        add_car(report, kept);
        if (kept.visit.took_ms > 0) took.push_back(kept.visit.took_ms);
    }
    for (const auto& kept : refusals) {
        if (kept.undone_at) continue;
        report.refused[kept.refusal.reason].push_back(kept.at);
        ++report.refusals;
    }
    report.usual_ms = median(std::move(took));
    return report;
}

Waiting waiting_of(Snapshot& view, CentreId centre, const GatePeriod& period) {
    constexpr std::int64_t most_refused = 50;
    Waiting waiting;
    waiting.tickets = open_tickets(view, centre);
    for (auto& device : people::devices(view, centre)) {
        if (needs_a_look(device)) waiting.devices.push_back(std::move(device));
    }
    waiting.refused = ledger::refused_actions(view, centre, true, most_refused);
    for (const auto& line : ledger::equation(view, centre, period.first, period.last)) {
        if (line.stream == ledger::no_key) waiting.unexplained = line.unexplained;
    }
    return waiting;
}

} // namespace kringwerk::intake
