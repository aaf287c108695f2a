// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/mask_parts.hpp"

#include "base/words.hpp"
#include "rooms/workshop/phone_shapes.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace kringwerk::workshop {
namespace {

/// The length of the separator that stands at `at`, 0 when none does.
std::size_t separator_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (std::string_view(" .-/()").find(text[at]) != std::string_view::npos) return 1;
    const auto rest = text.substr(at);
    if (rest.starts_with("\u00a0")) return 2;
    if (rest.starts_with("\u2011") || rest.starts_with("\u2013")) return 3;
    return 0;
}

/// Where the next group of digits of the same run begins, or `npos`: at most three separators on,
/// with perhaps a plus sign before it.
std::size_t next_group(std::string_view text, std::size_t at) {
    for (int passed = 0; at < text.size(); ++passed) {
        if (passed > 0 && is_digit(text[at])) return at;
        if (text[at] == '+' && at + 1 < text.size() && is_digit(text[at + 1])) return at + 1;
        const auto size = separator_at(text, at);
        if (size == 0 || passed == 3) break;
        at += size;
    }
    return std::string_view::npos;
}

/// All groups of digits from the one at `begin` that hang together by separators.
std::vector<DigitGroup> groups_from(std::string_view text, std::size_t begin) {
    std::vector<DigitGroup> groups;
    while (begin != std::string_view::npos) {
        auto end = begin;
        while (end < text.size() && is_digit(text[end])) ++end;
        groups.push_back({begin, end, begin > 0 && text[begin - 1] == '+'});
        begin = next_group(text, end);
    }
    return groups;
}

bool is_word(char sign) {
    return is_digit(sign) || (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
           static_cast<unsigned char>(sign) >= 0x80;
}

/// True when what stands before `at` lets a number begin there.
bool may_begin(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    const char before = text[at - 1];
    if (at >= 2 && text[at - 2] == '\\' &&
        std::string_view("nrt").find(before) != std::string_view::npos) {
        return true; // a line end that an export wrote out
    }
    if (at >= 3 && static_cast<unsigned char>(text[at - 3]) == 0xE2) return true; // punctuation
    if (at >= 2 && text.substr(at - 2, 2) == "\u00a0") return true;
    if (before == '-' || before == '/') return at < 2 || !is_word(text[at - 2]);
    return !is_word(before) && std::string_view("_#=").find(before) == std::string_view::npos;
}

/// True when what stands from `at` lets a number end there.
bool may_end(std::string_view text, std::size_t at) {
    if (at >= text.size()) return true;
    const bool word_follows = at + 1 < text.size() && is_word(text[at + 1]);
    if (text.substr(at).starts_with("\u00a0") || static_cast<unsigned char>(text[at]) == 0xE2)
        return true;
    if (text[at] == '-') return !word_follows;
    return !is_word(text[at]) && std::string_view("_%=").find(text[at]) == std::string_view::npos;
}

/// True when two numbers may meet in the gap between two groups of a run.
bool splits(std::string_view text, const DigitGroup& left, const DigitGroup& right) {
    const auto gap = text.substr(left.end, right.begin - left.end);
    if (right.plus || gap.find_first_of(" (\xC2") != std::string_view::npos) return true;
    return gap == "/" && text[right.begin] == '0';
}

bool in_web_address(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 300;
    const auto window = text.substr(at > longest ? at - longest : 0, std::min(at, longest));
    const auto blank = window.find_last_of(" \n\r\t\"<");
    const auto token = window.substr(blank == std::string_view::npos ? 0 : blank + 1);
    return token.find("://") != std::string_view::npos ||
           token.find("www.") != std::string_view::npos;
}

/// One run of digit groups: finds the numbers in it, the longest first.
class Run {
  public:
    Run(std::string_view text, std::size_t begin)
        : text_(text), groups_(groups_from(text, begin)) {}

    std::size_t end() const { return groups_.back().end; }
    /// Calls `found(begin, end)` for each number.
    template <class Found> void numbers(Found found) const {
        if (in_web_address(text_, groups_.front().begin)) return;
        for (std::size_t first = 0; first < groups_.size();) {
            const auto last = number_from(first);
            if (!last) {
                ++first;
                continue;
            }
            found(begin_of(first, *last), groups_[*last].end);
            first = *last + 1;
        }
    }

  private:
    static constexpr std::size_t most_groups = 9;

    /// Where the sign, bracket or digit stands with which the number begins.
    std::size_t begin_of(std::size_t first, std::size_t last) const {
        auto begin = groups_[first].begin - (groups_[first].plus ? 1 : 0);
        if (first == last || begin == 0 || text_[begin - 1] != '(') return begin;
        const auto gap =
            text_.substr(groups_[first].end, groups_[first + 1].begin - groups_[first].end);
        return gap.find(')') != std::string_view::npos ? begin - 1 : begin;
    }
    bool begins(std::size_t first) const {
        if (first > 0) return splits(text_, groups_[first - 1], groups_[first]);
        const auto& group = groups_[first];
        return may_begin(text_, group.begin - (group.plus ? 1 : 0));
    }
    bool ends(std::size_t last) const {
        if (last + 1 < groups_.size()) return splits(text_, groups_[last], groups_[last + 1]);
        return may_end(text_, groups_[last].end);
    }
    /// The last group of the longest number that begins with group `first`.
    std::optional<std::size_t> number_from(std::size_t first) const {
        if (!begins(first)) return std::nullopt;
        const auto label = first == 0 ? label_before(text_, groups_[first].begin) : Label::none;
        const auto beyond = std::min(groups_.size(), first + most_groups);
        for (auto last = beyond; last-- > first;) {
            const std::span<const DigitGroup> groups(&groups_[first], last - first + 1);
            if (ends(last) && is_phone(text_, groups, label)) return last;
        }
        return std::nullopt;
    }

    std::string_view text_;
    std::vector<DigitGroup> groups_;
};

} // namespace

Masked mask_phones(std::string_view text) {
    Masked masked;
    std::size_t kept = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        const Run run(text, at);
        run.numbers([&](std::size_t begin, std::size_t end) {
            masked.text += text.substr(kept, begin - kept);
            masked.text += phone_removed;
            ++masked.phones;
            kept = end;
        });
        at = run.end();
    }
    masked.text += text.substr(kept);
    return masked;
}

} // namespace kringwerk::workshop
