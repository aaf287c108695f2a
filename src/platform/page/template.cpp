// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/template.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "platform/page/icons.hpp"
#include "platform/page/page.hpp"

namespace kringwerk::page {
namespace {

/// Partials may hold partials; this deep means that one holds itself.
constexpr int deepest_partial = 8;

std::string_view source_of(std::string_view template_path) {
    return embedded_or_bug("src/" + std::string(template_path) + ".mustache");
}

/// A partial beside the template wins over the shared one of the same name.
std::string_view source_of_partial(std::string_view template_path, std::string_view name) {
    const auto folder = template_path.substr(0, template_path.rfind('/') + 1);
    const auto beside = embedded("src/" + std::string(folder) + std::string(name) + ".mustache");
    return beside ? *beside : source_of("platform/page/pages/" + std::string(name));
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Comments go first: what they show as an example must not be looked up.
std::string without_comments(std::string_view source) {
    std::string rest;
    for (;;) {
        const auto open = source.find("{{!");
        const auto close = open == source.npos ? open : source.find("}}", open);
        if (close == source.npos) break;
        rest += source.substr(0, open);
        source.remove_prefix(close + 2);
    }
    rest += source;
    return rest;
}

/// Partials are put in place as text: kainjow would parse them again at every page.
std::string with_partials(std::string_view template_path, std::string_view text, int depth) {
    ensure(depth < deepest_partial, "a partial does not hold itself");
    const auto code = without_comments(text);
    std::string_view source = code;
    std::string whole;
    for (;;) {
        const auto open = source.find("{{>");
        if (open == source.npos) break;
        const auto close = source.find("}}", open);
        ensure(close != source.npos, "a partial's tag is closed");
        const auto name = trimmed(source.substr(open + 3, close - open - 3));
        whole += source.substr(0, open);
        whole += with_partials(template_path, source_of_partial(template_path, name), depth + 1);
        source.remove_prefix(close + 2);
    }
    whole += source;
    return whole;
}

/// `{name}` of a text becomes mustache's `{{name}}`, so that the page's data fill it.
std::string with_holes(std::string_view text) {
    std::string mustache;
    for (const char sign : escaped(text)) {
        if (sign == '{' || sign == '}') mustache += sign;
        mustache += sign;
    }
    return mustache;
}

std::string replacement(const Texts& texts, Language language, std::string_view code) {
    if (code.starts_with("icon:")) return std::string(icon(IconStyle::bold, code.substr(5)));
    if (code.starts_with("duotone:")) {
        return std::string(icon(IconStyle::duotone, code.substr(8)));
    }
    ensure(texts.has(language, code),
           "a template asks only for texts that exist: " + std::string(code) + " in " +
               std::string(code_of(language)));
    return with_holes(texts.say(language, code));
}

} // namespace

std::string with_texts_and_icons(const Texts& texts, Language language, std::string_view source) {
    std::string whole;
    for (;;) {
        const auto open = source.find("[[");
        const auto close = open == source.npos ? open : source.find("]]", open);
        if (close == source.npos) break;
        whole += source.substr(0, open);
        whole += replacement(texts, language, source.substr(open + 2, close - open - 2));
        source.remove_prefix(close + 2);
    }
    whole += source;
    return whole;
}

std::string prepared(const Texts& texts, Language language, std::string_view template_path) {
    const auto whole = with_partials(template_path, source_of(template_path), 0);
    return with_texts_and_icons(texts, language, whole);
}

} // namespace kringwerk::page
