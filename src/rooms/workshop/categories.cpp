// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/categories.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "base/table.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace kringwerk::workshop {
namespace {

constexpr std::string_view own_file = "reference/ords_categories.csv";

/// Without the stream for what nobody sorted yet: a category knows its stream.
constexpr std::array<std::string_view, 10> streams{
    "furniture", "household", "electrical", "textile",      "books",
    "toys",      "bicycles",  "tools",      "construction", "other"};

Result<std::optional<Grams>> read_weight(const Table& table, const Table::Line& line) {
    const auto& fields = line.fields;
    if (fields[5].empty()) return std::optional<Grams>{};
    const auto grams = table.number(line, 5);
    if (!grams) return refuse(grams.error());
    const bool sourced = !fields[6].empty() && !fields[7].empty() && !fields[8].empty();
    if (*grams <= 0 || !sourced) {
        return refuse(table.wrong("workshop.category_weight", line, fields[5]));
    }
    return std::optional<Grams>(Grams{*grams});
}

Result<OrdsCategory> read_category(const Table& table, const Table::Line& line, int expected) {
    const auto& fields = line.fields;
    const auto number = table.number(line, 0);
    if (!number) return refuse(number.error());
    if (*number != expected) return refuse(table.wrong("workshop.category_order", line, fields[0]));
    if (fields[1].empty() || fields[2].empty() || fields[3].empty()) {
        return refuse(table.wrong("workshop.category_name", line, fields[0]));
    }
    if (std::find(streams.begin(), streams.end(), fields[4]) == streams.end()) {
        return refuse(table.wrong("workshop.category_stream", line, fields[4]));
    }
    const auto grams = read_weight(table, line);
    if (!grams) return refuse(grams.error());
    return OrdsCategory{expected, fields[1], fields[2], fields[3], fields[4],
                        *grams,   fields[6], fields[7], fields[8], fields[9]};
}

} // namespace

Result<std::vector<OrdsCategory>> parse_ords_categories(std::string_view file,
                                                        std::string_view text) {
    const auto table = Table::read(file, text,
                                   {"number", "name", "name_nl", "name_en", "stream", "grams",
                                    "source", "year", "licence", "note"});
    if (!table) return refuse(table.error());
    std::vector<OrdsCategory> categories;
    std::set<std::string_view> names;
    for (const auto& line : table->lines()) {
        const auto category = read_category(*table, line, static_cast<int>(categories.size()) + 1);
        if (!category) return refuse(category.error());
        if (!names.insert(category->name).second) {
            return refuse(table->wrong("workshop.category_double", line, category->name));
        }
        categories.push_back(*category);
    }
    if (categories.size() != category_count) {
        return refuse("workshop.category_order", {{"file", std::string(file)},
                                                  {"line", "-"},
                                                  {"given", std::to_string(categories.size())}});
    }
    return categories;
}

const std::vector<OrdsCategory>& ords_categories() {
    static const auto categories = [] {
        auto read = parse_ords_categories(own_file, embedded_or_bug(own_file));
        ensure(read.has_value(), "reference/ords_categories.csv holds the 40 categories");
        return std::move(*read);
    }();
    return categories;
}

const OrdsCategory& ords_category(int number) {
    ensure(number >= 1 && number <= category_count, "a category has a number of the standard");
    return ords_categories()[static_cast<std::size_t>(number - 1)];
}

} // namespace kringwerk::workshop
