// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/watch.hpp"

#include "platform/mail/mail.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kringwerk::app::keep {
namespace {

constexpr std::chrono::seconds fresh(30);

bool is_fresh(std::chrono::steady_clock::time_point since) {
    return since != std::chrono::steady_clock::time_point{} &&
           std::chrono::steady_clock::now() - since < fresh;
}

void take_newer(std::optional<Instant>& last, Instant moment) {
    if (moment.ms > 0 && (!last || *last < moment)) last = moment;
}

} // namespace

Result<Schedule> schedule_of(const cli::Settings& settings) {
    const auto& text = settings.text("backup_times");
    const auto times = jobs::parse_times(text);
    if (!times) return refuse("backup.wrong_times", {{"given", text}});
    const auto& server = settings.text("smtp_url");
    if (!server.empty() && settings.text("mail_from").empty()) return refuse("mail.no_sender");
    return Schedule{settings.text("backup_folder"), !settings.text("backup_key").empty(), *times,
                    server};
}

std::optional<Instant> moment_of(std::string_view id) {
    if (id.size() != 15 || id[8] != '-') return std::nullopt;
    return parse_instant(fmt::format("{}-{}-{}T{}:{}:{}Z", id.substr(0, 4), id.substr(4, 2),
                                     id.substr(6, 2), id.substr(9, 2), id.substr(11, 2),
                                     id.substr(13, 2)));
}

void Watch::look_into_folder(Look look) {
    if (schedule_.folder.empty() || (look == Look::now_and_then && is_fresh(looked_))) return;
    auto ids = backup::ids(schedule_.folder);
    std::ranges::reverse(ids);
    looked_ = std::chrono::steady_clock::now();
    const std::scoped_lock lock(mutex_);
    ids_ = std::move(ids);
}

Standing Watch::standing(Instant now) const {
    Standing found;
    {
        const std::scoped_lock lock(mutex_);
        found.ids = ids_;
    }
    const auto row = store_.read([&](Snapshot& view) {
        found.mail_fault = mail::last_fault(view);
        return jobs::state(view, backup_job);
    });
    if (row) {
        take_newer(found.last_good, row->good_at);
        found.running = !row->ended_at;
        found.fault = row->fault;
    }
    // One that was made by hand is a good one too.
    for (const auto& id : found.ids) {
        if (const auto moment = moment_of(id)) take_newer(found.last_good, *moment);
    }
    if (found.fault && found.last_good && row->ended_at && *row->ended_at < *found.last_good) {
        found.fault.reset();
    }
    if (!schedule_.runs()) {
        found.fault.reset();
        return found;
    }
    found.next = jobs::next_time(schedule_.times, now);
    const auto due = jobs::last_time(schedule_.times, Instant{now.ms - patience.count()});
    const bool at_it = found.running && row->started_at > Instant{now.ms - patience.count()};
    found.missed = row && !at_it && (!found.last_good || *found.last_good < due);
    return found;
}

bool Watch::alarming(Instant now) const {
    {
        const std::scoped_lock lock(mutex_);
        if (is_fresh(asked_)) return alarming_;
    }
    const bool alarm = standing(now).alarming();
    const std::scoped_lock lock(mutex_);
    alarming_ = alarm;
    asked_ = std::chrono::steady_clock::now();
    return alarm;
}

} // namespace kringwerk::app::keep
