// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/keep/keep.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/store/store.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kringwerk::app::keep {

/// What the settings say of backups and of the mail about them.
struct Schedule {
    std::string folder = {};      ///< empty: no backups are made
    bool sealed = false;          ///< they are encrypted
    std::vector<int> times = {};  ///< minutes of the day; none: never by itself
    std::string mail_server = {}; ///< empty: no mail goes out
    bool runs() const { return !folder.empty() && !times.empty(); }
};
/// Refuses "backup.wrong_times" and "mail.no_sender".
Result<Schedule> schedule_of(const cli::Settings& settings);

/// How the backups stand.
struct Standing {
    std::optional<Instant> last_good;
    std::optional<Instant> next;
    bool running = false;
    bool missed = false;          ///< the last one is two hours over time, or at it for so long
    std::optional<Refusal> fault; ///< of the last run
    std::vector<std::string> ids; ///< what is in the folder, newest first
    std::optional<std::string> mail_fault;

    bool alarming() const { return fault || missed; }
};

/// The name of the job in jobs_job.
inline constexpr std::string_view backup_job = "backup";
/// After its time a backup may take so long before it is missed.
inline constexpr std::chrono::milliseconds patience = std::chrono::hours(2);

/// When the backup was made whose file is called "20270312-023000"; nothing for another name.
std::optional<Instant> moment_of(std::string_view id);

enum class Look { now_and_then, at_once };

/// Follows how the backups stand, for pages that must not wait for a slow disk.
class Watch {
  public:
    explicit Watch(Store& store) : store_(store) {}
    /// Before the first request.
    void follow(Schedule schedule) { schedule_ = std::move(schedule); }
    const Schedule& schedule() const { return schedule_; }

    /// Looks into the folder with backups, at most twice a minute unless `at_once`. On a thread
    /// that may wait: the folder may be far away.
    void look_into_folder(Look look = Look::now_and_then);
    Standing standing(Instant now) const;
    /// Whether somebody must be warned; asks the database at most twice a minute.
    bool alarming(Instant now) const;

  private:
    Store& store_;
    Schedule schedule_;
    mutable std::mutex mutex_;
    std::vector<std::string> ids_;
    std::chrono::steady_clock::time_point looked_{};
    mutable bool alarming_ = false;
    mutable std::chrono::steady_clock::time_point asked_{};
};

} // namespace kringwerk::app::keep
