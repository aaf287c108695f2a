// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/config.hpp"

#include "base/words.hpp"
#include "platform/cli/config_file.hpp"
#include "platform/cli/nearest.hpp"

#include <algorithm>
#include <utility>

namespace kringwerk::cli {
namespace {

/// A choice that ends with "…" is the beginning of what may be said.
bool is_choice(const std::vector<std::string>& choices, std::string_view text) {
    constexpr std::string_view more = "…";
    return std::any_of(choices.begin(), choices.end(), [&](std::string_view choice) {
        if (!choice.ends_with(more)) return text == choice;
        choice.remove_suffix(more.size());
        return text.starts_with(choice) && text.size() > choice.size();
    });
}

constexpr std::string_view prefix = "KRINGWERK_";
constexpr std::string_view prefix_of_tests = "KRINGWERK_TEST_";
constexpr std::string_view secret_file = "_file";

std::optional<bool> parse_yes_no(std::string_view text) {
    if (text == "true" || text == "yes" || text == "ja") return true;
    if (text == "false" || text == "no" || text == "nee") return false;
    return std::nullopt;
}

std::string joined(std::span<const std::string> words) {
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

/// What is wrong with a value of `setting`, or nothing.
std::optional<FieldRefusal> wrong_value(const Setting& setting, const SettingValue& value) {
    const auto wrong = [&](std::string_view code, TextArguments arguments) {
        arguments.emplace_back("key", setting.key);
        if (!setting.secret) arguments.emplace_back("given", value.text);
        return FieldRefusal{value.origin.where, std::string(code), std::move(arguments)};
    };
    if (setting.kind == SettingKind::whole_number) {
        const auto number = parse_whole(value.text);
        if (!number) return wrong("config.not_a_number", {});
        if (*number < setting.least || *number > setting.most) {
            return wrong("config.not_between", {{"least", std::to_string(setting.least)},
                                                {"most", std::to_string(setting.most)}});
        }
    }
    if (setting.kind == SettingKind::yes_no && !parse_yes_no(value.text)) {
        return wrong("config.not_yes_or_no", {});
    }
    if (setting.kind == SettingKind::choice && !is_choice(setting.choices, value.text)) {
        return wrong("config.not_a_choice", {{"choices", joined(setting.choices)}});
    }
    if (setting.kind == SettingKind::networks && !parse_ranges(value.text)) {
        return wrong("config.not_a_network", {});
    }
    return std::nullopt;
}

/// Fills the table from one source after the other and collects what is wrong.
class Resolving {
  public:
    explicit Resolving(std::span<const Setting> table) : table_(table) {
        for (const auto& setting : table) values_.push_back({setting.standard, {}});
    }

    void take_file(const SettingSources& sources) {
        const auto where = [&](unsigned line) {
            return sources.file_name + ":" + std::to_string(line);
        };
        const auto entries = read_entries(sources.file_text);
        if (!entries) {
            const auto& error = entries.error();
            wrong_.push_back({where(error.line), "config.not_toml", {{"reason", error.reason}}});
            return;
        }
        for (const auto& entry : *entries) {
            const Origin origin{OriginKind::file, where(entry.line)};
            const auto* setting = find(entry.key);
            if (setting == nullptr) {
                unknown(origin, entry.key, keys_in_file());
            } else if (!setting->in_file) {
                wrong_.push_back({origin.where, "config.not_in_file", {{"key", entry.key}}});
            } else if (!entry.text) {
                wrong_.push_back({origin.where, "config.not_one_value", {{"key", entry.key}}});
            } else {
                set(*setting, {*entry.text, origin});
            }
        }
    }

    void take_environment(const SettingSources& sources) {
        for (const auto& [name, text] : sources.environment) {
            if (!name.starts_with(prefix) || name.starts_with(prefix_of_tests)) continue;
            const Origin origin{OriginKind::environment, name};
            const auto key = lower(name.substr(prefix.size()));
            if (const auto* setting = find(key)) {
                set(*setting, {text, origin});
            } else if (const auto* secret = secret_named(key)) {
                take_secret(*secret, text, origin, sources);
            } else {
                unknown(origin, name, environment_names());
            }
        }
    }

    void take_flags(const SettingSources& sources) {
        for (const auto& [key, text] : sources.flags) {
            const Origin origin{OriginKind::flag, flag_name(key)};
            if (const auto* setting = find(key)) {
                set(*setting, {text, origin});
            } else {
                unknown(origin, origin.where, flag_names());
            }
        }
    }

    Result<Settings> finish() {
        if (!wrong_.empty()) return refuse(Refusal{"config.wrong", {}, std::move(wrong_)});
        return Settings(table_, std::move(values_));
    }

  private:
    const Setting* find(std::string_view key) const {
        const auto found = std::find_if(table_.begin(), table_.end(),
                                        [&](const Setting& setting) { return setting.key == key; });
        return found == table_.end() ? nullptr : &*found;
    }

    /// The secret that "<key>_file" speaks of.
    const Setting* secret_named(std::string_view key) const {
        if (!key.ends_with(secret_file)) return nullptr;
        const auto* setting = find(key.substr(0, key.size() - secret_file.size()));
        return setting != nullptr && setting->secret ? setting : nullptr;
    }

    void set(const Setting& setting, SettingValue value) {
        if (auto refusal = wrong_value(setting, value)) {
            wrong_.push_back(std::move(*refusal));
            return;
        }
        values_[static_cast<std::size_t>(&setting - table_.data())] = std::move(value);
    }

    void take_secret(const Setting& setting, const std::string& path, const Origin& origin,
                     const SettingSources& sources) {
        const auto direct = environment_name(setting.key);
        if (sources.environment.contains(direct)) {
            wrong_.push_back({origin.where, "config.said_twice", {{"other", direct}}});
            return;
        }
        auto secret = sources.read_file(path);
        if (!secret) {
            wrong_.push_back({origin.where, "config.unreadable_secret", {{"path", path}}});
            return;
        }
        while (secret->ends_with('\n') || secret->ends_with('\r')) secret->pop_back();
        set(setting, {std::move(*secret), origin});
    }

    void unknown(const Origin& origin, std::string_view given, std::span<const std::string> known) {
        TextArguments arguments{{"given", std::string(given)}};
        const auto near = nearest(given, known);
        if (near) arguments.emplace_back("near", *near);
        wrong_.push_back(
            {origin.where, near ? "config.unknown_near" : "config.unknown", std::move(arguments)});
    }

    std::vector<std::string> keys_in_file() const {
        std::vector<std::string> names;
        for (const auto& setting : table_) {
            if (setting.in_file) names.push_back(setting.key);
        }
        return names;
    }
    std::vector<std::string> environment_names() const {
        std::vector<std::string> names;
        for (const auto& setting : table_) {
            names.push_back(environment_name(setting.key));
            if (setting.secret) names.push_back(environment_name(setting.key) + "_FILE");
        }
        return names;
    }
    std::vector<std::string> flag_names() const {
        std::vector<std::string> names;
        for (const auto& setting : table_) names.push_back(flag_name(setting.key));
        return names;
    }

    std::span<const Setting> table_;
    std::vector<SettingValue> values_;
    std::vector<FieldRefusal> wrong_;
};

} // namespace

Settings::Settings(std::span<const Setting> table, std::vector<SettingValue> values)
    : table_(table.begin(), table.end()), values_(std::move(values)) {
    ensure(table_.size() == values_.size(), "each setting has a value");
}

std::size_t Settings::place(std::string_view key) const {
    const auto found = std::find_if(table_.begin(), table_.end(),
                                    [&](const Setting& setting) { return setting.key == key; });
    ensure(found != table_.end(), "a setting that is asked for stands in the table");
    return static_cast<std::size_t>(found - table_.begin());
}

const SettingValue& Settings::value(std::string_view key) const { return values_[place(key)]; }

const SettingValue& Settings::value_of_kind(std::string_view key, SettingKind kind) const {
    ensure(table_[place(key)].kind == kind, "a setting is read as what it is");
    return value(key);
}

const std::string& Settings::text(std::string_view key) const {
    const auto kind = table_[place(key)].kind;
    ensure(kind == SettingKind::text || kind == SettingKind::choice,
           "a setting is read as what it is");
    return value(key).text;
}

std::int64_t Settings::whole_number(std::string_view key) const {
    const auto number = parse_whole(value_of_kind(key, SettingKind::whole_number).text);
    ensure(number.has_value(), "the value of a setting was checked");
    return *number;
}

bool Settings::yes_no(std::string_view key) const {
    const auto answer = parse_yes_no(value_of_kind(key, SettingKind::yes_no).text);
    ensure(answer.has_value(), "the value of a setting was checked");
    return *answer;
}

AddressRanges Settings::networks(std::string_view key) const {
    auto ranges = parse_ranges(value_of_kind(key, SettingKind::networks).text);
    ensure(ranges.has_value(), "the value of a setting was checked");
    return *std::move(ranges);
}

Result<Settings> resolve(std::span<const Setting> table, const SettingSources& sources) {
    Resolving resolving(table);
    resolving.take_file(sources);
    resolving.take_environment(sources);
    resolving.take_flags(sources);
    return resolving.finish();
}

std::string environment_name(std::string_view key) { return std::string(prefix) + upper(key); }

std::string flag_name(std::string_view key) {
    std::string name = "--" + std::string(key);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

} // namespace kringwerk::cli
