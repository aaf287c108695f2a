// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The small spellings of HTTP: percent signs, cookies, lists with qualities.
namespace kringwerk::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

enum class Plus { stays, is_space };

/// Replaces %41 by A. Nothing when a percent sign lacks its two digits.
std::optional<std::string> percent_decoded(std::string_view text, Plus plus);
/// For a path or a value in an address: leaves letters, digits and -._~/ as they are.
std::string percent_encoded(std::string_view text);
/// True for well-formed UTF-8 without a NUL, which databases and files would trip over.
bool is_clean_text(std::string_view text);

/// "a=1&b=%20" in order. Nothing when an escape is broken or the text is no clean text.
std::optional<Pairs> parse_pairs(std::string_view text);
/// The decoded path of a target without its query. Nothing when it is broken, holds control
/// characters, or has a segment "." or "..", with which somebody tries doors.
std::optional<std::string> parse_path(std::string_view raw_path);

/// The value of a cookie in a Cookie header.
std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name);
/// A parameter of a header value: `boundary` in `multipart/form-data; boundary="x"`.
std::optional<std::string> header_parameter(std::string_view value, std::string_view name);
/// What a list with qualities ("gzip;q=0.5, br") says of `wanted`, in thousandths; nothing when it
/// names neither it nor `*`.
std::optional<int> quality_of(std::string_view list, std::string_view wanted);

/// Without the blanks that a header may have around a value: space and tab, nothing else.
std::string_view trimmed(std::string_view text);
/// Takes what stands before `separator` off the front of `rest`, and the separator with it.
std::string_view take_until(std::string_view& rest, char separator);

} // namespace kringwerk::http
