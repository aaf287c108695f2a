// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres_values.hpp"

#include "base/ensure.hpp"

namespace kringwerk::postgres {
namespace {

template <class Number> void put(std::string& bytes, Number number) {
    using Bits = std::make_unsigned_t<Number>;
    for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(static_cast<Bits>(number) >> shift & 0xFF);
    }
}

template <class Number> Number take(std::string_view bytes) {
    ensure(bytes.size() >= sizeof(Number), "a number from PostgreSQL has all its bytes");
    using Bits = std::make_unsigned_t<Number>;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        bits = bits << 8 | static_cast<std::uint8_t>(bytes[i]);
    }
    return static_cast<Number>(static_cast<Bits>(bits));
}

/// A sum of BIGINT is NUMERIC: figures to the base 10000, the first of them with this weight.
std::int64_t integer_of_numeric(std::string_view bytes) {
    const auto figures = take<std::int16_t>(bytes);
    const auto weight = take<std::int16_t>(bytes.substr(2));
    const auto sign = take<std::uint16_t>(bytes.substr(4));
    ensure(sign == 0 || sign == 0x4000, "a sum is a number");
    std::int64_t value = 0;
    for (int i = 0; i <= weight; ++i) {
        const auto at = 8 + 2 * static_cast<std::size_t>(i);
        const std::int64_t figure = i < figures ? take<std::int16_t>(bytes.substr(at)) : 0;
        // Subtracted, because the lowest number has no positive twin.
        const bool fits = !__builtin_mul_overflow(value, 10'000, &value) &&
                          !__builtin_sub_overflow(value, figure, &value);
        ensure(fits, "a sum fits in 64 bits");
    }
    ensure(figures <= weight + 1, "a sum is whole");
    if (sign == 0) ensure(!__builtin_sub_overflow(0, value, &value), "a sum fits in 64 bits");
    return value;
}

} // namespace

Oid type_of(const Parameter& parameter) {
    switch (parameter.type()) {
    case Parameter::Type::integer:
        return type::int8;
    case Parameter::Type::text:
        return type::text;
    case Parameter::Type::bytes:
        return type::bytea;
    case Parameter::Type::null:
        break;
    }
    return type::none;
}

namespace {

Oid element_type(char letter) {
    switch (letter) {
    case 'i':
        return type::int8;
    case 'b':
        return type::bytea;
    case 't':
        return type::text;
    default:
        throw Bug("a column has one of three types");
    }
}

} // namespace

Column::Column(char letter) : letter_(letter) {}

void Column::add(const Parameter& value) {
    if (value.type() == Parameter::Type::null) {
        put<std::int32_t>(bytes_, -1);
    } else {
        ensure(type_of(value) == element_type(letter_), "a value has the type of its column");
        if (value.type() == Parameter::Type::integer) {
            put<std::int32_t>(bytes_, 8);
            put(bytes_, value.integer());
        } else {
            put(bytes_, static_cast<std::int32_t>(value.view().size()));
            bytes_ += value.view();
        }
    }
    ends_.push_back(bytes_.size());
}

void Column::truncate(std::size_t count) {
    bytes_.resize(start_of(count));
    ends_.resize(count);
}

Oid Column::array_type() const {
    switch (letter_) {
    case 'i':
        return type::int8_array;
    case 'b':
        return type::bytea_array;
    default:
        return type::text_array;
    }
}

std::string Column::array(std::size_t first) const {
    std::string array;
    const auto start = start_of(first);
    array.reserve(20 + bytes_.size() - start);
    put<std::int32_t>(array, 1); // one dimension
    put<std::int32_t>(array, 1); // some may be null
    put(array, static_cast<std::int32_t>(element_type(letter_)));
    put(array, static_cast<std::int32_t>(ends_.size() - first));
    put<std::int32_t>(array, 1); // the first has this number
    return array.append(bytes_, start);
}

void Arguments::clear() {
    types_.clear();
    own_.clear();
    values_.clear();
    lengths_.clear();
    formats_.clear();
    bytes_.clear();
}

void Arguments::add_own(std::string_view bytes, Oid type) {
    types_.push_back(type);
    own_.push_back(bytes_.size());
    values_.push_back(nullptr);
    lengths_.push_back(static_cast<int>(bytes.size()));
    formats_.push_back(1);
    bytes_ += bytes;
}

void Arguments::add(const Parameter& parameter) {
    if (parameter.type() == Parameter::Type::integer) {
        std::string bytes;
        put(bytes, parameter.integer());
        return add_own(bytes, type::int8);
    }
    const bool null = parameter.type() == Parameter::Type::null;
    const auto view = parameter.view();
    types_.push_back(type_of(parameter));
    own_.push_back(not_own);
    values_.push_back(null ? nullptr : view.empty() ? "" : view.data());
    lengths_.push_back(static_cast<int>(view.size()));
    formats_.push_back(1);
}

void Arguments::add(const Column& column, std::size_t first) {
    add_own(column.array(first), column.array_type());
}

const char* const* Arguments::values() {
    for (std::size_t i = 0; i < own_.size(); ++i) {
        if (own_[i] != not_own) values_[i] = bytes_.data() + own_[i];
    }
    return values_.data();
}

std::string Arguments::shape() const {
    std::string letters;
    for (const auto type : types_) {
        letters += type == type::int8    ? 'i'
                   : type == type::text  ? 't'
                   : type == type::bytea ? 'b'
                   : type == type::none  ? 'n'
                                         : 'a'; // of the type that the statement says
    }
    return letters;
}

std::int64_t integer_of(std::string_view bytes, Oid type) {
    switch (type) {
    case type::int8:
        return take<std::int64_t>(bytes);
    case type::int4:
        return take<std::int32_t>(bytes);
    case type::int2:
        return take<std::int16_t>(bytes);
    case type::boolean:
        return bytes.at(0);
    case type::numeric:
        return integer_of_numeric(bytes);
    default:
        throw Bug("a column that is read as a number is one");
    }
}

} // namespace kringwerk::postgres
