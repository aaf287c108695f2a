// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/store.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What runs by the clock. Each run happens once, also with several servers before one database:
/// who writes the moment of a run into the row of its job has that run.
namespace kringwerk::jobs {

struct Job {
    std::string name; ///< "backup"
    /// The newest moment, up to now, at which it was due. The same on every server.
    std::function<Instant(Instant now)> due;
    /// A refusal, or what it throws, is its fault.
    std::function<Result<void>(Instant due)> run;
    /// How long after a fault the same run is tried again.
    std::chrono::milliseconds again = std::chrono::hours(1);
};

/// What is known of a job.
struct State {
    Instant due_at;                  ///< the run that was taken last; 0: none yet
    Instant started_at;              ///< of that run
    std::optional<Instant> ended_at; ///< nothing: it runs
    Instant good_at;                 ///< start of the last run that went well; 0: none yet
    std::optional<Refusal> fault;    ///< of the last run
};
std::optional<State> state(Snapshot& view, std::string_view name);

/// How a run ended.
struct Outcome {
    Instant due;
    bool again = false; ///< the same run had failed before
    std::optional<Refusal> fault = {};
};

using Clock = std::function<Instant()>;

/// Runs a job when its turn is and no server has taken that run; else gives nothing. `runner` is a
/// name that no other process has. While it runs the row is touched each minute: who was not heard
/// of for five is thought gone, and another one takes the run over.
std::optional<Outcome> run_when_due(Store& store, const Job& job, const std::string& runner,
                                    const Clock& clock);

/// Looks every few seconds whether something is due, on a thread of its own.
class Runner {
  public:
    /// Told of each run that ended, on that thread.
    using Ended = std::function<void(const Job&, const Outcome&)>;

    /// `each_look` is called on it too, before each look.
    Runner(Store& store, std::vector<Job> jobs, Ended ended, std::function<void()> each_look = {},
           Clock clock = now);
    ~Runner(); ///< waits for the run at hand
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Times of the day on the clock of Amsterdam, "02:30 12:30". Nothing when it is no such list; an
/// empty text is an empty list.
std::optional<std::vector<int>> parse_times(std::string_view text);
/// The newest of these times up to now, 0 when there are none; and the first one after it.
Instant last_time(const std::vector<int>& times, Instant now);
std::optional<Instant> next_time(const std::vector<int>& times, Instant now);

} // namespace kringwerk::jobs
