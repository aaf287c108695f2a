// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/phone_shapes.hpp"

#include "base/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace kringwerk::workshop {
namespace {

constexpr std::size_t longest_number = 15; // E.164

template <std::size_t n>
bool one_of(std::string_view word, const std::array<std::string_view, n>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool in_label(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '/' ||
           static_cast<unsigned char>(sign) >= 0x80;
}

/// The word that ends before `at`, past blanks, colons and the like, in small letters; moves `at`
/// to where it begins.
std::string word_before(std::string_view text, std::size_t& at) {
    constexpr std::size_t longest = 20;
    for (int passed = 0; passed < 4 && at > 0; ++passed, --at) {
        if (std::string_view(" .:(+").find(text[at - 1]) == std::string_view::npos) break;
    }
    auto begin = at;
    while (begin > 0 && at - begin < longest && in_label(text[begin - 1])) --begin;
    auto word = lower(text.substr(begin, at - begin));
    at = begin;
    return word;
}

Label label_of(std::string_view word) {
    static constexpr std::array<std::string_view, 24> phone{
        "tel",      "telnr",     "tél",     "telefoon",  "telefoonnr", "telefoonnummer",
        "telefon",  "téléphone", "phone",   "telephone", "gsm",        "gsmnr",
        "whatsapp", "bel",       "bellen",  "call",      "ring",       "fax",
        "mobiel",   "mob",       "mobiele", "handy",     "gsmnummer",  "cell"};
    static constexpr std::array<std::string_view, 37> thing{
        "serie",   "serial",  "série",     "seriale", "sn",      "s/n",   "snr",    "art",
        "artikel", "article", "art/nr",    "type",    "typ",     "model", "modele", "modèle",
        "ref",     "réf",     "reference", "part",    "p/n",     "pn",    "pnc",    "ean",
        "imei",    "code",    "barcode",   "order",   "product", "id",    "batch",  "lot",
        "isbn",    "kvk",     "iban",      "btw",     "version"};
    if (one_of(word, phone)) return Label::phone;
    if (one_of(word, thing)) return Label::thing;
    return Label::none;
}

std::string digits_of(std::string_view text, std::span<const DigitGroup> groups) {
    std::string digits;
    for (const auto& group : groups) digits += text.substr(group.begin, group.size());
    return digits;
}

int value_of(std::string_view digits) {
    int value = -1;
    if (digits.size() <= 4) std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool is_year(std::string_view digits) {
    return digits.size() == 4 && value_of(digits) >= 1900 && value_of(digits) < 2100;
}
bool is_day(std::string_view digits) {
    return digits.size() <= 2 && value_of(digits) >= 1 && value_of(digits) <= 31;
}

/// "01-02-2019", "2019 10 13", also with a time behind it, and "05/2019".
bool begins_with_date(std::string_view text, std::span<const DigitGroup> groups) {
    const auto group = [&](std::size_t i) {
        return text.substr(groups[i].begin, groups[i].size());
    };
    if (groups.size() < 2) return false;
    if (text[groups[0].end] == '/' && is_day(group(0)) && is_year(group(1))) return true;
    if (groups.size() < 3 || !is_day(group(1))) return false;
    return (is_day(group(0)) && is_year(group(2))) || (is_year(group(0)) && is_day(group(2)));
}

struct Country {
    std::string_view code;
    std::size_t least; ///< digits behind the code
    std::size_t most;
};

/// Near by, or often met. Longer codes first.
constexpr std::array<Country, 10> countries{{{"352", 6, 9},
                                             {"31", 9, 9},
                                             {"32", 8, 9},
                                             {"33", 9, 9},
                                             {"34", 9, 9},
                                             {"41", 9, 9},
                                             {"44", 9, 10},
                                             {"45", 8, 8},
                                             {"49", 8, 11},
                                             {"1", 10, 10}}};

/// `digits` behind + or 00. A nought may stand before the national part: +31 (0)6.
bool is_international(std::string_view digits) {
    if (digits.empty() || digits[0] == '0') return false;
    for (const auto& country : countries) {
        if (!digits.starts_with(country.code)) continue;
        digits.remove_prefix(country.code.size());
        if (digits.starts_with('0')) digits.remove_prefix(1);
        return digits.size() >= country.least && digits.size() <= country.most;
    }
    return digits.size() >= 10 && digits.size() <= longest_number;
}

bool is_belgian_in_groups(std::span<const DigitGroup> groups, char second) {
    const auto first = groups[0].size();
    const bool zone = std::string_view("2349").find(second) != std::string_view::npos;
    if (groups.size() == 1) return false;
    return first == 3 || (first == 2 && zone && groups[1].size() >= 3);
}

/// `digits` begin with a nought: a number as it is dialled within a country.
bool is_national(std::string_view digits, std::span<const DigitGroup> groups) {
    if (digits.size() < 9 || digits[0] != '0' || digits[1] == '0') return false;
    const auto first = groups[0].size();
    const bool in_one = groups.size() == 1;
    const bool grouped = first >= 2 && first <= 5 &&
                         std::all_of(groups.begin() + 1, groups.end(),
                                     [](const DigitGroup& group) { return group.size() >= 2; });
    if (!in_one && !grouped) return false;
    if (digits.size() == 10) return true;
    if (digits.size() == 9) return is_belgian_in_groups(groups, digits[1]);
    if (digits.size() != 11) return false;
    const auto area = digits.substr(0, 3);
    const bool mobile = digits[1] == '7' || area == "015" || area == "016" || area == "017";
    return mobile ||
           (!in_one && std::string_view("1238").find(digits[1]) != std::string_view::npos);
}

/// 3-3-4, with anything but mere blanks between, and perhaps a 1 in front.
bool is_north_american(std::string_view text, std::span<const DigitGroup> groups) {
    if (groups.size() == 4 && groups[0].size() == 1 && text[groups[0].begin] == '1') {
        groups = groups.subspan(1);
    }
    if (groups.size() != 3 || groups[0].size() != 3 || groups[1].size() != 3 ||
        groups[2].size() != 4) {
        return false;
    }
    if (text[groups[0].begin] < '2' || text[groups[1].begin] < '2') return false;
    return std::string_view("-.)").find(text[groups[0].end]) != std::string_view::npos;
}

} // namespace

Label label_before(std::string_view text, std::size_t at) {
    static constexpr std::array<std::string_view, 7> number_words{
        "nr", "no", "nummer", "number", "numéro", "n°", "num"};
    static constexpr std::array<std::string_view, 4> endings{"nummer", "number", "nr", "no"};
    auto word = word_before(text, at);
    if (one_of(word, number_words)) word = word_before(text, at);
    if (const auto label = label_of(word); label != Label::none) return label;
    for (const auto ending : endings) {
        // Whatever is numbered and is not a phone is a thing: "typenummer", "bestelnr".
        if (word.size() > ending.size() + 2 && word.ends_with(ending)) return Label::thing;
    }
    return Label::none;
}

bool is_phone(std::string_view text, std::span<const DigitGroup> groups, Label label) {
    std::size_t size = 0;
    for (const auto& group : groups) size += group.size();
    if (size < 7 || size > longest_number + 2) return false;
    const auto digits = digits_of(text, groups);
    if (groups[0].plus) return is_international(digits);
    if (label == Label::thing || begins_with_date(text, groups)) return false;
    if (label == Label::phone && size <= longest_number) return true;
    if (digits.starts_with("00")) return is_international(std::string_view(digits).substr(2));
    return is_national(digits, groups) || is_north_american(text, groups);
}

} // namespace kringwerk::workshop
