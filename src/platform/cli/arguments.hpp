// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "base/text.hpp"
#include "platform/cli/config.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The command line: commands as a table, read to values. The library underneath shows nowhere.
namespace kringwerk::cli {

/// What stands behind a command without a name, in order: FILE, MONTH. "argument.<name>" says what
/// it is, in the catalogue.
struct Positional {
    std::string name; ///< "file"
    bool required = true;
};

/// "--name VALUE", or, without `value`, a switch. "option.<name>" says what it does.
struct Option {
    std::string name;       ///< "dry-run", without dashes
    std::string value = {}; ///< how the help calls the value: "N", "DIR"
};

/// One command, of one word or two: "serve", "import ords". "command.<name>" says what it does,
/// with a dot for the space.
struct Command {
    std::string name;
    std::vector<Positional> positionals = {};
    std::vector<Option> options = {};
    bool newcomer = false; ///< one of the few that are listed when somebody types nothing else
};

struct CommandTable {
    std::string program; ///< "kringwerk"
    std::vector<Command> commands;
    std::vector<Option> everywhere = {}; ///< options of every command, before or after its name
};

struct Invocation {
    std::string command = {}; ///< empty: none was asked for
    Words positionals = {};   ///< by name
    Words options = {};       ///< by name, without dashes
    std::set<std::string, std::less<>> switches = {};
    bool help = false;       ///< --help, or no command at all: answer with `usage`
    bool everything = false; ///< --help without a command: all commands

    /// The options that `settings` knows, by the key of the setting, as `resolve` takes them.
    Words flags(std::span<const Setting> settings) const;
};

/// Reads the words behind the name of the program. Refuses, with the word in question as "given":
/// "cli.unknown_command", "cli.unknown_command_near", "cli.unknown_option",
/// "cli.unknown_option_near", "cli.second_word" (the command has two), "cli.missing_value" (of an
/// option), "cli.unreadable", "cli.missing_argument", "cli.too_many". The first in the order of the
/// words.
Result<Invocation> read_arguments(const CommandTable& table, const std::vector<std::string>& words);

/// What to answer when `invocation.help` is set: how to call its command and what the options do;
/// without a command the newcomer's commands, one line each; for a bare --help all commands.
std::string usage(const CommandTable& table, const Invocation& invocation, const Texts& texts,
                  Language language);

/// The codes of all texts that a table needs, for the test that looks whether they exist.
std::vector<std::string> text_codes(const CommandTable& table);

/// An option for each setting, called as `flag_name` says, except `but`.
std::vector<Option> setting_options(std::span<const Setting> settings,
                                    std::span<const std::string_view> but = {});

} // namespace kringwerk::cli
