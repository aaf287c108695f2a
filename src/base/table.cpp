// SPDX-License-Identifier: EUPL-1.2
#include "base/table.hpp"

#include <charconv>

namespace kringwerk {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(trimmed(text.substr(0, end)));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

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
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc{} || end != field.data() + field.size()) {
        return refuse(wrong("reference.number", line, field));
    }
    return value;
}

} // namespace kringwerk
