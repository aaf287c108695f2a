// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/commands.hpp"
#include "platform/http/http.hpp"

#include <functional>
#include <map>
#include <string>

namespace kringwerk::app {

/// What a writing command asks for: options by name ("centre", "dry-run"), as the command line and
/// the admin socket both say it.
using WorkOptions = std::map<std::string, std::string, std::less<>>;

/// What it says back: lines for a person, and whether all went well.
struct WorkDone {
    std::string words;
    bool fine = true;
    std::string rejects = {}; ///< of an import: the text of the rejects file; empty: none
};

/// A writing command, on an open store. It runs in the command's own process or in the server's.
using Work =
    std::function<Result<WorkDone>(Store&, const WorkOptions&, const std::string& file, Language)>;

Result<WorkDone> work_import(Store& store, const WorkOptions& options, const std::string& file,
                             Language language);
Result<WorkDone> work_close(Store& store, const WorkOptions& options, const std::string& file,
                            Language language);
Result<WorkDone> work_token(Store& store, const WorkOptions& options, const std::string& file,
                            Language language);
/// What helps when nobody can sign in any more: they show a link, or take a wait or block away.
Result<WorkDone> work_create_administrator(Store& store, const WorkOptions& options,
                                           const std::string& file, Language language);
Result<WorkDone> work_reset_password(Store& store, const WorkOptions& options,
                                     const std::string& file, Language language);
Result<WorkDone> work_unlock(Store& store, const WorkOptions& options, const std::string& file,
                             Language language);

/// Runs writing work beside a running server through its admin socket; without one it opens the
/// data directory itself. Writes what it says to standard output; gives the exit status.
int run_work(const Call& call, std::string_view name, const WorkOptions& options,
             const std::string& file);

/// The server's side: POST /admin/{name}, only over the admin socket.
http::Routes admin_routes(Store& store);

} // namespace kringwerk::app
