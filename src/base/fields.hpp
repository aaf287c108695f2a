// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ensure.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace kringwerk {

/// Reads the fields of a JSON object into values with a meaning and remembers every wrong one, so
/// that the sender hears of all of them at once. Fields that nobody asked for are wrong too: a
/// misspelt name must not pass for one that was left out. JSON's null counts as left out.
///
/// A reader for a field that is not there or wrong gives a default value, which never leaves the
/// door: `finish` refuses then. Texts are views into the body, which must outlive them.
///
/// Refuses "fields.wrong" with for each field: "fields.missing", "fields.unknown",
/// "fields.not_a_text", "fields.too_short", "fields.too_long", "fields.not_an_integer",
/// "fields.not_between", "fields.not_yes_or_no", "fields.not_a_uuid", "fields.not_an_instant",
/// "fields.not_a_day", "fields.not_a_month", "fields.not_a_choice", "fields.not_an_object",
/// "fields.not_a_list", "fields.list_too_long".
class Fields {
  public:
    /// How whole numbers and yes or no are written: as JSON, or as texts, which is how a query
    /// or a form has them.
    enum class Written { as_json, as_text };

    explicit Fields(const boost::json::value& body, Written written = Written::as_json);
    Fields(const Fields&) = delete;
    Fields& operator=(const Fields&) = delete;

    std::string_view text(std::string_view name, std::size_t most, std::size_t least = 1);
    std::optional<std::string_view> optional_text(std::string_view name, std::size_t most,
                                                  std::size_t least = 1);
    std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
    std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t least,
                                                 std::int64_t most);
    std::optional<bool> optional_yes_or_no(std::string_view name);

    template <class Of> Uuid<Of> uuid(std::string_view name) {
        return needed(name, optional_uuid<Of>(name));
    }
    template <class Of> std::optional<Uuid<Of>> optional_uuid(std::string_view name) {
        return read_as(name, "fields.not_a_uuid", Uuid<Of>::parse);
    }
    Instant instant(std::string_view name);
    std::optional<Instant> optional_instant(std::string_view name);
    std::optional<Day> optional_day(std::string_view name);
    std::optional<Month> optional_month(std::string_view name);

    /// `parse(std::string_view) -> std::optional<T>` knows the choices.
    template <class Parse> auto one_of(std::string_view name, Parse parse) {
        return needed(name, optional_one_of(name, parse));
    }
    template <class Parse> auto optional_one_of(std::string_view name, Parse parse) {
        return read_as(name, "fields.not_a_choice", parse);
    }

    /// Any other text with a meaning; `code` is the complaint when `parse` gives nothing.
    template <class Parse>
    auto optional_parsed(std::string_view name, std::string_view code, Parse parse) {
        return read_as(name, code, parse);
    }

    /// `read(Fields&)` reads an object inside this one; it is not called when there is none.
    template <class Read> bool optional_object(std::string_view name, Read read) {
        const auto* const found = find(name);
        if (!found) return false;
        Fields inside(*found, *this, name, none);
        read(inside);
        inside.note_unknown();
        return true;
    }
    /// `read(Fields&)` reads each object of a list; a list that is not there is empty. Of one
    /// with more than `most` none is read: that many wrong ones help nobody.
    template <class Read> void list(std::string_view name, std::size_t most, Read read) {
        const auto* const found = find(name);
        const auto size = found ? size_of_list(name, *found, most) : 0;
        for (std::size_t i = 0; i < size; ++i) {
            Fields inside(element(*found, i), *this, name, i);
            read(inside);
            inside.note_unknown();
        }
    }

    /// Any other complaint about a field; an empty name is about this object as a whole.
    void wrong(std::string_view name, std::string_view code, TextArguments arguments = {});
    /// A value that is needed for a reason that only the caller knows.
    void missing(std::string_view name) { wrong(name, "fields.missing"); }
    bool has(std::string_view name) { return find(name) != nullptr; }

    /// Call last: fields that nobody asked for count now.
    Result<void> finish();
    template <class T> Result<T> finish(T value) {
        auto finished = finish();
        if (!finished) return refuse(std::move(finished.error()));
        return Result<T>(std::move(value));
    }

  private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    Fields(const boost::json::value& body, Fields& parent, std::string_view name,
           std::size_t index);

    void open(const boost::json::value& body);
    const boost::json::value* find(std::string_view name);
    std::optional<std::string_view> text_of(std::string_view name);
    std::size_t size_of_list(std::string_view name, const boost::json::value& list,
                             std::size_t most);
    static const boost::json::value& element(const boost::json::value& list, std::size_t index);
    void note_unknown();
    std::string path() const;

    template <class Parse>
    auto read_as(std::string_view name, std::string_view code, Parse parse)
        -> std::invoke_result_t<Parse, std::string_view> {
        const auto text = text_of(name);
        if (!text) return std::nullopt;
        auto value = parse(*text);
        if (!value) wrong(name, code, {{"given", std::string(text->substr(0, 60))}});
        return value;
    }
    /// Missing when neither there nor already complained about.
    template <class T> T needed(std::string_view name, std::optional<T> value) {
        if (!value && object_ && !find(name)) missing(name);
        return std::move(value).value_or(T{});
    }

    const boost::json::object* object_ = nullptr; ///< null: the body is no object
    Written written_;
    Fields* parent_ = nullptr;
    std::string_view name_; ///< in the parent
    std::size_t index_ = none;
    std::size_t next_ = 0;            ///< where the search begins: senders keep to one order
    std::uint64_t asked_ = 0;         ///< bit i: somebody asked for field i of the object
    std::vector<FieldRefusal> wrong_; ///< of the outermost only
};

} // namespace kringwerk
