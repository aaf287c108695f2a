// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/quantities.hpp"
#include "base/time.hpp"

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace kringwerk {

/// One value for a query's `$1`, `$2`, ... Texts and bytes are borrowed for the length of the call.
class Parameter {
  public:
    enum class Type { null, integer, text, bytes };

    Parameter(std::nullopt_t) {}
    Parameter(std::integral auto value)
        : type_(Type::integer), integer_(static_cast<std::int64_t>(value)) {}
    Parameter(std::string_view value) : type_(Type::text), view_(value) {}
    Parameter(const std::string& value) : Parameter(std::string_view(value)) {}
    Parameter(const char* value) : Parameter(std::string_view(value)) {}
    Parameter(std::span<const std::uint8_t> value)
        : type_(Type::bytes), view_(reinterpret_cast<const char*>(value.data()), value.size()) {}
    Parameter(const Digest& value) : Parameter(std::span<const std::uint8_t>(value)) {}
    template <class Of>
    Parameter(const Uuid<Of>& value) : Parameter(std::span<const std::uint8_t>(value.bytes)) {}
    template <class Of> Parameter(Id<Of> value) : Parameter(value.value) {}
    template <class Unit> Parameter(Quantity<Unit> value) : Parameter(value.value) {}
    Parameter(Instant value) : Parameter(value.ms) {}
    Parameter(Day value) : Parameter(value.number) {}
    Parameter(Month value) : Parameter(value.number) {}
    template <class T>
    Parameter(const std::optional<T>& value)
        : Parameter(value ? Parameter(*value) : Parameter(std::nullopt)) {}

    Type type() const { return type_; }
    std::int64_t integer() const { return integer_; }
    /// Of a text or of bytes.
    std::string_view view() const { return view_; }

  private:
    Type type_ = Type::null;
    std::int64_t integer_ = 0;
    std::string_view view_;
};

/// The engine's side of an answer: one row at a time, columns from 0. What `view` gives lives until
/// the next row.
class Cursor {
  public:
    virtual ~Cursor() = default;
    virtual bool next() = 0;
    virtual bool null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view view(int column) const = 0;
};

/// A row of an answer, read column by column into values with a meaning.
class Row {
  public:
    explicit Row(const Cursor& cursor) : cursor_(&cursor) {}

    bool null(int column) const { return cursor_->null(column); }
    std::int64_t integer(int column) const { return cursor_->integer(column); }
    std::string_view text(int column) const { return cursor_->view(column); }
    template <class Of> Id<Of> id(int column) const { return {integer(column)}; }
    template <class Of> Uuid<Of> uuid(int column) const {
        Uuid<Of> read;
        copy_bytes(column, read.bytes);
        return read;
    }
    Digest digest(int column) const {
        Digest read{};
        copy_bytes(column, read);
        return read;
    }
    template <class Unit> Quantity<Unit> quantity(int column) const { return {integer(column)}; }
    Instant instant(int column) const { return {integer(column)}; }
    Day day(int column) const { return {static_cast<std::int32_t>(integer(column))}; }
    Month month(int column) const { return {static_cast<std::int32_t>(integer(column))}; }

  private:
    void copy_bytes(int column, std::span<std::uint8_t> into) const {
        const auto bytes = cursor_->view(column);
        ensure(bytes.size() == into.size(), "a column of bytes has the length of its kind");
        for (std::size_t i = 0; i < into.size(); ++i) into[i] = static_cast<std::uint8_t>(bytes[i]);
    }
    const Cursor* cursor_;
};

/// The rows of an answer, for a `for` loop.
class Rows {
  public:
    explicit Rows(std::unique_ptr<Cursor> cursor) : cursor_(std::move(cursor)) {}

    struct End {};
    struct Iterator {
        Cursor* cursor;
        bool more;
        Row operator*() const { return Row(*cursor); }
        Iterator& operator++() {
            more = cursor->next();
            return *this;
        }
        bool operator!=(End) const { return more; }
    };
    Iterator begin() { return {cursor_.get(), cursor_->next()}; }
    End end() const { return {}; }

  private:
    std::unique_ptr<Cursor> cursor_;
};

} // namespace kringwerk
