// SPDX-License-Identifier: EUPL-1.2
#include "base/table.hpp"

#include "base/words.hpp"

namespace kringwerk {

Result<Table> Table::read(std::string_view file, std::string_view text,
                          const std::vector<std::string_view>& columns) {
    Table table;
    table.file_ = file;
    bool named = false;
    int number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto content = trimmed(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        ++number;
        if (content.empty() || content.front() == '#') continue;
        const Line line{number, split(content, ';')};
        if (!named && line.fields != columns) {
            return refuse(table.wrong("reference.columns", line, content));
        }
        if (line.fields.size() != columns.size()) {
            return refuse(table.wrong("reference.fields", line, content));
        }
        if (named) table.lines_.push_back(line);
        named = true;
    }
    return table;
}

Refusal Table::wrong(std::string_view code, const Line& line, std::string_view what) const {
    return {std::string(code),
            {{"file", file_}, {"line", std::to_string(line.number)}, {"given", std::string(what)}},
            {}};
}

Result<std::int64_t> Table::number(const Line& line, std::size_t column) const {
    const auto field = line.fields.at(column);
    const auto value = parse_whole(field);
    if (!value) return refuse(wrong("reference.number", line, field));
    return *value;
}

} // namespace kringwerk
