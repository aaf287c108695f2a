// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/jobs.hpp"

#include "platform/jobs/queries.hpp"

#include <boost/json.hpp>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace kringwerk::jobs {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds look_every = std::chrono::seconds(2);
constexpr milliseconds touch_every = std::chrono::minutes(1);
constexpr std::int64_t gone_after_ms = 5 * 60 * 1000;

std::string format_fault(const std::optional<Refusal>& fault) {
    if (!fault) return {};
    json::array arguments;
    for (const auto& [name, value] : fault->arguments) {
        arguments.push_back(json::array{name, value});
    }
    return json::serialize(json::object{{"code", fault->code}, {"arguments", arguments}});
}

std::optional<Refusal> parse_fault(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const auto body = json::parse(text).as_object();
    Refusal fault{std::string(body.at("code").as_string()), {}, {}};
    for (const auto& pair : body.at("arguments").as_array()) {
        fault.arguments.emplace_back(pair.at(0).as_string(), pair.at(1).as_string());
    }
    return fault;
}

/// Sleeps until it is told to stop.
class Stopping {
  public:
    void stop() {
        const std::scoped_lock lock(mutex_);
        stopped_ = true;
        changed_.notify_all();
    }
    /// False: stop.
    bool sleep(milliseconds time) {
        std::unique_lock lock(mutex_);
        return !changed_.wait_for(lock, time, [this] { return stopped_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopped_ = false;
};

/// Says each minute that a run is still going on.
class Heartbeat {
  public:
    Heartbeat(Store& store, const std::string& job, const std::string& runner, const Clock& clock)
        : thread_([this, &store, &job, &runner, &clock] {
              while (stopping_.sleep(touch_every)) {
                  try {
                      const auto touch = [&](Transaction& tx) {
                          return tx.changed(sql::keep_job, job, runner, clock());
                      };
                      store.write(touch).get();
                  } catch (const std::exception&) {
                      // The database is away for a moment: the next minute is early enough.
                  }
              }
          }) {}
    ~Heartbeat() {
        stopping_.stop();
        thread_.join();
    }
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

  private:
    Stopping stopping_;
    std::thread thread_;
};

std::optional<Refusal> fault_of_run(const Job& job, Instant due) {
    try {
        const auto ran = job.run(due);
        return ran ? std::nullopt : std::optional(ran.error());
    } catch (const std::exception& broke) {
        return Refusal{"jobs.broke", {{"what", broke.what()}}, {}};
    }
}

/// Whether this process has that run now, and whether the same one had failed before.
struct Claim {
    bool mine = false;
    bool again = false;
};

} // namespace

std::optional<State> state(Snapshot& view, std::string_view name) {
    return view.first(
        sql::job_by_name,
        [](Row row) {
            State read;
            read.due_at = row.instant(1);
            read.started_at = row.instant(2);
            if (!row.null(4)) read.ended_at = row.instant(4);
            read.good_at = row.instant(5);
            read.fault = parse_fault(row.text(6));
            return read;
        },
        name);
}

std::optional<Outcome> run_when_due(Store& store, const Job& job, const std::string& runner,
                                    const Clock& clock) {
    const auto moment = clock();
    const auto due = job.due(moment);
    const auto take = [&](Transaction& tx) {
        tx.run(sql::insert_job, job.name);
        const auto before = state(tx, job.name).value();
        const auto taken =
            tx.changed(sql::claim_job, job.name, due, runner, moment,
                       Instant{moment.ms - gone_after_ms}, Instant{moment.ms - job.again.count()});
        return Claim{taken == 1, before.due_at == due && before.fault};
    };
    // Looked at first, so that nobody writes as long as nothing is due.
    const auto known = store.read([&](Snapshot& view) { return state(view, job.name); });
    const bool idle = known && known->due_at >= due && known->ended_at && !known->fault;
    if (idle || due.ms == 0) return std::nullopt;
    const auto claim = store.write(take).get();
    if (!claim.mine) return std::nullopt;
    Outcome outcome{due, claim.again, {}};
    {
        const Heartbeat heartbeat(store, job.name, runner, clock);
        outcome.fault = fault_of_run(job, due);
    }
    const auto end = [&](Transaction& tx) {
        return tx.changed(sql::end_job, job.name, runner, clock(), format_fault(outcome.fault));
    };
    store.write(end).get();
    return outcome;
}

struct Runner::Inside {
    Inside(Store& opened, std::vector<Job> all, Ended told, std::function<void()> looks,
           Clock given)
        : store(opened),
          jobs(std::move(all)),
          ended(std::move(told)),
          each_look(std::move(looks)),
          clock(std::move(given)),
          thread([this] { work(); }) {}

    void work() {
        do {
            prepare();
            for (const auto& job : jobs) look(job);
        } while (stopping.sleep(look_every));
    }
    void prepare() const {
        try {
            if (each_look) each_look();
        } catch (const std::exception&) {
            // A folder that cannot be read now may be there in a moment.
        }
    }
    void look(const Job& job) {
        try {
            const auto outcome = run_when_due(store, job, name, clock);
            if (outcome) ended(job, *outcome);
        } catch (const std::exception& broke) {
            // The database itself: nothing can be written down, the next look may go well.
            ended(job, {clock(), true, Refusal{"jobs.broke", {{"what", broke.what()}}, {}}});
        }
    }

    Store& store;
    std::vector<Job> jobs;
    Ended ended;
    std::function<void()> each_look;
    Clock clock;
    std::string name = hex(bytes_of(random_bytes(8)));
    Stopping stopping;
    std::thread thread;
};

Runner::Runner(Store& store, std::vector<Job> jobs, Ended ended, std::function<void()> each_look,
               Clock clock)
    : inside_(std::make_unique<Inside>(store, std::move(jobs), std::move(ended),
                                       std::move(each_look), std::move(clock))) {}

Runner::~Runner() {
    inside_->stopping.stop();
    inside_->thread.join();
}

} // namespace kringwerk::jobs
