// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/catalogue.hpp"

#include "base/ensure.hpp"
#include "platform/store/sqlite.hpp"

#include <algorithm>

namespace kringwerk {
namespace {

constexpr Query all_tables{"store.all_tables",
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                           "'sqlite_%' AND name <> 'schema_version' ORDER BY name",
                           ""};
constexpr Query columns_of{"store.columns_of",
                           "SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid", ""};
constexpr Query needed_by{"store.needed_by",
                          "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)", ""};
/// Sets of columns that are unique and leave out the centre.
constexpr Query unique_without_centre{
    "store.unique_without_centre",
    "SELECT count(*) FROM pragma_index_list($1) AS list WHERE list.\"unique\" = 1 AND NOT EXISTS "
    "(SELECT 1 FROM pragma_index_info(list.name) AS part WHERE part.name = 'centre')",
    ""};

char letter_of(std::string_view type) {
    if (type == "INTEGER") return 'i';
    if (type == "TEXT") return 't';
    ensure(type == "BLOB", "a column is of one of three types");
    return 'b';
}

TableShape shape_of(Snapshot& view, std::string name) {
    TableShape shape;
    std::vector<std::pair<std::int64_t, std::string>> key;
    for (const auto row : view.rows(columns_of, name)) {
        shape.columns.push_back({std::string(row.text(0)), letter_of(row.text(1))});
        if (row.integer(2) > 0) key.emplace_back(row.integer(2), row.text(0));
    }
    std::sort(key.begin(), key.end());
    for (auto& [place, column] : key) shape.key.push_back(std::move(column));
    ensure(!shape.key.empty(), "every table has a primary key");
    for (const auto row : view.rows(needed_by, name)) shape.needs.emplace_back(row.text(0));
    shape.by_centre = std::find(shape.key.begin(), shape.key.end(), "centre") != shape.key.end() &&
                      view.number(unique_without_centre, name) == 0;
    shape.name = std::move(name);
    return shape;
}

} // namespace

std::vector<TableShape> catalogue() {
    sqlite::SqliteConnection scratch(":memory:", sqlite::Access::write, true);
    ensure(sqlite::migrate(scratch, {}).has_value(), "a new database takes all migrations");
    Snapshot view(scratch);
    std::vector<TableShape> waiting;
    for (const auto row : view.rows(all_tables)) {
        waiting.push_back(shape_of(view, std::string(row.text(0))));
    }
    std::vector<TableShape> ordered;
    const auto stands = [&](const std::string& name) {
        return std::any_of(ordered.begin(), ordered.end(),
                           [&](const TableShape& one) { return one.name == name; });
    };
    while (!waiting.empty()) {
        const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const auto& shape) {
            return std::all_of(shape.needs.begin(), shape.needs.end(), [&](const auto& needed) {
                return needed == shape.name || stands(needed);
            });
        });
        ensure(ready != waiting.end(), "tables do not point at each other in a circle");
        ordered.push_back(std::move(*ready));
        waiting.erase(ready);
    }
    return ordered;
}

} // namespace kringwerk
