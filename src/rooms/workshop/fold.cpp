// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/fold.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"
#include "rooms/workshop/categories.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace kringwerk::workshop {
namespace {

bool is_letter_or_digit(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') ||
           static_cast<unsigned char>(sign) >= 0x80;
}

/// Small letters and digits only, without the word "the": what is left of two spellings of one
/// name is the same.
std::string folded(std::string_view text) {
    std::string key;
    std::string word;
    const auto finish_word = [&] {
        if (word != "the") key += word;
        word.clear();
    };
    for (const char sign : lower(text)) {
        if (is_letter_or_digit(sign)) {
            word += sign;
        } else {
            finish_word();
            if (sign == '&') key += "and";
        }
    }
    finish_word();
    return key;
}

template <class T> using Names = std::map<std::string, T, std::less<>>;

template <class T> std::optional<Folded<T>> find(const Names<T>& names, std::string_view text) {
    const auto found = names.find(folded(text));
    if (found == names.end()) return std::nullopt;
    return Folded<T>{found->second, false};
}

struct OutcomeName {
    Outcome outcome;
    std::string_view name;
};
constexpr std::array<OutcomeName, 4> outcome_names{{{Outcome::unknown, "Unknown"},
                                                    {Outcome::fixed, "Fixed"},
                                                    {Outcome::repairable, "Repairable"},
                                                    {Outcome::end_of_life, "End of life"}}};

struct BarrierName {
    Barrier barrier;
    std::string_view name;
};
constexpr std::array<BarrierName, 6> barrier_names{
    {{Barrier::parts_not_available, "Spare parts not available"},
     {Barrier::parts_too_expensive, "Spare parts too expensive"},
     {Barrier::no_way_to_open, "No way to open product"},
     {Barrier::no_information, "Repair information not available"},
     {Barrier::no_equipment, "Lack of equipment"},
     {Barrier::worn_out, "Item too worn out"}}};

/// Spellings seen in published files that folding alone does not bring home.
const Names<Barrier>& barriers() {
    static const Names<Barrier> names = [] {
        Names<Barrier> made;
        for (const auto& row : barrier_names) {
            made.emplace(folded(row.name), row.barrier);
            made.emplace(std::to_string(static_cast<int>(row.barrier)), row.barrier);
        }
        made.emplace("tooworndown", Barrier::worn_out);
        made.emplace("tooworn", Barrier::worn_out);
        made.emplace("toowornout", Barrier::worn_out);
        made.emplace("producttoowornout", Barrier::worn_out);
        made.emplace("nowaytoopenitem", Barrier::no_way_to_open);
        made.emplace("norepairinformationavailable", Barrier::no_information);
        made.emplace("sparepartsunavailable", Barrier::parts_not_available);
        return made;
    }();
    return names;
}

const Names<Outcome>& outcomes() {
    static const Names<Outcome> names = [] {
        Names<Outcome> made;
        for (const auto& row : outcome_names) {
            made.emplace(folded(row.name), row.outcome);
            made.emplace(std::to_string(static_cast<int>(row.outcome)), row.outcome);
        }
        return made;
    }();
    return names;
}

const Names<int>& categories() {
    static const Names<int> names = [] {
        Names<int> made;
        for (const auto& category : ords_categories()) {
            made.emplace(folded(category.name), category.number);
        }
        made.emplace("tvgamingrelatedaccessories", 33);
        made.emplace("dlsrvideocamera", 6);
        made.emplace("vacuumcleaner", 34);
        made.emplace("mobilephone", 19);
        return made;
    }();
    return names;
}

} // namespace

std::optional<Folded<Outcome>> fold_outcome(std::string_view text) {
    auto found = find(outcomes(), text);
    if (found)
        found->as_standard = outcome_names[static_cast<std::size_t>(found->value)].name == text;
    return found;
}

std::optional<Folded<Barrier>> fold_barrier(std::string_view text) {
    if (text.empty()) return Folded<Barrier>{Barrier::none, true};
    auto found = find(barriers(), text);
    if (found) {
        found->as_standard = barrier_names[static_cast<std::size_t>(found->value) - 1].name == text;
    }
    return found;
}

std::optional<Folded<int>> fold_category(std::string_view text) {
    auto found = find(categories(), text);
    if (found) found->as_standard = ords_category(found->value).name == text;
    return found;
}

} // namespace kringwerk::workshop
