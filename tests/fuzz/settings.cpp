// SPDX-License-Identifier: EUPL-1.2
// The settings file.
#include "fuzz.hpp"
#include "platform/cli/config.hpp"
#include "platform/cli/config_file.hpp"

#include <string>
#include <tuple>

namespace kringwerk::fuzz {
namespace {

/// What is shown begins with the folder in which the file stands; the file itself may not say it.
std::string without_folder(const std::string& shown) {
    promise(shown.starts_with("data = "), "the folder is shown first");
    return shown.substr(shown.find('\n') + 1);
}

} // namespace

void look_at(std::string_view text) {
    std::ignore = cli::read_entries(text);
    cli::SettingSources sources;
    sources.file_name = "kringwerk.toml";
    sources.file_text = text;
    const auto settings = cli::resolve(cli::server_settings(), sources);
    const auto& texts = Texts::built_in();
    if (!settings) {
        promise(settings.error().code == "config.wrong", "wrong settings are said together");
        promise(!cli::explain(texts, Language::nl, settings.error()).empty(), "and in words");
        return;
    }
    sources.file_text = without_folder(cli::dump(*settings, texts, Language::nl));
    const auto again = cli::resolve(cli::server_settings(), sources);
    promise(again.has_value(), "what is shown can be read");
    for (const auto& setting : settings->table()) {
        const auto& value = settings->value(setting.key).text;
        const bool hidden =
            setting.secret || value.find("://") != value.npos; // a password, perhaps
        if (hidden || !setting.in_file) continue;
        if (setting.kind == cli::SettingKind::yes_no) continue; // "ja" is shown as true
        promise(again->value(setting.key).text == value, "what is shown reads back as it was");
    }
}

} // namespace kringwerk::fuzz
