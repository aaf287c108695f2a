// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/directory.hpp"
#include "base/text.hpp"
#include "platform/cli/arguments.hpp"
#include "platform/cli/config.hpp"
#include "rooms/ledger/verify.hpp"

#include <optional>
#include <string>

namespace kringwerk::app {

const cli::CommandTable& command_table();

/// What every command gets.
struct Call {
    const cli::Invocation& words;
    const cli::Settings& settings;
    Directory directory;
    Language language;

    std::string say(std::string_view code, const TextArguments& arguments = {}) const {
        return Texts::built_in().say(language, code, arguments);
    }
    /// Writes the refusal to standard error; gives exit status 1.
    int refused(const Refusal& refusal) const;
};

/// Where people find a server with these settings that listens at `port`: "http://127.0.0.1:8080".
std::string base_address(const cli::Settings& settings, int port);

/// The books computed anew. `wrong`: the first thing that does not add up, in words.
struct Replay {
    ledger::Replayed replayed;
    std::optional<std::string> wrong;
};
Replay replay(Store& store, Language language);

int serve(const Call& call);
int load_demo(const Call& call);
int verify_books(const Call& call);
int import_ords(const Call& call);
int export_ords(const Call& call);
int close_month(const Call& call);
int move_books(const Call& call);
int show_schema(const Call& call);
int make_token(const Call& call);
int create_administrator(const Call& call);
int reset_password(const Call& call);
int unlock_account(const Call& call);

} // namespace kringwerk::app
