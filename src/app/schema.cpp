// SPDX-License-Identifier: EUPL-1.2
#include "app/commands.hpp"
#include "platform/store/catalogue.hpp"

#include <fmt/format.h>

#include <iostream>

namespace kringwerk::app {
namespace {

/// What Citus is told, once, on a database with the schema and nothing else in it. What is wanted
/// everywhere comes first, because rows by centre may point at it.
void print_for_citus(const std::vector<TableShape>& tables) {
    fmt::print("-- Kringwerk {}: how Citus spreads the tables over machines.\n", KRINGWERK_VERSION);
    fmt::print("-- Run once, after the first start on the empty database.\nBEGIN;\n");
    for (const auto& table : tables) {
        if (!table.by_centre) fmt::print("SELECT create_reference_table('{}');\n", table.name);
    }
    std::string with;
    for (const auto& table : tables) {
        if (!table.by_centre) continue;
        fmt::print("SELECT create_distributed_table('{}', 'centre'{});\n", table.name, with);
        if (with.empty()) with = fmt::format(", colocate_with => '{}'", table.name);
    }
    fmt::print("COMMIT;\n");
}

} // namespace

int show_schema(const Call& call) {
    const auto tables = catalogue();
    if (call.words.switches.contains("citus")) {
        print_for_citus(tables);
        return 0;
    }
    for (const auto& table : tables) {
        std::cout << table.name << ": "
                  << call.say(table.by_centre ? "schema.by_centre" : "schema.everywhere") << '\n';
    }
    return 0;
}

} // namespace kringwerk::app
