// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/arguments.hpp"

#include "base/words.hpp"
#include "platform/cli/nearest.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <optional>

namespace kringwerk::cli {
namespace {

using WordList = std::vector<std::string>;

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

/// The options of one command, with those of every command.
std::vector<Option> options_of(const CommandTable& table, const Command& command) {
    auto options = command.options;
    options.insert(options.end(), table.everywhere.begin(), table.everywhere.end());
    return options;
}

bool takes_value(const CommandTable& table, std::string_view word) {
    const auto named = [&](const Option& option) {
        return "--" + option.name == word && !option.value.empty();
    };
    return std::any_of(table.commands.begin(), table.commands.end(), [&](const Command& command) {
        const auto options = options_of(table, command);
        return std::any_of(options.begin(), options.end(), named);
    });
}

/// Where the bare words stand: those that are neither an option nor the value of one.
std::vector<std::size_t> bare_words(const CommandTable& table, const WordList& words) {
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < words.size(); ++place) {
        if (!is_option(words[place])) {
            places.push_back(place);
        } else if (takes_value(table, words[place])) {
            ++place;
        }
    }
    return places;
}

const Command* find(const CommandTable& table, std::string_view name) {
    const auto found = std::find_if(table.commands.begin(), table.commands.end(),
                                    [&](const Command& command) { return command.name == name; });
    return found == table.commands.end() ? nullptr : &*found;
}

/// The second words of the commands that begin with `first`.
std::string second_words(const CommandTable& table, const std::string& first) {
    std::string words;
    for (const auto& command : table.commands) {
        if (!command.name.starts_with(first + ' ')) continue;
        words += (words.empty() ? "" : ", ") + command.name.substr(first.size() + 1);
    }
    return words;
}

struct Found {
    const Command* command;
    WordList rest; ///< without the words of its name
};

Result<Found> find_command(const CommandTable& table, WordList words) {
    const auto bare = bare_words(table, words);
    const auto first = words[bare.front()];
    const auto without = [&](std::size_t count) {
        for (std::size_t index = count; index-- > 0;) {
            words.erase(words.begin() + static_cast<std::ptrdiff_t>(bare[index]));
        }
        return std::move(words);
    };
    // "backup verify" before "backup".
    if (bare.size() > 1) {
        if (const auto* two = find(table, first + ' ' + words[bare[1]]))
            return Found{two, without(2)};
    }
    if (const auto* one = find(table, first)) return Found{one, without(1)};
    if (const auto second = second_words(table, first); !second.empty()) {
        return refuse("cli.second_word", {{"given", first}, {"words", second}});
    }
    WordList names;
    for (const auto& command : table.commands) {
        names.push_back(command.name.substr(0, command.name.find(' ')));
    }
    TextArguments arguments{{"given", first}, {"program", table.program}};
    const auto near = nearest(first, names);
    if (near) arguments.emplace_back("near", *near);
    return refuse(near ? "cli.unknown_command_near" : "cli.unknown_command", std::move(arguments));
}

tl::unexpected<Refusal> unknown_option(const std::vector<Option>& options,
                                       const std::string& word) {
    WordList names{"--help"};
    for (const auto& option : options) names.push_back("--" + option.name);
    const auto name = word.substr(0, word.find('='));
    TextArguments arguments{{"given", name}};
    const auto near = nearest(name, names);
    if (near) arguments.emplace_back("near", *near);
    return refuse(near ? "cli.unknown_option_near" : "cli.unknown_option", std::move(arguments));
}

/// Without a command only a plea for help makes sense.
Result<Invocation> without_command(const CommandTable& table, const WordList& words) {
    for (const auto& word : words) {
        const auto named = [&](const Option& option) {
            return word == "--" + option.name || word.starts_with("--" + option.name + '=');
        };
        const bool known = !is_option(word) || word == "--help" || word == "-h" ||
                           std::any_of(table.everywhere.begin(), table.everywhere.end(), named);
        if (!known) return unknown_option(table.everywhere, word);
    }
    return Invocation{.help = true, .everything = !words.empty()};
}

/// Lets the library read the words of one command.
class Reader {
  public:
    Reader(const Command& command, std::vector<Option> options)
        : command_(command),
          options_(std::move(options)),
          positionals_(command.positionals.size()),
          values_(options_.size()),
          switched_(options_.size(), false) {
        app_.set_help_flag();
        app_.allow_extras();
        app_.add_flag("-h,--help", help_);
        for (std::size_t index = 0; index < positionals_.size(); ++index) {
            app_.add_option(command.positionals[index].name, positionals_[index]);
        }
        for (std::size_t index = 0; index < options_.size(); ++index) add(index);
    }

    Result<Invocation> read(const WordList& words) {
        WordList backwards(words.rbegin(), words.rend()); // the library takes them from the back
        try {
            app_.parse(backwards);
        } catch (const CLI::ArgumentMismatch&) {
            return refuse("cli.missing_value", {{"given", words.back()}});
        } catch (const CLI::ParseError& error) {
            return refuse("cli.unreadable", {{"reason", error.what()}});
        }
        return checked();
    }

  private:
    void add(std::size_t index) {
        const auto name = "--" + options_[index].name;
        if (options_[index].value.empty()) {
            app_.add_flag_callback(name, [this, index] { switched_[index] = true; });
        } else {
            app_.add_option(name, values_[index])
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        }
    }

    Result<Invocation> checked() {
        Invocation invocation{.command = command_.name, .help = help_};
        if (help_) return invocation;
        for (std::size_t index = 0; index < options_.size(); ++index) {
            const auto& name = options_[index].name;
            if (switched_[index]) invocation.switches.insert(name);
            if (!values_[index]) continue;
            // "--data --port 80": the value was forgotten, the next option is none.
            if (values_[index]->starts_with("--")) {
                return refuse("cli.missing_value", {{"given", "--" + name}});
            }
            invocation.options.emplace(name, *values_[index]);
        }
        for (const auto& word : app_.remaining()) {
            if (is_option(word)) return unknown_option(options_, word);
            return refuse("cli.too_many", {{"given", word}});
        }
        for (std::size_t index = 0; index < positionals_.size(); ++index) {
            const auto& positional = command_.positionals[index];
            if (positionals_[index]) {
                invocation.positionals.emplace(positional.name, *positionals_[index]);
            } else if (positional.required) {
                return refuse("cli.missing_argument",
                              {{"given", upper(positional.name)}, {"command", command_.name}});
            }
        }
        return invocation;
    }

    const Command& command_;
    std::vector<Option> options_;
    std::vector<std::optional<std::string>> positionals_;
    std::vector<std::optional<std::string>> values_;
    std::vector<bool> switched_;
    bool help_ = false;
    CLI::App app_;
};

} // namespace

Words Invocation::flags(std::span<const Setting> settings) const {
    Words flags;
    for (const auto& setting : settings) {
        const auto found = options.find(flag_name(setting.key).substr(2));
        if (found != options.end()) flags.emplace(setting.key, found->second);
    }
    return flags;
}

Result<Invocation> read_arguments(const CommandTable& table,
                                  const std::vector<std::string>& words) {
    if (bare_words(table, words).empty()) return without_command(table, words);
    auto found = find_command(table, words);
    if (!found) return refuse(found.error());
    Reader reader(*found->command, options_of(table, *found->command));
    return reader.read(found->rest);
}

std::vector<Option> setting_options(std::span<const Setting> settings,
                                    std::span<const std::string_view> but) {
    std::vector<Option> options;
    for (const auto& setting : settings) {
        if (std::find(but.begin(), but.end(), setting.key) != but.end()) continue;
        const auto* value = setting.kind == SettingKind::whole_number ? "N"
                            : setting.kind == SettingKind::yes_no     ? "true|false"
                                                                      : "TEXT";
        options.push_back({.name = flag_name(setting.key).substr(2), .value = value});
    }
    return options;
}

} // namespace kringwerk::cli
