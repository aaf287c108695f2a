// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Walks through the text of opening hours. For the files of `OpeningHours` only.
namespace kringwerk::hours {

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    /// Where it stands, to come back to.
    std::size_t mark() const { return at_; }
    void back_to(std::size_t mark) { at_ = mark; }

    bool at_end();
    /// Takes `sign` when it comes next, after blanks.
    bool take(std::string_view sign);
    /// Takes a word when it comes next, in any case, and nothing of a longer one.
    bool take_word(std::string_view lower_case);
    /// The digits that come next when they are `least` to `most`, and no more follow.
    std::optional<int> number(std::size_t least, std::size_t most);
    /// "09:00" or "9:00" comes next.
    bool at_clock();
    bool at_digit();
    /// 2027 comes next, and is no time of day.
    bool at_year();
    /// A day of the month comes next, and is no time of day.
    bool at_day_number();

    /// Both give nothing, and take nothing, when something else comes next. 0 is Sunday; 1 January.
    std::optional<unsigned> weekday();
    std::optional<unsigned> month();
    /// "+" or "-": 1 or -1.
    std::optional<int> sign();
    /// What stands between quotes; "hours.quote_expected" when the second one is missing.
    std::optional<std::string> comment();

    /// Remembers the first complaint, about where it stands; gives false.
    bool fail(std::string_view code);
    bool failed() const { return refusal_.has_value(); }
    Refusal refusal() const { return *refusal_; }

  private:
    void skip_blanks();
    std::string_view left() const { return text_.substr(at_); }
    std::string_view word() const;
    std::size_t digits() const;

    std::string_view text_;
    std::size_t at_ = 0;
    std::optional<Refusal> refusal_;
};

} // namespace kringwerk::hours
