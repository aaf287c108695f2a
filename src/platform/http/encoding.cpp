// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/encoding.hpp"

#include "base/hash.hpp"
#include "base/words.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::http {
namespace {

bool is_unreserved(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
           (sign >= '0' && sign <= '9') || sign == '-' || sign == '.' || sign == '_' || sign == '~';
}

/// The length of the well-formed UTF-8 sequence in front (RFC 3629, table of section 4); 0: none.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const auto tail = [&](std::size_t at) { return byte(at) >= 0x80 && byte(at) <= 0xBF; };
    const auto first = byte(0);
    if (first < 0x80) return first == 0 ? 0 : 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const auto low = first == 0xE0 ? 0xA0U : 0x80U;
        const auto high = first == 0xED ? 0x9FU : 0xBFU;
        return byte(1) >= low && byte(1) <= high && tail(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const auto low = first == 0xF0 ? 0x90U : 0x80U;
        const auto high = first == 0xF4 ? 0x8FU : 0xBFU;
        return byte(1) >= low && byte(1) <= high && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

/// "0.5" in thousandths; a broken quality counts as 1, as if it were not there.
int thousandths(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return 1000;
    if (text[0] == '1') return 1000;
    int value = 0;
    for (std::size_t place = 2; place < 5; ++place) {
        const auto digit = place < text.size() ? text[place] : '0';
        if (digit < '0' || digit > '9') return 1000;
        value = value * 10 + (digit - '0');
    }
    return value;
}

} // namespace

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_space) {
            decoded += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const auto high = hex_digit(text[i + 1]);
            const auto low = hex_digit(text[i + 2]);
            if (!high || !low) return std::nullopt;
            decoded += static_cast<char>(*high << 4 | *low);
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char sign : text) {
        if (is_unreserved(sign) || sign == '/') {
            encoded += sign;
            continue;
        }
        const auto byte = static_cast<unsigned char>(sign);
        encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return encoded;
}

bool is_clean_text(std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::optional<Pairs> parse_pairs(std::string_view text) {
    Pairs pairs;
    while (!text.empty()) {
        auto value = take_until(text, '&');
        if (value.empty()) continue;
        const auto name = percent_decoded(take_until(value, '='), Plus::is_space);
        const auto decoded = percent_decoded(value, Plus::is_space);
        if (!name || !decoded || !is_clean_text(*name) || !is_clean_text(*decoded)) return {};
        pairs.emplace_back(*name, *decoded);
    }
    return pairs;
}

std::optional<std::string> parse_path(std::string_view raw_path) {
    if (raw_path.empty() || raw_path.front() != '/') return std::nullopt;
    auto path = percent_decoded(raw_path, Plus::stays);
    if (!path || !is_clean_text(*path)) return std::nullopt;
    const auto is_control = [](char sign) {
        return static_cast<unsigned char>(sign) < 0x20 || sign == 0x7F;
    };
    if (std::any_of(path->begin(), path->end(), is_control)) return std::nullopt;
    for (auto rest = std::string_view(*path).substr(1); !rest.empty();) {
        const auto segment = take_until(rest, '/');
        if (segment == "." || segment == "..") return std::nullopt;
    }
    return path;
}

std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        auto value = trimmed(take_until(header, ';'));
        if (take_until(value, '=') != name) continue;
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        return value;
    }
    return std::nullopt;
}

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
    take_until(value, ';');
    while (!value.empty()) {
        value = value.substr(std::min(value.find_first_not_of(" \t;"), value.size()));
        const auto equals = value.find('=');
        if (equals == value.npos) return std::nullopt;
        const auto found = trimmed(value.substr(0, equals));
        value = value.substr(equals + 1);
        std::string text;
        if (!value.empty() && value.front() == '"') {
            std::size_t place = 1;
            // Browsers send a quote inside a name as %22 or \", and a backslash as it is.
            for (; place < value.size() && value[place] != '"'; ++place) {
                if (value[place] == '\\' && value.substr(place + 1, 1) == "\"") ++place;
                text += value[place];
            }
            value = value.substr(std::min(place + 1, value.size()));
        } else {
            text = trimmed(take_until(value, ';'));
        }
        if (same_letters(found, name)) return text;
    }
    return std::nullopt;
}

std::optional<int> quality_of(std::string_view list, std::string_view wanted) {
    std::optional<int> of_all;
    while (!list.empty()) {
        auto entry = trimmed(take_until(list, ','));
        const auto name = trimmed(take_until(entry, ';'));
        const auto given = header_parameter(std::string(";") + std::string(entry), "q");
        const int quality = given ? thousandths(*given) : 1000;
        if (same_letters(name, wanted)) return quality;
        if (name == "*") of_all = quality;
    }
    return of_all;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view take_until(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto taken = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return taken;
}

} // namespace kringwerk::http
