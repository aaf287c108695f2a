// SPDX-License-Identifier: EUPL-1.2
#include "bare_rows.hpp"

#include "support/bare_sqlite.hpp"
#include "support/measure.hpp"

#include "base/time.hpp"

#include <array>
#include <map>

namespace kringwerk::bench {
namespace {

constexpr const char* all_movements =
    "SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late, "
    "reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash "
    "FROM ledger_movement ORDER BY booked_at, sequence, centre";
constexpr const char* transfers_of =
    "SELECT centre, sequence, line, from_place, from_key, to_place, to_key, grams, pieces, cents, "
    "minutes, basis, category, batch, item, oddity FROM ledger_transfer "
    "WHERE centre = ?1 AND sequence = ?2 ORDER BY line";
constexpr const char* put_movement =
    "INSERT INTO ledger_movement (centre, sequence, id, kind, role, actor, happened_at, booked_at, "
    "effective_on, late, reason, reverses, reference_centre, reference_movement, closes, note, "
    "receipt, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
    "?16, ?17, ?18)";
constexpr const char* put_transfer =
    "INSERT INTO ledger_transfer (centre, sequence, line, from_place, from_key, to_place, to_key, "
    "grams, pieces, cents, minutes, basis, category, batch, item, oddity) VALUES (?1, ?2, ?3, ?4, "
    "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
constexpr const char* add_balance =
    "INSERT INTO ledger_balance (centre, place, account_key, grams, pieces, cents, minutes) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (centre, place, account_key) DO UPDATE SET "
    "grams = grams + excluded.grams, pieces = pieces + excluded.pieces, "
    "cents = cents + excluded.cents, minutes = minutes + excluded.minutes";
constexpr const char* put_head =
    "INSERT INTO ledger_head (centre, sequence, hash, closed_month, items_issued) "
    "VALUES (?1, ?2, ?3, 0, 0) ON CONFLICT (centre) DO UPDATE SET sequence = excluded.sequence, "
    "hash = excluded.hash";

std::string add_flow(const std::string& table, const std::string& period) {
    return "INSERT INTO " + table + " (centre, " + period +
           ", from_place, from_key, to_place, to_key, category, basis, grams, pieces, cents, "
           "minutes, transfers) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
           "ON CONFLICT (centre, " +
           period +
           ", from_place, from_key, to_place, to_key, category, basis) DO UPDATE SET "
           "grams = grams + excluded.grams, pieces = pieces + excluded.pieces, "
           "cents = cents + excluded.cents, minutes = minutes + excluded.minutes, "
           "transfers = transfers + excluded.transfers";
}

BareRow row_of(const BareStatement& statement) {
    BareRow row(static_cast<std::size_t>(statement.columns()));
    for (int i = 0; i < statement.columns(); ++i) {
        auto& column = row[static_cast<std::size_t>(i)];
        column.null = statement.is_null(i);
        if (statement.is_bytes(i)) column.bytes = statement.bytes(i);
        if (!statement.is_bytes(i)) column.number = statement.number(i);
    }
    return row;
}

void put(BareStatement& statement, const BareRow& row) {
    int place = 0;
    for (const auto& column : row) {
        ++place;
        if (column.null) {
            statement.bind_null(place);
        } else if (!column.bytes.empty()) {
            statement.bind(place, column.bytes);
        } else {
            statement.bind(place, column.number);
        }
    }
    statement.run();
}

template <std::size_t keys, std::size_t amounts> struct MergedSums {
    std::map<std::array<std::int64_t, keys>, std::array<std::int64_t, amounts>> rows;

    void add(const std::array<std::int64_t, keys>& key,
             const std::array<std::int64_t, amounts>& more) {
        auto& sum = rows[key];
        for (std::size_t i = 0; i < amounts; ++i) sum[i] += more[i];
    }
    void write(BareStatement& statement) {
        for (const auto& [key, sum] : rows) {
            int place = 0;
            for (const auto part : key) statement.bind(++place, part);
            for (const auto part : sum) statement.bind(++place, part);
            statement.run();
        }
        rows.clear();
    }
};

class Writer {
  public:
    Writer(const std::filesystem::path& file, SumsAre sums) : database_(file), sums_(sums) {
        database_.run("PRAGMA journal_mode=WAL");
        database_.run("PRAGMA synchronous=FULL");
        database_.run("PRAGMA secure_delete=OFF");
        database_.run("PRAGMA foreign_keys=ON");
        database_.run("PRAGMA wal_autocheckpoint=4000");
        database_.run("PRAGMA temp_store=MEMORY");
        database_.run("PRAGMA cache_size=-65536");
        movement_.emplace(database_, put_movement);
        transfer_.emplace(database_, put_transfer);
        balance_.emplace(database_, add_balance);
        day_.emplace(database_, add_flow("ledger_flow_day", "day"));
        month_.emplace(database_, add_flow("ledger_flow_month", "month"));
        head_.emplace(database_, put_head);
    }

    void write(const BareRow& movement, const std::vector<BareRow>& transfers) {
        put(*movement_, movement);
        const auto day = movement[8].number;
        const auto month = month_of(Day{static_cast<std::int32_t>(day)}).number;
        for (const auto& transfer : transfers) {
            put(*transfer_, transfer);
            add(transfer, day, month);
            if (sums_ == SumsAre::single) write_sums();
        }
        heads_[movement[0].number] = &movement;
    }
    void begin() { database_.run("BEGIN IMMEDIATE"); }
    void commit() {
        write_sums();
        for (const auto& [centre, movement] : heads_) {
            head_->bind(1, centre);
            head_->bind(2, (*movement)[1].number);
            head_->bind(3, (*movement)[17].bytes);
            head_->run();
        }
        heads_.clear();
        database_.run("COMMIT");
    }

  private:
    void add(const BareRow& row, std::int64_t day, std::int64_t month) {
        const auto at = [&](std::size_t column) { return row[column].number; };
        balances_.add({at(0), at(3), at(4)}, {-at(7), -at(8), -at(9), -at(10)});
        balances_.add({at(0), at(5), at(6)}, {at(7), at(8), at(9), at(10)});
        const std::array<std::int64_t, 5> amounts{at(7), at(8), at(9), at(10), 1};
        days_.add({at(0), day, at(3), at(4), at(5), at(6), at(12), at(11)}, amounts);
        months_.add({at(0), month, at(3), at(4), at(5), at(6), at(12), at(11)}, amounts);
    }
    void write_sums() {
        balances_.write(*balance_);
        days_.write(*day_);
        months_.write(*month_);
    }

    BareDatabase database_;
    SumsAre sums_;
    std::optional<BareStatement> movement_, transfer_, balance_, day_, month_, head_;
    MergedSums<3, 4> balances_;
    MergedSums<8, 5> days_, months_;
    std::map<std::int64_t, const BareRow*> heads_;
};

} // namespace

BareRows read_rows(const std::filesystem::path& file) {
    BareRows rows;
    BareDatabase database(file);
    BareStatement movements(database, all_movements);
    BareStatement transfers(database, transfers_of);
    while (movements.next()) {
        rows.movements.push_back(row_of(movements));
        transfers.bind(1, rows.movements.back()[0].number);
        transfers.bind(2, rows.movements.back()[1].number);
        auto& lines = rows.transfers.emplace_back();
        while (transfers.next()) lines.push_back(row_of(transfers));
        transfers.reset();
        rows.transfer_count += lines.size();
    }
    return rows;
}

double write_rows(const std::filesystem::path& file, const BareRows& rows, double in_one_commit,
                  SumsAre sums) {
    Writer writer(file, sums);
    return seconds_of([&] {
        double end_of_group = 0;
        std::size_t next = 0;
        while (next < rows.movements.size()) {
            end_of_group += in_one_commit;
            writer.begin();
            // At least one, so that a group of less than one movement ends too.
            do {
                writer.write(rows.movements[next], rows.transfers[next]);
                ++next;
            } while (next < rows.movements.size() && static_cast<double>(next) < end_of_group);
            writer.commit();
        }
    });
}

} // namespace kringwerk::bench
