// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "platform/jobs/jobs.hpp"

#include <algorithm>

namespace kringwerk::jobs {
namespace {

std::optional<int> parse_time(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = parse_whole(text.substr(0, 2));
    const auto minutes = parse_whole(text.substr(3));
    const bool fits =
        hours && minutes && *hours >= 0 && *hours < 24 && *minutes >= 0 && *minutes < 60;
    if (!fits) return std::nullopt;
    return static_cast<int>(*hours * 60 + *minutes);
}

/// All of them from yesterday to tomorrow.
std::vector<Instant> around(const std::vector<int>& times, Instant now) {
    std::vector<Instant> moments;
    for (int days = -1; days <= 1; ++days) {
        for (const int minutes : times) {
            moments.push_back(local_time(day_after(local_day(now), days), minutes));
        }
    }
    std::ranges::sort(moments);
    return moments;
}

} // namespace

std::optional<std::vector<int>> parse_times(std::string_view text) {
    std::vector<int> times;
    for (const auto part : split(text, ' ')) {
        if (part.empty()) continue;
        const auto time = parse_time(part);
        if (!time) return std::nullopt;
        times.push_back(*time);
    }
    return times;
}

Instant last_time(const std::vector<int>& times, Instant now) {
    Instant last;
    for (const auto moment : around(times, now)) {
        if (moment <= now) last = moment;
    }
    return last;
}

std::optional<Instant> next_time(const std::vector<int>& times, Instant now) {
    for (const auto moment : around(times, now)) {
        if (moment > now) return moment;
    }
    return std::nullopt;
}

} // namespace kringwerk::jobs
