// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/moving.hpp"

#include "base/time.hpp"
#include "platform/store/catalogue.hpp"
#include "platform/store/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <variant>

namespace kringwerk {
namespace {

constexpr std::size_t rows_in_a_commit = 4000;

constexpr std::string_view put_mark =
    "INSERT INTO schema_version VALUES (-1, 'moving', $1) ON CONFLICT (number) DO NOTHING";
constexpr std::string_view take_mark = "DELETE FROM schema_version WHERE number = -1";
constexpr Query begin_moving{"store.begin_moving", put_mark, put_mark};
constexpr Query end_moving{"store.end_moving", take_mark, take_mark};
constexpr Query marks{"store.marks", half_moved, half_moved};

using Value = std::variant<std::monostate, std::int64_t, std::string>;
using Values = std::vector<Value>;

/// A table with the SQL that reads and writes all of it.
class MovedTable {
  public:
    explicit MovedTable(TableShape shape) : shape_(std::move(shape)) {
        const auto names = listed(shape_.columns, [](const auto& one) { return one.name; });
        const auto sqlite_order = listed(shape_.key, [](const auto& one) { return one; });
        const auto postgres_order = listed(shape_.key, [this](const auto& one) {
            return letter_of(one) == 't' ? one + " COLLATE \"C\"" : one; // as SQLite compares them
        });
        const auto select = fmt::format("SELECT {} FROM {} ORDER BY ", names, shape_.name);
        read_ = own("move.read", select + sqlite_order + " LIMIT -1 OFFSET $1",
                    select + postgres_order + " OFFSET $1");
        const auto count = "SELECT count(*) FROM " + shape_.name;
        count_ = own("move.count", count, count);
        const auto insert = fmt::format("INSERT INTO {} ({}) ", shape_.name, names);
        int place = 0;
        const auto places =
            listed(shape_.columns, [&](const auto&) { return fmt::format("${}", ++place); });
        place = 0;
        const auto arrays = listed(shape_.columns, [&](const auto& one) {
            return fmt::format("${}::{}[]", ++place, postgres_type(one.letter));
        });
        insert_ = own("move.insert", insert + "VALUES (" + places + ")",
                      insert + "SELECT * FROM unnest(" + arrays + ")");
        for (const auto& column : shape_.columns) letters_ += column.letter;
        rows_ = {shape_.name, &insert_, letters_};
    }
    MovedTable(const MovedTable&) = delete;
    MovedTable& operator=(const MovedTable&) = delete;

    const std::string& name() const { return shape_.name; }
    const RowTable& rows() const { return rows_; }
    const Query& all_after() const { return read_; }
    std::int64_t count(Store& store) const {
        return store.read([&](Snapshot& view) { return view.number(count_).value(); });
    }
    Values values(const Row& row) const {
        Values values;
        for (std::size_t i = 0; i < letters_.size(); ++i) {
            const auto column = static_cast<int>(i);
            if (row.null(column)) {
                values.emplace_back();
            } else if (letters_[i] == 'i') {
                values.emplace_back(row.integer(column));
            } else {
                values.emplace_back(std::string(row.text(column)));
            }
        }
        return values;
    }
    std::vector<Parameter> parameters(const Values& values) const {
        std::vector<Parameter> with;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (const auto* const number = std::get_if<std::int64_t>(&values[i])) {
                with.emplace_back(*number);
            } else if (const auto* const text = std::get_if<std::string>(&values[i])) {
                with.push_back(letters_[i] == 't' ? Parameter(*text) : bytes(*text));
            } else {
                with.emplace_back(std::nullopt);
            }
        }
        return with;
    }

  private:
    template <class List, class Say> static std::string listed(const List& list, Say say) {
        std::string all;
        for (const auto& one : list) all += (all.empty() ? "" : ", ") + std::string(say(one));
        return all;
    }
    static Parameter bytes(const std::string& text) {
        return std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    }
    static std::string_view postgres_type(char letter) {
        return letter == 'i' ? "bigint" : letter == 't' ? "text" : "bytea";
    }
    char letter_of(const std::string& column) const {
        const auto found = std::find_if(shape_.columns.begin(), shape_.columns.end(),
                                        [&](const auto& one) { return one.name == column; });
        return found->letter;
    }
    /// Queries hold views: the texts stay here.
    Query own(std::string_view name, std::string sqlite, std::string postgres) {
        const auto& one = texts_.emplace_back(std::move(sqlite));
        const auto& other = texts_.emplace_back(std::move(postgres));
        return {name, one, other};
    }

    TableShape shape_;
    std::deque<std::string> texts_;
    std::string letters_;
    Query read_, count_, insert_;
    RowTable rows_;
};

/// Connections know queries by their address: these stay where they are.
const std::deque<MovedTable>& moved_tables() {
    static const auto tables = [] {
        std::deque<MovedTable> made;
        for (auto& shape : catalogue()) {
            const bool of_the_engine = shape.name.starts_with("store_"); // not of the books
            if (!of_the_engine) made.emplace_back(std::move(shape));
        }
        return made;
    }();
    return tables;
}

void write(Store& to, const MovedTable& table, const std::vector<Values>& portion) {
    if (portion.empty()) return;
    const auto append = [&](Transaction& tx) {
        for (const auto& values : portion) tx.append_row(table.rows(), table.parameters(values));
        return true;
    };
    to.write(append).get();
}

/// Goes on after the rows that are there already. Gives how many there are in the end.
std::int64_t copy(Snapshot& view, Store& to, const MovedTable& table) {
    std::int64_t there = table.count(to);
    std::vector<Values> portion;
    for (const auto row : view.many_rows(table.all_after(), there)) {
        portion.push_back(table.values(row));
        if (portion.size() < rows_in_a_commit) continue;
        write(to, table, portion);
        there += static_cast<std::int64_t>(portion.size());
        portion.clear();
    }
    write(to, table, portion);
    return there + static_cast<std::int64_t>(portion.size());
}

/// The number of the first row that is not the same on both sides, from 1, or nothing.
std::optional<std::int64_t> first_difference(Snapshot& from, Snapshot& to,
                                             const MovedTable& table) {
    auto old_rows = from.many_rows(table.all_after(), 0);
    auto new_rows = to.many_rows(table.all_after(), 0);
    auto next = new_rows.begin();
    std::int64_t number = 0;
    for (const auto row : old_rows) {
        ++number;
        if (!(next != new_rows.end()) || table.values(row) != table.values(*next)) return number;
        ++next;
    }
    if (next != new_rows.end()) return number + 1;
    return std::nullopt;
}

} // namespace

Result<Moved> move_all(Store& from, Store& to,
                       const std::function<void(const std::string&, std::int64_t)>& told) {
    const auto& tables = moved_tables();
    const bool goes_on = to.read([](Snapshot& view) { return view.number(marks) > 0; });
    for (const auto& table : tables) {
        if (!goes_on && table.count(to) > 0) {
            return refuse("move.not_empty", {{"table", table.name()}});
        }
    }
    to.write([](Transaction& tx) { return tx.changed(begin_moving, now()); }).get();
    const auto moved = from.read([&](Snapshot& view) -> Result<Moved> {
        Moved all;
        for (const auto& table : tables) {
            const auto rows = copy(view, to, table);
            all.rows += rows;
            ++all.tables;
            if (told) told(table.name(), rows);
        }
        for (const auto& table : tables) {
            const auto row =
                to.read([&](Snapshot& other) { return first_difference(view, other, table); });
            if (row) {
                return refuse("move.differs",
                              {{"table", table.name()}, {"row", std::to_string(*row)}});
            }
        }
        return all;
    });
    if (moved) to.write([](Transaction& tx) { return tx.changed(end_moving); }).get();
    return moved;
}

} // namespace kringwerk
