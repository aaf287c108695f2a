// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/catalogue.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "base/words.hpp"
#include "rooms/network/network.hpp"

#include <algorithm>

namespace kringwerk::network {
namespace {

/// Shorter parts stand inside too many words.
constexpr std::size_t inside_from = 4;

std::vector<std::string> plain_words(std::string_view text) {
    std::vector<std::string> words;
    const auto plain = plain_of(text);
    for (const auto word : split(plain, '-')) {
        if (!word.empty()) words.emplace_back(word);
    }
    return words;
}

/// Lists have at most some hundreds of lines, so looking through them is quick enough.
template <class Row> const Row* row_with_code(const std::vector<Row>& rows, std::string_view code) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.code == code; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

std::string written(const WasteCode& waste_code) {
    const auto& code = waste_code.code;
    std::string text{code.substr(0, 2)};
    text.append(" ").append(code.substr(2, 2)).append(" ").append(code.substr(4));
    return waste_code.hazardous ? text + "*" : text;
}

std::string_view code_of(EuGroup group) {
    switch (group) {
    case EuGroup::textile:
        return "textile";
    case EuGroup::eee:
        return "eee";
    case EuGroup::furniture:
        return "furniture";
    case EuGroup::construction:
        return "construction";
    case EuGroup::other:
        return "other";
    }
    throw Bug("a group of the EU is one of five");
}

const Catalogue& Catalogue::built_in() {
    static const Catalogue catalogue = [] {
        const auto file = [](const std::string& name) {
            return embedded_or_bug("reference/streams/" + name + ".csv");
        };
        auto read = Catalogue::read({file("sources"), file("waste_codes"), file("hazards"),
                                     file("stops"), file("categories")});
        ensure(read.has_value(), "the built-in categories are right");
        return std::move(*read);
    }();
    return catalogue;
}

const Category* Catalogue::find(int number, Day day) const {
    for (const auto& category : tables_.categories) {
        if (category.number == number && category.valid_on(day)) return &category;
    }
    return nullptr;
}

std::vector<const Category*> Catalogue::of_stream(ledger::Key stream, Day day) const {
    std::vector<const Category*> found;
    for (const auto& category : tables_.categories) {
        if (category.stream == stream && category.valid_on(day)) found.push_back(&category);
    }
    return found;
}

std::vector<const Category*> Catalogue::of_ords(int ords, Day day) const {
    std::vector<const Category*> found;
    for (const auto& category : tables_.categories) {
        if (category.ords == ords && category.valid_on(day)) found.push_back(&category);
    }
    return found;
}

const Source* Catalogue::source(std::string_view code) const {
    return row_with_code(tables_.sources, code);
}
const WasteCode* Catalogue::waste_code(std::string_view code) const {
    return row_with_code(tables_.waste_codes, code);
}
const Advice* Catalogue::hazard(std::string_view code) const {
    return row_with_code(tables_.hazards, code);
}
const Advice* Catalogue::stop(std::string_view code) const {
    return row_with_code(tables_.stops, code);
}

std::vector<const Category*> Catalogue::search(std::string_view typed, Day day) const {
    std::vector<const Category*> found;
    for (const auto& category : tables_.categories) {
        if (!category.valid_on(day)) continue;
        if (fits_names(typed, category.name_nl, category.name_en)) found.push_back(&category);
    }
    return found;
}

bool fits_names(std::string_view typed, std::string_view name_nl, std::string_view name_en) {
    const auto wanted = plain_words(typed);
    auto words = plain_words(name_nl);
    for (auto& word : plain_words(name_en)) words.push_back(std::move(word));
    const auto is_in_one = [&](const std::string& part) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            const auto at = word.find(part);
            return at == 0 || (at != word.npos && part.size() >= inside_from);
        });
    };
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), is_in_one);
}

} // namespace kringwerk::network
