// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/readable.hpp"

#include <glib.h>

namespace kringwerk::print {
namespace {

void clean(std::string& text) {
    for (char& sign : text) {
        const auto code = static_cast<unsigned char>(sign);
        if ((code < 0x20 && sign != '\n') || code == 0x7F) sign = ' ';
    }
    const auto size = static_cast<gssize>(text.size());
    if (g_utf8_validate(text.data(), size, nullptr) != 0) return;
    char* valid = g_utf8_make_valid(text.data(), size);
    text = valid;
    g_free(valid);
}

void clean_row(std::vector<std::string>& cells, std::size_t columns) {
    cells.resize(columns);
    for (auto& cell : cells) clean(cell);
}

void clean(Heading& heading) { clean(heading.text); }
void clean(Paragraph& paragraph) { clean(paragraph.text); }
void clean(Note& note) { clean(note.text); }
void clean(PageBreak&) {}

void clean(Table& table) {
    clean(table.caption);
    for (auto& column : table.columns) {
        clean(column.title);
        clean(column.unit);
    }
    for (auto& row : table.rows) clean_row(row, table.columns.size());
    if (table.total) clean_row(*table.total, table.columns.size());
}

void clean(Facts& facts) {
    for (auto& fact : facts.pairs) {
        clean(fact.label);
        clean(fact.value);
    }
}

void clean(Figures& figures) {
    for (auto& card : figures.cards) {
        clean(card.name);
        clean(card.value);
        clean(card.context);
    }
}

void clean(Qr& qr) {
    clean(qr.caption);
    clean(qr.code.text);
}

} // namespace

Document readable(Document document) {
    clean(document.title);
    clean(document.author);
    for (auto& block : document.blocks) {
        std::visit([](auto& one) { clean(one); }, block);
    }
    return document;
}

} // namespace kringwerk::print
