// SPDX-License-Identifier: EUPL-1.2
// What the command line says about itself. All words come from the catalogue.
#include "platform/cli/arguments.hpp"

#include "base/words.hpp"

#include <algorithm>

namespace kringwerk::cli {
namespace {

using Line = std::pair<std::string, std::string>; ///< what one types, what it does

std::string command_code(const Command& command) {
    auto code = "command." + command.name;
    std::replace(code.begin(), code.end(), ' ', '.');
    return code;
}

/// An option that is called as a setting has the setting's text, so that it is written once.
std::string option_code(const Option& option) {
    auto key = option.name;
    std::replace(key.begin(), key.end(), '-', '_');
    const auto settings = server_settings();
    const bool is_setting = std::any_of(settings.begin(), settings.end(),
                                        [&](const Setting& setting) { return setting.key == key; });
    return is_setting ? "setting." + key : "option." + option.name;
}

std::string call_of(const Command& command) {
    auto call = command.name;
    for (const auto& positional : command.positionals) {
        const auto name = upper(positional.name);
        call += positional.required ? ' ' + name : " [" + name + ']';
    }
    return call;
}

/// The lines in two columns, the second one straight below each other.
std::string columns(const std::vector<Line>& lines) {
    std::size_t width = 0;
    for (const auto& [left, right] : lines) width = std::max(width, left.size());
    std::string text;
    for (const auto& [left, right] : lines) {
        text += "  " + left + std::string(width - left.size() + 2, ' ') + right + '\n';
    }
    return text;
}

std::string list_of_commands(const CommandTable& table, bool newcomer, const Texts& texts,
                             Language language) {
    std::vector<Line> lines;
    for (const auto& command : table.commands) {
        if (newcomer && !command.newcomer) continue;
        lines.emplace_back(table.program + ' ' + call_of(command),
                           texts.say(language, command_code(command)));
    }
    const auto* head = newcomer ? "cli.first_steps" : "cli.all_commands";
    const auto* foot = newcomer ? "cli.more_commands" : "cli.more_help";
    return texts.say(language, head) + "\n\n" + columns(lines) + '\n' +
           texts.say(language, foot, {{"program", table.program}}) + '\n';
}

std::string help_of_command(const CommandTable& table, const Command& command, const Texts& texts,
                            Language language) {
    std::vector<Line> lines;
    for (const auto& positional : command.positionals) {
        lines.emplace_back(upper(positional.name),
                           texts.say(language, "argument." + positional.name));
    }
    auto options = command.options;
    options.insert(options.end(), table.everywhere.begin(), table.everywhere.end());
    for (const auto& option : options) {
        lines.emplace_back("--" + option.name + (option.value.empty() ? "" : ' ' + option.value),
                           texts.say(language, option_code(option)));
    }
    return table.program + ' ' + call_of(command) + "\n\n" +
           texts.say(language, command_code(command)) + "\n\n" + columns(lines);
}

} // namespace

std::string usage(const CommandTable& table, const Invocation& invocation, const Texts& texts,
                  Language language) {
    for (const auto& command : table.commands) {
        if (command.name == invocation.command) {
            return help_of_command(table, command, texts, language);
        }
    }
    return list_of_commands(table, !invocation.everything, texts, language);
}

std::vector<std::string> text_codes(const CommandTable& table) {
    std::vector<std::string> codes;
    const auto add = [&](const std::vector<Option>& options) {
        for (const auto& option : options) codes.push_back(option_code(option));
    };
    for (const auto& command : table.commands) {
        codes.push_back(command_code(command));
        for (const auto& positional : command.positionals) {
            codes.push_back("argument." + positional.name);
        }
        add(command.options);
    }
    add(table.everywhere);
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

} // namespace kringwerk::cli
