// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/commands.hpp"
#include "app/keep/watch.hpp"
#include "platform/cli/log.hpp"
#include "platform/mail/mail.hpp"

#include <memory>

namespace kringwerk::app::keep {

/// Writes to everybody who has the keys of the network that something is wrong with its backups:
/// "failed" or "missed". Nothing without a mail server.
void warn_by_mail(Store& store, const Watch& watch, std::string_view what,
                  const std::string& network, Instant now);

/// Looks, when the patience with a backup is over, whether it is there or its fault was told; else
/// somebody is told now. Not in the first minutes after `since`, in which a server that was off
/// makes up for what it missed.
jobs::Job missed_backups(Store& store, const Watch& watch, const std::string& network,
                         jobs::Clock clock, Instant since);
/// Delivers the mail that waits.
jobs::Job mailing(Store& store, const cli::Settings& settings, const cli::Log& log,
                  jobs::Clock clock);

/// What a server does by the clock. A backup has a thread of its own: one that hangs on a disk far
/// away keeps nobody from telling so.
struct Clockwork {
    std::unique_ptr<jobs::Runner> backups;
    std::unique_ptr<jobs::Runner> others;
};
/// `call`, `store`, `watch` and `log` outlive it.
Clockwork start_clockwork(const Call& call, Store& store, Watch& watch, const std::string& network,
                          const cli::Log& log, const jobs::Clock& clock = now);

} // namespace kringwerk::app::keep
