// SPDX-License-Identifier: EUPL-1.2
#include "base/opening_hours_reader.hpp"

#include "base/words.hpp"

#include <algorithm>
#include <array>

namespace kringwerk::hours {
namespace {

struct Name {
    std::string_view name;
    unsigned number;
};

// English as in OpenStreetMap, and what people here type.
constexpr std::array<Name, 14> weekdays{{{"su", 0},
                                         {"zo", 0},
                                         {"mo", 1},
                                         {"ma", 1},
                                         {"tu", 2},
                                         {"di", 2},
                                         {"we", 3},
                                         {"wo", 3},
                                         {"th", 4},
                                         {"do", 4},
                                         {"fr", 5},
                                         {"vr", 5},
                                         {"sa", 6},
                                         {"za", 6}}};
constexpr std::array<Name, 15> months{{{"jan", 1},
                                       {"feb", 2},
                                       {"mar", 3},
                                       {"mrt", 3},
                                       {"apr", 4},
                                       {"may", 5},
                                       {"mei", 5},
                                       {"jun", 6},
                                       {"jul", 7},
                                       {"aug", 8},
                                       {"sep", 9},
                                       {"oct", 10},
                                       {"okt", 10},
                                       {"nov", 11},
                                       {"dec", 12}}};

constexpr bool is_letter(char sign) { return lower(sign) >= 'a' && lower(sign) <= 'z'; }

template <class Names> std::optional<unsigned> find(const Names& names, std::string_view word) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const Name& name) {
        return same_letters(word, name.name);
    });
    return found == names.end() ? std::nullopt : std::optional(found->number);
}

/// Signs, not bytes: what follows a first byte of UTF-8 does not count.
std::size_t signs(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    }));
}

} // namespace

void Reader::skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string::npos)
        ++at_;
}

bool Reader::at_end() {
    skip_blanks();
    return at_ == text_.size();
}

bool Reader::take(std::string_view sign) {
    skip_blanks();
    if (!left().starts_with(sign)) return false;
    at_ += sign.size();
    return true;
}

std::string_view Reader::word() const {
    const auto rest = left();
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_letter);
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

bool Reader::take_word(std::string_view lower_case) {
    skip_blanks();
    if (!same_letters(word(), lower_case)) return false;
    at_ += lower_case.size();
    return true;
}

std::size_t Reader::digits() const {
    const auto rest = left();
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
    return static_cast<std::size_t>(end - rest.begin());
}

std::optional<int> Reader::number(std::size_t least, std::size_t most) {
    skip_blanks();
    const auto length = digits();
    if (length < least || length > most) return std::nullopt;
    const auto value = parse_whole(left().substr(0, length));
    at_ += length;
    return static_cast<int>(*value);
}

bool Reader::at_digit() {
    skip_blanks();
    return digits() > 0;
}

bool Reader::at_clock() {
    skip_blanks();
    const auto length = digits();
    const auto rest = left().substr(length);
    return (length == 1 || length == 2) && rest.size() > 1 && rest[0] == ':' && is_digit(rest[1]);
}

bool Reader::at_year() {
    skip_blanks();
    return digits() == 4;
}

bool Reader::at_day_number() {
    skip_blanks();
    return (digits() == 1 || digits() == 2) && !at_clock();
}

std::optional<unsigned> Reader::weekday() {
    skip_blanks();
    const auto found = find(weekdays, word());
    if (found) at_ += word().size();
    return found;
}

std::optional<unsigned> Reader::month() {
    skip_blanks();
    const auto found = find(months, word());
    if (found) at_ += word().size();
    return found;
}

std::optional<int> Reader::sign() {
    if (take("+")) return 1;
    if (take("-")) return -1;
    return std::nullopt;
}

std::optional<std::string> Reader::comment() {
    if (!take("\"")) return std::nullopt;
    const auto end = left().find('"');
    if (end == std::string_view::npos) {
        at_ = text_.size();
        fail("hours.quote_expected");
        return std::nullopt;
    }
    std::string inside(left().substr(0, end));
    at_ += end + 1;
    return inside;
}

bool Reader::fail(std::string_view code) {
    skip_blanks();
    if (refusal_) return false;
    const auto given = left().substr(0, left().find_first_of(" ;,\t\r\n"));
    refusal_ = Refusal{std::string(code),
                       {{"position", std::to_string(signs(text_.substr(0, at_)) + 1)},
                        {"given", std::string(given.substr(0, 30))}},
                       {}};
    return false;
}

} // namespace kringwerk::hours
