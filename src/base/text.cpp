// SPDX-License-Identifier: EUPL-1.2
#include "base/text.hpp"

#include "base/embedded.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>

namespace kringwerk {
namespace {

constexpr std::string_view no_break_space = "\u00a0";
constexpr std::string_view minus = "\u2212";

std::map<std::string, std::string, std::less<>> read_catalogue(std::string_view json) {
    std::map<std::string, std::string, std::less<>> texts;
    const auto parsed = boost::json::parse(json);
    ensure(parsed.is_object(), "a catalogue of texts is a flat object");
    for (const auto& [code, text] : parsed.as_object()) {
        ensure(text.is_string(), "a text is a string: " + std::string(code));
        const auto added = texts.emplace(code, text.as_string()).second;
        ensure(added, "a code of a text stands once: " + std::string(code));
    }
    return texts;
}

constexpr std::array<std::string_view, 12> months_nl{
    "januari", "februari", "maart",     "april",   "mei",      "juni",
    "juli",    "augustus", "september", "oktober", "november", "december"};
constexpr std::array<std::string_view, 12> months_en{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> days_nl{"zondag",    "maandag", "dinsdag", "woensdag",
                                                  "donderdag", "vrijdag", "zaterdag"};
constexpr std::array<std::string_view, 7> days_en{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};

std::string_view month_name(Language language, unsigned month) {
    return (language == Language::nl ? months_nl : months_en).at(month - 1);
}

std::int64_t divided_rounded(std::int64_t value, std::int64_t by) {
    const auto half = by / 2;
    return value < 0 ? -((-value + half) / by) : (value + half) / by;
}

} // namespace

const Texts& Texts::built_in() {
    static const Texts texts(embedded_or_bug("web/texts/nl.json"),
                             embedded_or_bug("web/texts/en.json"));
    return texts;
}

Texts::Texts(std::string_view nl_json, std::string_view en_json)
    : nl_(read_catalogue(nl_json)), en_(read_catalogue(en_json)) {}

const std::map<std::string, std::string, std::less<>>& Texts::all(Language language) const {
    return language == Language::nl ? nl_ : en_;
}

bool Texts::has(Language language, std::string_view code) const {
    return all(language).find(code) != all(language).end();
}

std::string Texts::say(Language language, std::string_view code,
                       const TextArguments& arguments) const {
    const auto& texts = all(language);
    const auto found = texts.find(code);
    return fill(found == texts.end() ? code : std::string_view(found->second), arguments);
}

std::string Texts::say(Language language, const Refusal& refusal) const {
    return say(language, "refusal." + refusal.code, refusal.arguments);
}

std::string fill(std::string_view text, const TextArguments& arguments) {
    std::string filled;
    filled.reserve(text.size() + 16);
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto close = open == text.npos ? text.npos : text.find('}', open);
        if (close == text.npos) break;
        filled += text.substr(0, open);
        const auto name = text.substr(open + 1, close - open - 1);
        const auto* given = static_cast<const std::string*>(nullptr);
        for (const auto& [key, value] : arguments) {
            if (key == name) given = &value;
        }
        filled += given ? std::string_view(*given) : text.substr(open, close - open + 1);
        text.remove_prefix(close + 1);
    }
    filled += text;
    return filled;
}

std::string show_decimal(Language language, std::int64_t value, int decimals) {
    const char group = language == Language::nl ? '.' : ',';
    const char point = language == Language::nl ? ',' : '.';
    const bool negative = value < 0;
    auto figures = fmt::format("{:0{}}", negative ? -value : value, decimals + 1);
    auto whole = figures.size() - static_cast<std::size_t>(decimals);
    if (decimals > 0) figures.insert(whole, 1, point);
    while (whole > 3) {
        whole -= 3;
        figures.insert(whole, 1, group);
    }
    return negative ? std::string(minus) + figures : figures;
}

std::string show_whole(Language language, std::int64_t value) {
    return show_decimal(language, value, 0);
}

std::string show_kilograms(Language language, Grams mass) {
    return show_decimal(language, divided_rounded(mass.value, 100), 1);
}

std::string show_report_mass(Language language, Grams mass) {
    const auto kilograms = divided_rounded(mass.value, 1000);
    if (kilograms < 10'000 && kilograms > -10'000) {
        return fmt::format("{}{}kg", show_whole(language, kilograms), no_break_space);
    }
    return fmt::format("{}{}{}", show_whole(language, divided_rounded(mass.value, 1'000'000)),
                       no_break_space, language == Language::nl ? "ton" : "tonnes");
}

std::string show_money(Language language, Cents amount) {
    return fmt::format("€{}{}", no_break_space, show_decimal(language, amount.value, 2));
}

std::string show_permille(Language language, std::int64_t permille) {
    return fmt::format("{}{}%", show_decimal(language, permille, 1), no_break_space);
}

std::string show_day(Language language, Day day) {
    const auto [year, month, of_month] = calendar(day);
    if (language == Language::nl) return fmt::format("{:02}-{:02}-{}", of_month, month, year);
    return fmt::format("{} {} {}", of_month, month_name(language, month), year);
}

std::string show_day_in_words(Language language, Day day) {
    const auto [year, month, of_month] = calendar(day);
    const auto& names = language == Language::nl ? days_nl : days_en;
    return fmt::format("{} {} {} {}", names.at(weekday(day)), of_month, month_name(language, month),
                       year);
}

std::string show_month(Language language, Month month) {
    return fmt::format("{} {}", month_name(language, month_number(month)), year_of(month));
}

std::string show_month_short(Language language, Month month) {
    const auto name = show_month(language, month);
    return name.starts_with("maart") ? "mrt" : name.substr(0, 3);
}

} // namespace kringwerk
