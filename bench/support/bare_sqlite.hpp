// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

/// SQLite's own calls with as little around them as they need to be closed again.
namespace kringwerk::bench {

struct BareClose {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class BareDatabase {
  public:
    explicit BareDatabase(const std::filesystem::path& file) {
        sqlite3* opened = nullptr;
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
        const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
        database_.reset(opened);
        ensure(code == SQLITE_OK, "the books of a measurement open");
    }
    void run(const char* sql) {
        const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
        ensure(code == SQLITE_OK, "a statement of a measurement runs");
    }
    sqlite3* get() const { return database_.get(); }

  private:
    std::unique_ptr<sqlite3, BareClose> database_;
};

class BareStatement {
  public:
    BareStatement(const BareDatabase& database, std::string_view sql) {
        sqlite3_stmt* made = nullptr;
        const int code = sqlite3_prepare_v2(database.get(), sql.data(),
                                            static_cast<int>(sql.size()), &made, nullptr);
        statement_.reset(made);
        ensure(code == SQLITE_OK, "a statement of a measurement is right");
    }

    void bind(int place, std::int64_t number) {
        sqlite3_bind_int64(statement_.get(), place, number);
    }
    /// Borrowed until the next `run` is over.
    void bind(int place, std::string_view bytes) {
        sqlite3_bind_blob(statement_.get(), place, bytes.data(), static_cast<int>(bytes.size()),
                          SQLITE_STATIC);
    }
    void bind_null(int place) { sqlite3_bind_null(statement_.get(), place); }
    void run() {
        const int code = sqlite3_step(statement_.get());
        sqlite3_reset(statement_.get());
        ensure(code == SQLITE_DONE, "a row of a measurement is written");
    }

    bool next() {
        const int code = sqlite3_step(statement_.get());
        ensure(code == SQLITE_ROW || code == SQLITE_DONE, "a row of a measurement is read");
        return code == SQLITE_ROW;
    }
    void reset() { sqlite3_reset(statement_.get()); }
    int columns() const { return sqlite3_column_count(statement_.get()); }
    bool is_null(int column) const { return type(column) == SQLITE_NULL; }
    bool is_bytes(int column) const { return type(column) == SQLITE_BLOB; }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
    std::string_view bytes(int column) const {
        const void* const start = sqlite3_column_blob(statement_.get(), column);
        return {static_cast<const char*>(start),
                static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
    }

  private:
    int type(int column) const { return sqlite3_column_type(statement_.get(), column); }
    std::unique_ptr<sqlite3_stmt, BareClose> statement_;
};

} // namespace kringwerk::bench
