// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

/// What the migrations make: the tables as they are in both engines.
namespace kringwerk {

struct TableShape {
    struct Column {
        std::string name;
        char letter; ///< i whole number, b bytes, t text
    };
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> key;   ///< columns of the primary key, in its order
    std::vector<std::string> needs; ///< tables that its rows point at
    /// Each key has the column `centre`, so that rows can live where their centre does. The others
    /// are few rows, wanted everywhere.
    bool by_centre = false;
};

/// All of them but the list of migrations, each after those that it needs.
std::vector<TableShape> catalogue();

} // namespace kringwerk
