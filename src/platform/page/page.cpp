// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/page.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "platform/page/icons.hpp"
#include "platform/page/template.hpp"

#include <boost/json.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <kainjow/mustache.hpp>
#pragma GCC diagnostic pop

#include <map>
#include <mutex>
#include <utility>

namespace kringwerk::page {
namespace {

namespace json = boost::json;
using MustacheData = kainjow::mustache::data;

MustacheData to_mustache(const json::value& value);

MustacheData to_mustache(const json::object& object) {
    MustacheData data(kainjow::mustache::data::type::object);
    for (const auto& [name, value] : object) {
        data.set(name, to_mustache(value));
        if (value.is_array()) {
            data.set("has_" + std::string(name), MustacheData(!value.get_array().empty()));
        }
        if (name == "icon" && value.is_string()) {
            const std::string_view icon_name = value.as_string();
            data.set("icon_bold", std::string(icon(IconStyle::bold, icon_name)));
            data.set("icon_duotone", std::string(icon(IconStyle::duotone, icon_name)));
        }
    }
    return data;
}

MustacheData to_mustache(const json::array& array) {
    MustacheData data(kainjow::mustache::data::type::list);
    for (const auto& value : array) data.push_back(to_mustache(value));
    return data;
}

MustacheData to_mustache(const json::value& value) {
    switch (value.kind()) {
    case json::kind::object:
        return to_mustache(value.get_object());
    case json::kind::array:
        return to_mustache(value.get_array());
    case json::kind::bool_:
        return MustacheData(value.get_bool());
    case json::kind::null:
        return MustacheData(false);
    case json::kind::string:
        // In mustache an empty text is still a text; here `{{#hint}}` means: there is a hint.
        if (value.get_string().empty()) return MustacheData(false);
        return MustacheData(std::string(value.get_string()));
    default:
        return MustacheData(json::serialize(value));
    }
}

/// Plain names to the names that carry a hash, written by the web build.
std::map<std::string, std::string, std::less<>> read_manifest() {
    std::map<std::string, std::string, std::less<>> names;
    const auto file = embedded("web/dist/manifest.json");
    if (!file) return names;
    const auto parsed = json::parse(*file);
    for (const auto& [name, hashed] : parsed.as_object()) {
        names.emplace(name, std::string(hashed.as_string()));
    }
    return names;
}

} // namespace

struct Pages::Inside {
    explicit Inside(const Texts& catalogue) : texts(catalogue), manifest(read_manifest()) {}

    /// Rendering a compiled template writes nothing in it, so one serves all threads.
    kainjow::mustache::mustache& compiled(Language language, std::string_view template_path) {
        const std::lock_guard lock(mutex);
        auto key = std::pair(language, std::string(template_path));
        const auto found = templates.find(key);
        if (found != templates.end()) return found->second;
        kainjow::mustache::mustache made(prepared(texts, language, template_path));
        ensure(made.is_valid(), "a template is mustache: " + std::string(template_path) + ": " +
                                    made.error_message());
        made.set_custom_escape([](const std::string& text) { return escaped(text); });
        return templates.emplace(std::move(key), std::move(made)).first->second;
    }

    const Texts& texts;
    std::map<std::string, std::string, std::less<>> manifest;
    std::mutex mutex;
    std::map<std::pair<Language, std::string>, kainjow::mustache::mustache> templates;
};

Pages::Pages(const Texts& texts) : inside_(std::make_unique<Inside>(texts)) {}
Pages::~Pages() = default;

std::string Pages::render(Language language, std::string_view template_path,
                          const json::object& data) const {
    auto with_language = to_mustache(data);
    with_language.set("lang", std::string(code_of(language)));
    return inside_->compiled(language, template_path).render(with_language);
}

std::string Pages::render_page(Language language, std::string_view template_path,
                               const json::object& data) const {
    auto body = render(language, template_path, data);
    auto layout = data;
    layout["scripts"] = body.find("data-island=") != body.npos ? asset("islands.js") : "";
    layout["font"] = asset("font.woff2");
    if (data.contains("nav")) layout["nav_" + std::string(data.at("nav").as_string())] = true;
    json::array styles;
    for (const auto* name : {"tokens.css", "site.css"}) {
        if (auto address = asset(name); !address.empty()) styles.emplace_back(std::move(address));
    }
    layout["styles"] = std::move(styles);
    layout["body"] = std::move(body);
    return render(language, "platform/page/pages/layout", layout);
}

std::string Pages::asset(std::string_view name) const {
    if (inside_->manifest.empty()) {
        const auto plain = "web/css/" + std::string(name);
        return embedded(plain) ? "/css/" + std::string(name) : std::string();
    }
    const auto found = inside_->manifest.find(name);
    return found == inside_->manifest.end() ? std::string() : "/static/" + found->second;
}

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char sign : text) {
        switch (sign) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += sign;
        }
    }
    return safe;
}

std::string in_language(std::string_view target, Language language) {
    const auto question = target.find('?');
    std::string other(target.substr(0, question));
    char joint = '?';
    auto query = question == target.npos ? std::string_view() : target.substr(question + 1);
    while (!query.empty()) {
        const auto part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        if (part.empty() || part.starts_with("taal=") || part.starts_with("lang=")) continue;
        other += std::exchange(joint, '&');
        other += part;
    }
    other += joint;
    return other + "taal=" + std::string(code_of(language));
}

} // namespace kringwerk::page
