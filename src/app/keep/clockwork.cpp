// SPDX-License-Identifier: EUPL-1.2
#include "app/keep/clockwork.hpp"

#include "rooms/people/people.hpp"

#include <algorithm>

namespace kringwerk::app::keep {
namespace {

/// How long a server that starts is left alone before it complains about what it missed.
constexpr std::int64_t settling_ms = 10 * 60 * 1000;

std::string show(Language language, Instant moment) {
    return show_day(language, local_day(moment)) + " " + format_clock(moment);
}

/// Those who hold the keys of the network and can be written to.
std::vector<people::Person> administrators(Snapshot& view) {
    auto found = people::people_of_network(view);
    std::erase_if(found, [](const people::Person& person) {
        const bool holds = std::ranges::any_of(person.roles, [](const people::RoleHeld& held) {
            return !held.centre && held.role == people::Role::administrator;
        });
        return !holds || person.email.empty() || person.blocked_at;
    });
    return found;
}

mail::Letter letter_to(const people::Person& person, std::string_view what,
                       const std::string& network, const Standing& standing,
                       const std::string& folder) {
    const auto& texts = Texts::built_in();
    const auto language = person.language;
    const auto code = "mail.backup_" + std::string(what);
    const auto last = standing.last_good ? show(language, *standing.last_good)
                                         : texts.say(language, "backups.never");
    const auto why = standing.fault ? texts.say(language, *standing.fault)
                                    : texts.say(language, "backups.not_run");
    const TextArguments arguments{{"name", person.name},
                                  {"network", network},
                                  {"last", last},
                                  {"why", why},
                                  {"folder", folder}};
    return {person.email, texts.say(language, code + ".subject", arguments),
            texts.say(language, code + ".words", arguments) + '\n'};
}

mail::Server mail_server(const cli::Settings& settings) {
    return {settings.text("smtp_url"), settings.text("mail_from"), settings.text("smtp_user"),
            settings.text("smtp_password")};
}

Instant whole_minute(Instant now) { return {now.ms - now.ms % 60'000}; }

jobs::Job backups(const Call& call, Watch& watch, const cli::Log& log, jobs::Clock clock) {
    jobs::Job job;
    job.name = backup_job;
    job.due = [&watch](Instant now) { return jobs::last_time(watch.schedule().times, now); };
    job.run = [&call, &watch, &log, clock](Instant) -> Result<void> {
        const auto plan = plan_of(call.directory, call.settings, {});
        if (!plan) return refuse(plan.error());
        // A disk that is not there leaves an empty folder in its place, on the disk of the books.
        const bool had_some = watch.standing(clock()).last_good.has_value();
        if (had_some && backup::ids(plan->place.folder).empty()) {
            return refuse("backup.folder_emptied", {{"folder", plan->place.folder.string()}});
        }
        const auto kept = make_backup(*plan, false, clock());
        watch.look_into_folder(Look::at_once);
        if (!kept) return refuse(kept.error());
        log.write(cli::LogLevel::info, "backup made",
                  {{"id", kept->made.id}, {"written_bytes", kept->made.written_bytes}});
        for (const auto& damaged : kept->damaged) {
            log.write(cli::LogLevel::warning, "an earlier backup is damaged",
                      {{"what", Texts::built_in().say(Language::en, damaged)}});
        }
        return {};
    };
    return job;
}

} // namespace

void warn_by_mail(Store& store, const Watch& watch, std::string_view what,
                  const std::string& network, Instant now) {
    if (watch.schedule().mail_server.empty()) return;
    const auto standing = watch.standing(now);
    const auto write = [&](Transaction& tx) {
        for (const auto& person : administrators(tx)) {
            mail::post(tx, letter_to(person, what, network, standing, watch.schedule().folder),
                       now);
        }
        return 0;
    };
    store.write(write).get();
}

jobs::Job missed_backups(Store& store, const Watch& watch, const std::string& network,
                         jobs::Clock clock, Instant since) {
    jobs::Job job;
    job.name = "backup-watch";
    job.due = [&watch, since](Instant now) {
        if (now.ms < since.ms + settling_ms) return Instant{};
        const auto due = jobs::last_time(watch.schedule().times, {now.ms - patience.count()});
        return due.ms == 0 ? due : Instant{due.ms + patience.count()};
    };
    job.run = [&store, &watch, network, clock](Instant) -> Result<void> {
        const auto standing = watch.standing(clock());
        if (standing.missed && !standing.fault) {
            warn_by_mail(store, watch, "missed", network, clock());
        }
        return {};
    };
    return job;
}

jobs::Job mailing(Store& store, const cli::Settings& settings, const cli::Log& log,
                  jobs::Clock clock) {
    jobs::Job job;
    job.name = "mail";
    job.due = [&store](Instant now) {
        const bool waits =
            store.read([&](Snapshot& view) { return mail::anything_waits(view, now); });
        return waits ? whole_minute(now) : Instant{};
    };
    job.run = [&store, &settings, &log, clock](Instant) -> Result<void> {
        const auto delivered = mail::deliver(store, mail_server(settings), clock());
        log.write(
            cli::LogLevel::info, "mail",
            {{"sent", std::int64_t{delivered.sent}}, {"failed", std::int64_t{delivered.failed}}});
        return {};
    };
    return job;
}

Clockwork start_clockwork(const Call& call, Store& store, Watch& watch, const std::string& network,
                          const cli::Log& log, const jobs::Clock& clock) {
    const auto ended = [&store, &watch, &log, network, clock](const jobs::Job& job,
                                                              const jobs::Outcome& outcome) {
        if (!outcome.fault) return;
        log.write(
            cli::LogLevel::error, "a job failed",
            {{"job", job.name}, {"what", Texts::built_in().say(Language::en, *outcome.fault)}});
        // The tries of the next hours say nothing new.
        if (job.name == backup_job && !outcome.again) {
            warn_by_mail(store, watch, "failed", network, clock());
        }
    };
    std::vector<jobs::Job> making;
    std::vector<jobs::Job> others;
    if (watch.schedule().runs()) {
        making.push_back(backups(call, watch, log, clock));
        others.push_back(missed_backups(store, watch, network, clock, clock()));
    }
    if (!watch.schedule().mail_server.empty()) {
        others.push_back(mailing(store, call.settings, log, clock));
    }
    return {std::make_unique<jobs::Runner>(
                store, std::move(making), ended, [&watch] { watch.look_into_folder(); }, clock),
            std::make_unique<jobs::Runner>(store, std::move(others), ended, nullptr, clock)};
}

} // namespace kringwerk::app::keep
