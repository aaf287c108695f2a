// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/public_holidays.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Opening hours as OpenStreetMap writes them: "Mo-Fr 09:00-17:00; Sa[1] 10:00-16:00; PH off".
namespace kringwerk {

namespace hours {
struct Rule;
}

/// What is known about days besides their date.
struct Holidays {
    /// Which days `PH` means.
    std::function<bool(Day)> is_public = is_public_holiday;
    /// Days on which this place does not open, whatever its rules say.
    std::vector<Day> closed = {};
};

/// `unknown`: it may be open, ask first; the comment often says how ("op afspraak").
enum class OpenState { closed, unknown, open };

/// A stretch of time that begins on a day, in minutes after its midnight; what ends after 1440 goes
/// on into the next day. Never closed.
struct OpenSpan {
    int from = 0;
    int to = 0;
    OpenState state = OpenState::open;
    bool open_end = false; ///< "17:00+": it may last longer
    std::string comment;
};

struct OpenChange {
    Instant at;
    OpenState to = OpenState::closed;
};

/// The rules of one place. What it means, in the order of the specification
/// (wiki.openstreetmap.org/wiki/Key:opening_hours/specification, version 0.7.3):
///
/// - A rule after `;` replaces all times of the days it is about; one after `,` adds to them; one
///   after `||` fills what is left. A rule that closes takes away its times, or whole days.
/// - A comment without `open` makes the time unknown.
/// - A time past midnight belongs to the day on which it begins: `PH off` leaves what began on the
///   evening before.
/// - `17:00+` is open until 24:00 and marked.
/// - The sun rises at 07:00 and sets at 19:00, dawn is at 06:30 and dusk at 19:30, all year: no
/// centre
///   lives by the sun, and its place is not known here.
/// - School holidays (`SH`) are not known here and match no day.
/// - Names of days and months may be in Dutch (`ma`, `okt`) and in any case; `text` has the
/// English.
/// - Not taken: points in time without an end, and steps between times of day or dates.
class OpeningHours {
  public:
    /// Each refusal says the `position` of the sign that did not fit, from 1, and what is `given`
    /// there: "hours.rule_expected" (nothing stands where a rule begins), "hours.time_expected",
    /// "hours.no_such_time" ("25:70"), "hours.end_expected" (a time without "-" or "+"),
    /// "hours.weekday_expected", "hours.month_expected", "hours.day_expected" (of a month),
    /// "hours.week_expected", "hours.number_expected", "hours.quote_expected" (a comment does not
    /// end), "hours.not_understood" (anything else), "hours.too_long" (over 2000 signs).
    static Result<OpeningHours> parse(std::string_view text);

    /// The rules in the one way that this program writes them. `parse` reads it as the same.
    const std::string& text() const { return text_; }

    OpenState state(Instant moment, const Holidays& holidays) const;
    bool is_open(Instant moment, const Holidays& holidays) const {
        return state(moment, holidays) == OpenState::open;
    }
    /// What begins on that day, by time.
    std::vector<OpenSpan> hours_of(Day day, const Holidays& holidays) const;
    /// The first moment after `moment` at which the state is another; nothing when there is none
    /// within 400 days.
    std::optional<OpenChange> next_change(Instant moment, const Holidays& holidays) const;

    friend bool operator==(const OpeningHours& left, const OpeningHours& right) {
        return left.text_ == right.text_;
    }

  private:
    explicit OpeningHours(std::vector<hours::Rule> rules);
    std::shared_ptr<const std::vector<hours::Rule>> rules_; ///< never changes
    std::string text_;
};

} // namespace kringwerk
