// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace kringwerk::sqlite {

void CloseDatabase::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void FinishStatement::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void broke(sqlite3* database, std::string_view while_doing) {
    throw Breakdown(fmt::format("SQLite: {} ({}), while doing: {}", sqlite3_errmsg(database),
                                sqlite3_extended_errcode(database), while_doing));
}

namespace {

enum class Lifetime { of_the_call, of_the_cursor };

void give(Prepared& prepared, std::span<const Parameter> with, Lifetime lifetime) {
    auto* const statement = prepared.statement.get();
    ensure(with.size() == prepared.places.size(), "a query gets the parameters that it names");
    // A cursor outlives the expression that made its parameters, so SQLite takes a copy then.
    const auto keep = lifetime == Lifetime::of_the_call ? SQLITE_STATIC : SQLITE_TRANSIENT;
    for (std::size_t i = 0; i < with.size(); ++i) {
        const int place = prepared.places[i];
        if (place == 0) continue; // the other engine's text names it, this one's does not
        const auto view = with[i].view();
        const auto size = static_cast<int>(view.size());
        switch (with[i].type()) {
        case Parameter::Type::null:
            sqlite3_bind_null(statement, place);
            break;
        case Parameter::Type::integer:
            sqlite3_bind_int64(statement, place, with[i].integer());
            break;
        case Parameter::Type::text:
            sqlite3_bind_text(statement, place, size ? view.data() : "", size, keep);
            break;
        case Parameter::Type::bytes:
            sqlite3_bind_blob(statement, place, size ? view.data() : "", size, keep);
            break;
        }
    }
}

class SqliteCursor final : public Cursor {
  public:
    explicit SqliteCursor(std::shared_ptr<Prepared> prepared) : prepared_(std::move(prepared)) {
        prepared_->in_use = true;
    }
    ~SqliteCursor() override {
        sqlite3_reset(statement());
        sqlite3_clear_bindings(statement());
        prepared_->in_use = false;
    }
    SqliteCursor(const SqliteCursor&) = delete;
    SqliteCursor& operator=(const SqliteCursor&) = delete;

    bool next() override {
        const int step = sqlite3_step(statement());
        if (step == SQLITE_ROW) return true;
        if (step != SQLITE_DONE) broke(sqlite3_db_handle(statement()), prepared_->sql);
        return false;
    }
    bool null(int column) const override {
        return sqlite3_column_type(statement(), column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override {
        return sqlite3_column_int64(statement(), column);
    }
    std::string_view view(int column) const override {
        const void* const bytes = sqlite3_column_blob(statement(), column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement(), column));
        return {static_cast<const char*>(bytes), size};
    }

  private:
    sqlite3_stmt* statement() const { return prepared_->statement.get(); }
    std::shared_ptr<Prepared> prepared_;
};

/// The numbers that SQLite gave to `$1`, `$2`, ...: it counts them as it meets them in the text.
std::vector<int> places_of(sqlite3_stmt* statement) {
    int highest = 0;
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
        const char* const name = sqlite3_bind_parameter_name(statement, i);
        ensure(name != nullptr && name[0] == '$', "parameters of a query are called $1, $2, ...");
        highest = std::max(highest, std::atoi(name + 1));
    }
    std::vector<int> places(static_cast<std::size_t>(highest));
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto name = fmt::format("${}", i + 1);
        places[i] = sqlite3_bind_parameter_index(statement, name.c_str());
    }
    return places;
}

} // namespace

SqliteConnection::SqliteConnection(const std::filesystem::path& file, Access access,
                                   bool throw_away) {
    sqlite3* opened = nullptr;
    const int flags = (access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                               : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) broke(opened, "opening " + file.string());
    sqlite3_busy_timeout(opened, 10'000);
    if (access == Access::write) {
        run("PRAGMA journal_mode=WAL");
        run(throw_away ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL");
        run("PRAGMA secure_delete=OFF"); // Debian's build has it on; nothing is deleted here
        run("PRAGMA foreign_keys=ON");
        run("PRAGMA wal_autocheckpoint=4000");
    } else {
        run("PRAGMA query_only=1");
    }
    run("PRAGMA temp_store=MEMORY");
    run(access == Access::write ? "PRAGMA cache_size=-65536" : "PRAGMA cache_size=-4096");
}

SqliteConnection::~SqliteConnection() { cache_.clear(); }

void SqliteConnection::run(const char* sql) {
    if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        broke(database_.get(), sql);
    }
}

std::optional<std::int64_t> SqliteConnection::number(const std::string& sql) {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &made, nullptr) != SQLITE_OK) {
        broke(database_.get(), sql);
    }
    const Statement statement(made);
    const int step = sqlite3_step(made);
    if (step == SQLITE_ROW) return sqlite3_column_int64(made, 0);
    if (step != SQLITE_DONE) broke(database_.get(), sql);
    return std::nullopt;
}

bool SqliteConnection::in_transaction() const {
    return sqlite3_get_autocommit(database_.get()) == 0;
}

std::shared_ptr<Prepared> SqliteConnection::prepare(const Query& query) const {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), query.sqlite.data(),
                                        static_cast<int>(query.sqlite.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) broke(database_.get(), query.name);
    auto prepared = std::make_shared<Prepared>();
    prepared->statement.reset(made);
    prepared->places = places_of(made);
    prepared->sql = query.sqlite;
    return prepared;
}

std::shared_ptr<Prepared> SqliteConnection::prepared(const Query& query) {
    auto& cached = cache_[&query];
    if (!cached) cached = prepare(query);
    // A query that is asked again while its rows are being read gets a statement of its own.
    return cached->in_use ? prepare(query) : cached;
}

void SqliteConnection::flush_what_is_named(Prepared& prepared) {
    if (!sums_.pending()) return;
    if (prepared.seen != sums_.tables_known()) {
        prepared.sum_tables = sums_.tables_named_in(prepared.sql);
        prepared.seen = sums_.tables_known();
    }
    const auto bits = prepared.sum_tables & sums_.pending_tables();
    if (bits != 0) flush_sums(bits);
}

std::unique_ptr<Cursor> SqliteConnection::open(const Query& query,
                                               std::span<const Parameter> with) {
    const auto found = prepared(query);
    flush_what_is_named(*found);
    give(*found, with, Lifetime::of_the_cursor);
    return std::make_unique<SqliteCursor>(found);
}

std::int64_t SqliteConnection::execute(const Query& query, std::span<const Parameter> with) {
    const auto found = prepared(query);
    flush_what_is_named(*found);
    auto* const statement = found->statement.get();
    give(*found, with, Lifetime::of_the_call);
    const int step = sqlite3_step(statement);
    const auto changed = sqlite3_changes64(database_.get());
    const int code = sqlite3_reset(statement);
    if (step != SQLITE_DONE && step != SQLITE_ROW) {
        static_cast<void>(code);
        broke(database_.get(), query.name);
    }
    return changed;
}

void SqliteConnection::add(const SumTable& table, const SumKey& key, const SumAmounts& amounts) {
    sums_.add(table, key, amounts);
}

void SqliteConnection::flush_sums(std::uint64_t bits) {
    sums_.flush(bits, [this](const SumTable& table, const SumKey& key, const SumAmounts& amounts) {
        std::array<Parameter, 13> with{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        std::size_t count = 0;
        for (int i = 0; i < table.keys; ++i) with[count++] = key[static_cast<std::size_t>(i)];
        for (int i = 0; i < table.amounts; ++i)
            with[count++] = amounts[static_cast<std::size_t>(i)];
        const auto found = prepared(*table.add);
        give(*found, std::span(with).first(count), Lifetime::of_the_call);
        const int step = sqlite3_step(found->statement.get());
        sqlite3_reset(found->statement.get());
        if (step != SQLITE_DONE) broke(database_.get(), table.name);
    });
}

} // namespace kringwerk::sqlite
