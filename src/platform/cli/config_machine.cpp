// SPDX-License-Identifier: EUPL-1.2
// What of the settings touches the machine, and how they are shown. The rules are in config.cpp.
#include "platform/cli/config.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

extern char** environ; // NOLINT: POSIX gives the environment this name

namespace kringwerk::cli {
namespace {

constexpr std::string_view file_name = "kringwerk.toml";

std::optional<std::string> read_whole_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) return std::nullopt;
    return text;
}

std::string data_directory(std::span<const Setting> table, const Words& environment,
                           const Words& flags) {
    if (const auto flag = flags.find("data"); flag != flags.end()) return flag->second;
    const auto variable = environment.find(environment_name("data"));
    if (variable != environment.end()) return variable->second;
    for (const auto& setting : table) {
        if (setting.key == "data") return setting.standard;
    }
    return ".";
}

/// A program that a package installed keeps its books where the system keeps such things; any
/// other one beside whoever starts it.
std::string usual_folder() {
    std::error_code unknown;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
    return program.parent_path() == "/usr/bin" ? "/var/lib/kringwerk" : "data";
}

std::string as_toml(std::string_view text) {
    std::string result = "\"";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || byte == 0x7F) {
            result += fmt::format("\\u{:04X}", byte); // a line end would begin another setting
            continue;
        }
        if (letter == '"' || letter == '\\') result += '\\';
        result += letter;
    }
    return result + '"';
}

/// An address may hold a password: "postgresql://kringwerk:…@db/books", or "…?password=…" at its
/// end. The last @ counts, so that a password with one is hidden whole.
std::string without_password(std::string text) {
    constexpr std::string_view parameter = "password=";
    const auto begin = text.find("://");
    if (begin == text.npos) return text;
    if (const auto named = text.find(parameter, begin); named != text.npos) {
        const auto value = named + parameter.size();
        text.replace(value, text.find('&', value) - value, "…");
    }
    const auto end = text.rfind('@');
    const auto colon = text.find(':', begin + 3);
    if (end == text.npos || end < begin || colon > end) return text;
    return text.replace(colon + 1, end - colon - 1, "…");
}

std::string shown(const Setting& setting, const Settings& settings) {
    if (setting.kind == SettingKind::whole_number) return settings.value(setting.key).text;
    if (setting.kind == SettingKind::yes_no) return settings.yes_no(setting.key) ? "true" : "false";
    return as_toml(without_password(settings.value(setting.key).text));
}

std::string_view code_of(OriginKind kind) {
    switch (kind) {
    case OriginKind::standard:
        return "config.origin.standard";
    case OriginKind::file:
        return "config.origin.file";
    case OriginKind::environment:
        return "config.origin.environment";
    case OriginKind::flag:
        return "config.origin.flag";
    }
    throw Bug("an origin has one of four kinds");
}

} // namespace

std::span<const Setting> server_settings() {
    using enum SettingKind;
    static const std::vector<Setting> table{
        {.key = "data", .standard = usual_folder(), .in_file = false},
        {.key = "network_name", .standard = "Kringwerk"},
        {.key = "address", .standard = "127.0.0.1"},
        {.key = "port", .kind = whole_number, .standard = "8080", .least = 0, .most = 65535},
        {.key = "secure_address", .standard = "127.0.0.1"},
        {.key = "secure_port", .kind = whole_number, .standard = "8443", .least = 0, .most = 65535},
        {.key = "unix_socket"},
        {.key = "trusted_proxies", .kind = networks},
        {.key = "metrics_networks", .kind = networks, .standard = "127.0.0.0/8, ::1"},
        {.key = "tls_certificate"},
        {.key = "tls_key"},
        {.key = "threads", .kind = whole_number, .standard = "2", .least = 1, .most = 64},
        {.key = "database",
         .kind = choice,
         .standard = "sqlite",
         .choices = {"sqlite", "postgresql://…"}},
        {.key = "replica"},
        {.key = "log_level",
         .kind = choice,
         .standard = "info",
         .choices = {"debug", "info", "warning", "error"}},
        {.key = "backup_folder"},
        {.key = "backup_key"},
        {.key = "backup_times", .standard = "02:30"},
        {.key = "backup_keep_last", .kind = whole_number, .standard = "3", .least = 1, .most = 999},
        {.key = "backup_keep_days", .kind = whole_number, .standard = "7", .most = 999},
        {.key = "backup_keep_weeks", .kind = whole_number, .standard = "5", .most = 999},
        {.key = "backup_keep_months", .kind = whole_number, .standard = "12", .most = 999},
        {.key = "smtp_url"},
        {.key = "smtp_user"},
        {.key = "smtp_password", .secret = true},
        {.key = "mail_from"},
        {.key = "demo_open", .kind = yes_no, .standard = "false"},
        {.key = "demo_scale_port",
         .kind = whole_number,
         .standard = "0",
         .least = 0,
         .most = 65535},
    };
    return table;
}

Words environment_of_process() {
    Words environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view line(*entry);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        environment.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return environment;
}

Result<Settings> read_settings(std::span<const Setting> table, const Words& environment,
                               const Words& flags) {
    const auto path = std::filesystem::path(data_directory(table, environment, flags)) / file_name;
    std::string text;
    if (std::filesystem::exists(path)) {
        auto read = read_whole_file(path.string());
        if (!read) throw Breakdown("cannot read the settings file " + path.string());
        text = std::move(*read);
    }
    return resolve(table, {.file_name = path.string(),
                           .file_text = std::move(text),
                           .environment = environment,
                           .flags = flags,
                           .read_file = read_whole_file});
}

std::string dump(const Settings& settings, const Texts& texts, Language language) {
    std::string lines;
    for (const auto& setting : settings.table()) {
        const auto& value = settings.value(setting.key);
        const auto origin =
            texts.say(language, code_of(value.origin.kind), {{"where", value.origin.where}});
        if (setting.secret) {
            lines += "# " + setting.key + ": " + texts.say(language, "config.hidden");
        } else {
            lines += setting.key + " = " + shown(setting, settings);
        }
        lines += "  # " + origin + '\n';
    }
    return lines;
}

Language language_of_environment(const Words& environment) {
    for (const std::string_view name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto found = environment.find(name);
        if (found == environment.end() || found->second.empty()) continue;
        return found->second.starts_with("nl") ? Language::nl : Language::en;
    }
    return Language::en;
}

std::string explain(const Texts& texts, Language language, const Refusal& refusal) {
    auto lines = texts.say(language, refusal);
    for (const auto& field : refusal.fields) {
        lines += "\n  " + field.field + ": " +
                 texts.say(language, "refusal." + field.code, field.arguments);
    }
    return lines;
}

} // namespace kringwerk::cli
