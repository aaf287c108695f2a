// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/ways.hpp"

#include "base/embedded.hpp"
#include "base/ensure.hpp"
#include "base/words.hpp"

namespace kringwerk::ledger {
namespace {

/// "sorting", "sorting|hold", or a group of places: "@stock", "@out".
Result<std::vector<Place>> places_in(const Table& table, const Table::Line& line, Book book,
                                     std::string_view field) {
    std::vector<Place> places;
    for (const auto part : split(field, '|')) {
        const auto before = places.size();
        for (const auto& row : all_places()) {
            const bool named = row.code == part;
            const bool in_stock = part == "@stock" && row.side == Side::stock;
            const bool in_money = part == "@money" && row.side == Side::money;
            if (row.book == book && (named || in_stock || in_money)) places.push_back(row.place);
        }
        if (places.size() == before) return refuse(table.wrong("reference.unknown", line, part));
    }
    return places;
}

} // namespace

const Ways& Ways::built_in() {
    static const Ways ways = [] {
        auto read = Ways::read(embedded_or_bug("reference/kinds.csv"),
                               embedded_or_bug("reference/ways.csv"));
        ensure(read.has_value(), "the built-in kinds and ways are right");
        return std::move(*read);
    }();
    return ways;
}

Result<Ways> Ways::read(std::string_view kinds_csv, std::string_view ways_csv) {
    Ways ways;
    const auto kinds = Table::read("reference/kinds.csv", kinds_csv, {"number", "code", "room"});
    if (!kinds) return refuse(kinds.error());
    for (const auto& line : kinds->lines()) {
        const auto number = kinds->number(line, 0);
        if (!number) return refuse(number.error());
        const Kind kind{static_cast<std::uint8_t>(*number)};
        if (*number < 1 || *number > 255 || ways.find(kind) || ways.parse(line.fields[1])) {
            return refuse(kinds->wrong("reference.double", line, line.fields[1]));
        }
        ways.kinds_.push_back({kind, line.fields[1], line.fields[2]});
    }
    const auto table =
        Table::read("reference/ways.csv", ways_csv, {"kind", "book", "from", "to", "streams"});
    if (!table) return refuse(table.error());
    for (const auto& line : table->lines()) {
        const auto added = ways.add_line(*table, line);
        if (!added) return refuse(added.error());
    }
    return ways;
}

Result<void> Ways::add_line(const Table& table, const Table::Line& line) {
    const auto kind = parse(line.fields[0]);
    if (!kind) return refuse(table.wrong("reference.unknown", line, line.fields[0]));
    const auto book = parse_book(line.fields[1]);
    if (!book) return refuse(table.wrong("reference.unknown", line, line.fields[1]));
    const auto from = places_in(table, line, *book, line.fields[2]);
    if (!from) return refuse(from.error());
    const auto to = places_in(table, line, *book, line.fields[3]);
    if (!to) return refuse(to.error());
    const bool changes = line.fields[4] == "change";
    if (!changes && line.fields[4] != "keep") {
        return refuse(table.wrong("reference.unknown", line, line.fields[4]));
    }
    for (const auto left : *from) {
        for (const auto right : *to) {
            if (left == right && !changes && *book == Book::goods) continue; // goes nowhere
            allowed_[kind->number].set(pair(left, right));
            if (changes) changes_stream_[kind->number].set(pair(left, right));
        }
    }
    return {};
}

const KindRow* Ways::find(Kind kind) const {
    for (const auto& row : kinds_) {
        if (row.kind == kind) return &row;
    }
    return nullptr;
}

std::optional<Kind> Ways::parse(std::string_view code) const {
    for (const auto& row : kinds_) {
        if (row.code == code) return row.kind;
    }
    return std::nullopt;
}

Kind Ways::kind(std::string_view code) const {
    const auto found = parse(code);
    ensure(found.has_value(), "there is a kind " + std::string(code));
    return *found;
}

bool Ways::allows(Kind kind, Account from, Account to) const {
    if (from == to) return false;
    const auto at = pair(from.place, to.place);
    if (!allowed_[kind.number].test(at)) return false;
    // Only goods have a stream to keep; money changes its means, time has no key.
    const bool keeps = book_of(from.place) != Book::goods || from.key == to.key;
    return keeps || changes_stream_[kind.number].test(at);
}

std::vector<std::pair<Place, Place>> Ways::of(Kind kind) const {
    std::vector<std::pair<Place, Place>> pairs;
    for (const auto& from : all_places()) {
        for (const auto& to : all_places()) {
            if (allowed_[kind.number].test(pair(from.place, to.place))) {
                pairs.emplace_back(from.place, to.place);
            }
        }
    }
    return pairs;
}

const std::vector<ReasonRow>& all_reasons() {
    static const std::vector<ReasonRow> reasons = [] {
        const auto table =
            Table::read("reference/reasons.csv", embedded_or_bug("reference/reasons.csv"),
                        {"number", "code", "use"});
        ensure(table.has_value(), "the built-in reasons are right");
        std::vector<ReasonRow> rows;
        for (const auto& line : table->lines()) {
            const auto number = table->number(line, 0);
            ensure(number && *number > 0 && *number < 256, "a reason has a number");
            rows.push_back({{static_cast<std::uint8_t>(*number)}, line.fields[1], line.fields[2]});
        }
        return rows;
    }();
    return reasons;
}

std::optional<Reason> parse_reason(std::string_view code) {
    for (const auto& row : all_reasons()) {
        if (row.code == code) return row.reason;
    }
    return std::nullopt;
}

std::string_view code_of(Reason reason) {
    for (const auto& row : all_reasons()) {
        if (row.reason == reason) return row.code;
    }
    return {};
}

} // namespace kringwerk::ledger
