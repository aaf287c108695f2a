// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/municipalities.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "base/table.hpp"
#include "base/words.hpp"
#include "rooms/network/network.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace kringwerk::network {
namespace {

constexpr std::string_view own_file = "reference/municipalities.csv";
constexpr std::array<std::string_view, 12> provinces{
    "Groningen", "Fryslân",       "Drenthe",      "Overijssel", "Flevoland",     "Gelderland",
    "Utrecht",   "Noord-Holland", "Zuid-Holland", "Zeeland",    "Noord-Brabant", "Limburg"};

bool is_code(std::string_view code) {
    return code.size() == 6 && code.starts_with("GM") &&
           std::all_of(code.begin() + 2, code.end(), is_digit);
}

Result<Municipality> read_municipality(const Table& table, const Table::Line& line) {
    const auto& fields = line.fields;
    if (!is_code(fields[0])) {
        return refuse(table.wrong("network.municipality_code", line, fields[0]));
    }
    if (fields[1].empty()) return refuse(table.wrong("network.municipality_name", line, fields[0]));
    if (std::find(provinces.begin(), provinces.end(), fields[2]) == provinces.end()) {
        return refuse(table.wrong("network.municipality_province", line, fields[2]));
    }
    const auto inhabitants = table.number(line, 3);
    if (!inhabitants) return refuse(inhabitants.error());
    const auto year = table.number(line, 4);
    if (!year) return refuse(year.error());
    if (*inhabitants <= 0 || *year < 2000 || *year > 2100) {
        return refuse(table.wrong("network.municipality_people", line, fields[3]));
    }
    return Municipality{fields[0], fields[1], fields[2], *inhabitants, static_cast<int>(*year)};
}

/// "'s-Hertogenbosch" gives "-s-hertogenbosch": each word stands behind a dash.
std::string words_of(std::string_view name) { return "-" + slug_of(name); }

/// Without the province: "Bergen (NH.)" gives "Bergen".
std::string_view short_name(std::string_view name) {
    return trimmed(name.substr(0, name.find('(')));
}

} // namespace

Result<std::vector<Municipality>> parse_municipalities(std::string_view file,
                                                       std::string_view text) {
    const auto table =
        Table::read(file, text, {"code", "name", "province", "inhabitants", "year_of_inhabitants"});
    if (!table) return refuse(table.error());
    std::vector<Municipality> read;
    std::set<std::string_view> taken;
    for (const auto& line : table->lines()) {
        const auto row = read_municipality(*table, line);
        if (!row) return refuse(row.error());
        for (const auto field : {row->code, row->name}) {
            if (taken.insert(field).second) continue;
            return refuse(table->wrong("network.municipality_double", line, field));
        }
        read.push_back(*row);
    }
    return read;
}

const std::vector<Municipality>& municipalities() {
    static const auto all = [] {
        auto read = parse_municipalities(own_file, embedded_or_bug(own_file));
        ensure(read.has_value(), "reference/municipalities.csv holds the municipalities");
        std::sort(read->begin(), read->end(),
                  [](const auto& left, const auto& right) { return left.code < right.code; });
        return std::move(*read);
    }();
    return all;
}

const Municipality* municipality(std::string_view code) {
    const auto& all = municipalities();
    const auto found = std::lower_bound(
        all.begin(), all.end(), code,
        [](const Municipality& row, std::string_view wanted) { return row.code < wanted; });
    return found != all.end() && found->code == code ? &*found : nullptr;
}

const Municipality* municipality_called(std::string_view name_or_code) {
    const auto typed = trimmed(name_or_code);
    if (typed.empty()) return nullptr;
    const auto wanted = slug_of(typed);
    const Municipality* by_short_name = nullptr;
    bool several = false;
    for (const auto& row : municipalities()) {
        if (slug_of(row.name) == wanted || slug_of(row.code) == wanted) return &row;
        if (slug_of(short_name(row.name)) != wanted) continue;
        several = by_short_name != nullptr;
        by_short_name = &row;
    }
    return several ? nullptr : by_short_name;
}

std::vector<const Municipality*> search_municipalities(std::string_view typed) {
    std::vector<const Municipality*> found;
    if (trimmed(typed).empty()) return found;
    const auto wanted = slug_of(typed);
    const auto prefixes = split(wanted, '-');
    for (const auto& row : municipalities()) {
        const auto words = words_of(row.name);
        const bool fits = std::all_of(prefixes.begin(), prefixes.end(), [&](auto prefix) {
            return words.find("-" + std::string(prefix)) != words.npos;
        });
        if (fits) found.push_back(&row);
    }
    std::sort(found.begin(), found.end(),
              [](const auto* left, const auto* right) { return left->name < right->name; });
    return found;
}

} // namespace kringwerk::network
