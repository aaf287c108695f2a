// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/store/values.hpp"

#include <libpq-fe.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Values as PostgreSQL sends and takes them: binary, in network order.
namespace kringwerk::postgres {

/// The types that come and go here, by their numbers in pg_type.
namespace type {
inline constexpr Oid none = 0; ///< PostgreSQL finds out by itself
inline constexpr Oid boolean = 16;
inline constexpr Oid bytea = 17;
inline constexpr Oid int8 = 20;
inline constexpr Oid int2 = 21;
inline constexpr Oid int4 = 23;
inline constexpr Oid text = 25;
inline constexpr Oid bytea_array = 1001;
inline constexpr Oid text_array = 1009;
inline constexpr Oid int8_array = 1016;
inline constexpr Oid numeric = 1700;
} // namespace type

Oid type_of(const Parameter& parameter);

/// Values of one type, each already in the shape that it has inside an array.
class Column {
  public:
    /// 'i' whole numbers, 'b' bytes, 't' texts; any of them may be null.
    explicit Column(char letter);

    /// Throws `Bug` for a value of another type.
    void add(const Parameter& value);
    void truncate(std::size_t count);
    std::size_t size() const { return ends_.size(); }

    Oid array_type() const;
    /// The values from `first` on, as one array.
    std::string array(std::size_t first) const;

  private:
    std::size_t start_of(std::size_t value) const { return value == 0 ? 0 : ends_[value - 1]; }

    char letter_;
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

/// The parameters of one call, as libpq takes them. What texts and bytes point at is borrowed.
class Arguments {
  public:
    void clear();
    void add(const Parameter& parameter);
    /// The values of a column from `first` on.
    void add(const Column& column, std::size_t first = 0);

    int count() const { return static_cast<int>(types_.size()); }
    const Oid* types() const { return types_.data(); }
    const char* const* values();
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }
    /// Calls with the same shape share a prepared statement.
    std::string shape() const;

  private:
    void add_own(std::string_view bytes, Oid type);

    static constexpr std::size_t not_own = static_cast<std::size_t>(-1);
    std::vector<Oid> types_;
    std::vector<std::size_t> own_; ///< where in `bytes_` a value begins
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::string bytes_;
};

/// A whole number of any of the types of numbers. Throws `Bug` for another type, or for one with a
/// fraction or more than 64 bits.
std::int64_t integer_of(std::string_view bytes, Oid type);

} // namespace kringwerk::postgres
