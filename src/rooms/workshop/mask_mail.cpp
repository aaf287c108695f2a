// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/mask_parts.hpp"

#include "base/words.hpp"

#include <array>

namespace kringwerk::workshop {
namespace {

bool is_letter(char sign) { return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z'); }
/// Letters with accents are two bytes of which the first is C3; other bytes beyond ASCII are
/// dashes and the like, which end a domain name.
bool in_domain(char sign) { return is_letter(sign) || is_digit(sign) || sign == '-'; }
bool in_accent(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]) == 0xC3 ||
           (at > 0 && static_cast<unsigned char>(text[at - 1]) == 0xC3);
}
bool in_local(char sign) {
    constexpr std::string_view others = ".!#$%&'*+/=?^_`{|}~";
    return in_domain(sign) || static_cast<unsigned char>(sign) >= 0x80 ||
           others.find(sign) != std::string_view::npos;
}

/// Where the part before the sign begins, not before `from`. Exports of some databases hold the
/// two characters \n for a line end: the n belongs to those, not to the address.
std::size_t local_begin(std::string_view text, std::size_t from, std::size_t sign) {
    auto begin = sign;
    while (begin > from && in_local(text[begin - 1])) --begin;
    if (begin > from && begin < sign && text[begin - 1] == '\\' &&
        std::string_view("nrt").find(text[begin]) != std::string_view::npos) {
        ++begin;
    }
    while (begin < sign && std::string_view(".'/=").find(text[begin]) != std::string_view::npos)
        ++begin;
    return begin;
}

/// The end of the longest domain name from `begin` whose last label is letters only, two at least.
/// `begin` itself when there is none.
std::size_t domain_end(std::string_view text, std::size_t begin) {
    auto good = begin;
    auto at = begin;
    const auto inside = [&] {
        return at < text.size() && (in_domain(text[at]) || in_accent(text, at));
    };
    for (int labels = 0; inside(); ++labels) {
        const auto label = at;
        bool letters = true;
        for (; inside(); ++at) letters = letters && !is_digit(text[at]);
        if (labels > 0 && letters && at - label >= 2) good = at;
        if (at >= text.size() || text[at] != '.') break;
        ++at;
    }
    return good;
}

struct Sign {
    std::size_t begin = 0; ///< with the blanks around a written-out sign
    std::size_t end = 0;
};

/// The next at-sign from `from`, or one behind the text.
Sign next_sign(std::string_view text, std::size_t from) {
    constexpr std::array<std::string_view, 4> written{"[at]", "(at)", "[AT]", "(AT)"};
    for (auto at = text.find_first_of("@[(", from); at < text.size();
         at = text.find_first_of("@[(", at + 1)) {
        if (text[at] == '@') return {at, at + 1};
        for (const auto word : written) {
            if (text.substr(at, word.size()) != word) continue;
            const auto begin = at > from && text[at - 1] == ' ' ? at - 1 : at;
            const auto end = at + word.size();
            return {begin, end < text.size() && text[end] == ' ' ? end + 1 : end};
        }
    }
    return {text.size(), text.size()};
}

} // namespace

Masked mask_mails(std::string_view text) {
    Masked masked;
    std::size_t kept = 0; // what stands before it is in the answer
    std::size_t at = 0;
    for (auto sign = next_sign(text, at); sign.begin < text.size(); sign = next_sign(text, at)) {
        const auto begin = local_begin(text, at, sign.begin);
        const auto end = domain_end(text, sign.end);
        if (begin == sign.begin || end == sign.end) {
            at = sign.end;
            continue;
        }
        masked.text += text.substr(kept, begin - kept);
        masked.text += mail_removed;
        ++masked.mails;
        kept = at = end;
    }
    masked.text += text.substr(kept);
    return masked;
}

Masked mask_contacts(std::string_view text) {
    auto mails = mask_mails(text);
    auto phones = mask_phones(mails.text);
    phones.mails = mails.mails;
    return phones;
}

} // namespace kringwerk::workshop
