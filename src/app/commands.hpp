// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "app/directory.hpp"
#include "base/text.hpp"
#include "platform/cli/arguments.hpp"
#include "platform/cli/config.hpp"

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

int serve(const Call& call);
int load_demo(const Call& call);
int verify_books(const Call& call);
int examine(const Call& call);
int import_ords(const Call& call);
int export_ords(const Call& call);
int close_month(const Call& call);
int move_books(const Call& call);
int show_schema(const Call& call);
int make_token(const Call& call);
int create_administrator(const Call& call);
int reset_password(const Call& call);
int unlock_account(const Call& call);
int back_up(const Call& call);
int verify_backup(const Call& call);
int list_backups(const Call& call);
int make_backup_key(const Call& call);
int restore_backup(const Call& call);
int migrate_books(const Call& call);

} // namespace kringwerk::app
