// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/internet_address.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Settings: the settings file, then the environment, then the command line; the later one counts.
namespace kringwerk::cli {

enum class SettingKind { text, whole_number, yes_no, choice, networks };

/// One line of the table of settings. In the file it is called `key`, in the environment
/// KRINGWERK_KEY, on the command line --key with dashes. "setting.<key>" in the catalogue says
/// what it is for.
struct Setting {
    std::string key;
    SettingKind kind = SettingKind::text;
    std::string standard = {}; ///< the value when nobody says anything
    std::vector<std::string> choices = {};
    std::int64_t least = 0; ///< of a whole number
    std::int64_t most = 0;
    bool secret = false; ///< never shown; KRINGWERK_KEY_FILE names a file that holds it
    bool in_file = true; ///< false: the file cannot say it, because it says where the file is
};

/// What the server knows.
std::span<const Setting> server_settings();

using Words = std::map<std::string, std::string, std::less<>>;

/// Where a value came from.
enum class OriginKind { standard, file, environment, flag };
struct Origin {
    OriginKind kind = OriginKind::standard;
    std::string where = {}; ///< "kringwerk.toml:3", "KRINGWERK_PORT", "--port"
};

struct SettingValue {
    std::string text;
    Origin origin;
};

/// A value for each line of its table, checked. Asking for a key that the table lacks, or for
/// another kind than it has, is a bug.
class Settings {
  public:
    Settings(std::span<const Setting> table, std::vector<SettingValue> values);

    const std::string& text(std::string_view key) const; ///< of a text or a choice
    std::int64_t whole_number(std::string_view key) const;
    bool yes_no(std::string_view key) const;
    AddressRanges networks(std::string_view key) const;
    const SettingValue& value(std::string_view key) const;
    const std::vector<Setting>& table() const { return table_; }

  private:
    std::size_t place(std::string_view key) const;
    const SettingValue& value_of_kind(std::string_view key, SettingKind kind) const;

    std::vector<Setting> table_;
    std::vector<SettingValue> values_;
};

struct SettingSources {
    std::string file_name = {}; ///< how messages call the file
    std::string file_text = {}; ///< TOML; empty when there is none
    Words environment = {};     ///< all of it; only names that begin with KRINGWERK_ are looked at
    Words flags = {};           ///< by key: {"unix_socket", "/run/kringwerk"}
    /// Reads the file that a KRINGWERK_KEY_FILE names; nothing when it cannot be read.
    std::function<std::optional<std::string>(const std::string& path)> read_file = {};
};

/// Refuses "config.wrong" with every wrong setting at once, the field saying where it stands:
/// "config.unknown", "config.unknown_near", "config.not_toml", "config.not_one_value",
/// "config.not_a_number", "config.not_between", "config.not_yes_or_no", "config.not_a_choice",
/// "config.not_in_file", "config.said_twice", "config.unreadable_secret", "config.not_a_network".
/// KRINGWERK_TEST_... is left alone: those names belong to the tests.
Result<Settings> resolve(std::span<const Setting> table, const SettingSources& sources);

/// The same for a real machine: finds the data directory (flag `data`, else KRINGWERK_DATA, else
/// the default), and reads kringwerk.toml in it when it is there.
Result<Settings> read_settings(std::span<const Setting> table, const Words& environment,
                               const Words& flags);

/// The environment of this process.
Words environment_of_process();

/// "unix_socket" is called KRINGWERK_UNIX_SOCKET in the environment and --unix-socket as a flag.
std::string environment_name(std::string_view key);
std::string flag_name(std::string_view key);

/// Each value and its origin, one a line, as a settings file would say it. Secrets are not shown.
std::string dump(const Settings& settings, const Texts& texts, Language language);

/// Dutch when LC_ALL, LC_MESSAGES or LANG (the first that is set) begins with "nl", else English.
Language language_of_environment(const Words& environment);

/// A refusal as the command line says it: its text, then a line for each wrong field.
std::string explain(const Texts& texts, Language language, const Refusal& refusal);

} // namespace kringwerk::cli
