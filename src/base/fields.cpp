// SPDX-License-Identifier: EUPL-1.2
#include "base/fields.hpp"

#include "base/words.hpp"
#include <boost/json.hpp>

#include <algorithm>

namespace kringwerk {
namespace {

/// Enough to repair a form by; a body of nothing but mistakes must not make a huge answer.
constexpr std::size_t most_wrong = 100;
/// No object of ours has more; beyond them a field is unknown.
constexpr std::size_t most_fields = 64;

/// A number without a fraction that fits, however JSON wrote it.
std::optional<std::int64_t> whole_number(const boost::json::value& value) {
    if (const auto* const number = value.if_int64()) return *number;
    return std::nullopt;
}

} // namespace

Fields::Fields(const boost::json::value& body, Written written) : written_(written) { open(body); }

Fields::Fields(const boost::json::value& body, Fields& parent, std::string_view name,
               std::size_t index)
    : written_(parent.written_), parent_(&parent), name_(name), index_(index) {
    open(body);
}

void Fields::open(const boost::json::value& body) {
    object_ = body.if_object();
    if (!object_) wrong({}, "fields.not_an_object");
}

const boost::json::value* Fields::find(std::string_view name) {
    if (!object_) return nullptr;
    const auto size = std::min(object_->size(), most_fields);
    const auto* const first = object_->begin();
    for (std::size_t step = 0; step < size; ++step) {
        const auto at = next_ + step < size ? next_ + step : next_ + step - size;
        if (first[at].key() != name) continue;
        next_ = at + 1 == size ? 0 : at + 1;
        asked_ |= std::uint64_t{1} << at;
        const auto& value = first[at].value();
        return value.is_null() ? nullptr : &value;
    }
    return nullptr;
}

std::optional<std::string_view> Fields::text_of(std::string_view name) {
    const auto* const value = find(name);
    if (!value) return std::nullopt;
    if (const auto* const text = value->if_string()) return std::string_view(*text);
    wrong(name, "fields.not_a_text");
    return std::nullopt;
}

std::optional<std::string_view> Fields::optional_text(std::string_view name, std::size_t most,
                                                      std::size_t least) {
    const auto text = text_of(name);
    if (!text) return std::nullopt;
    if (text->size() >= least && text->size() <= most) return text;
    const bool is_short = text->size() < least;
    wrong(name, is_short ? "fields.too_short" : "fields.too_long",
          {{is_short ? "least" : "most", std::to_string(is_short ? least : most)}});
    return std::nullopt;
}

std::string_view Fields::text(std::string_view name, std::size_t most, std::size_t least) {
    return needed(name, optional_text(name, most, least));
}

std::optional<std::int64_t> Fields::optional_integer(std::string_view name, std::int64_t least,
                                                     std::int64_t most) {
    const auto* const value = find(name);
    if (!value) return std::nullopt;
    const auto* const written = written_ == Written::as_text ? value->if_string() : nullptr;
    const auto number = written ? parse_whole(*written) : whole_number(*value);
    if (!number) {
        wrong(name, "fields.not_an_integer");
        return std::nullopt;
    }
    if (*number >= least && *number <= most) return number;
    wrong(name, "fields.not_between",
          {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
    return std::nullopt;
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    return needed(name, optional_integer(name, least, most));
}

std::optional<bool> Fields::optional_yes_or_no(std::string_view name) {
    const auto* const value = find(name);
    if (!value) return std::nullopt;
    if (const auto* const answer = value->if_bool()) return *answer;
    const auto* const written = written_ == Written::as_text ? value->if_string() : nullptr;
    if (written && (*written == "true" || *written == "false")) return *written == "true";
    wrong(name, "fields.not_yes_or_no");
    return std::nullopt;
}

Instant Fields::instant(std::string_view name) { return needed(name, optional_instant(name)); }

std::optional<Instant> Fields::optional_instant(std::string_view name) {
    return read_as(name, "fields.not_an_instant", parse_instant);
}

std::optional<Day> Fields::optional_day(std::string_view name) {
    return read_as(name, "fields.not_a_day", parse_day);
}

std::optional<Month> Fields::optional_month(std::string_view name) {
    return read_as(name, "fields.not_a_month", parse_month);
}

std::size_t Fields::size_of_list(std::string_view name, const boost::json::value& list,
                                 std::size_t most) {
    const auto* const array = list.if_array();
    if (!array) wrong(name, "fields.not_a_list");
    if (array && array->size() > most) {
        wrong(name, "fields.list_too_long", {{"most", std::to_string(most)}});
        return 0;
    }
    return array ? array->size() : 0;
}

const boost::json::value& Fields::element(const boost::json::value& list, std::size_t index) {
    return list.get_array()[index];
}

void Fields::wrong(std::string_view name, std::string_view code, TextArguments arguments) {
    auto* outermost = this;
    while (outermost->parent_) outermost = outermost->parent_;
    if (outermost->wrong_.size() >= most_wrong) return;
    auto field = path();
    if (!field.empty() && !name.empty()) field += '.';
    field += name;
    outermost->wrong_.push_back({std::move(field), std::string(code), std::move(arguments)});
}

std::string Fields::path() const {
    if (!parent_) return {};
    auto path = parent_->path();
    if (!path.empty()) path += '.';
    path += name_;
    if (index_ != none) path += '[' + std::to_string(index_) + ']';
    return path;
}

void Fields::note_unknown() {
    if (!object_) return;
    std::size_t at = 0;
    for (const auto& field : *object_) {
        const bool known = at < most_fields && (asked_ >> at & 1) != 0;
        ++at;
        if (!known) wrong(std::string_view(field.key()).substr(0, 60), "fields.unknown");
    }
}

Result<void> Fields::finish() {
    ensure(!parent_, "the outermost reader finishes");
    note_unknown();
    if (wrong_.empty()) return {};
    return refuse(Refusal{"fields.wrong", {}, std::move(wrong_)});
}

} // namespace kringwerk
