// SPDX-License-Identifier: EUPL-1.2
#include "base/opening_hours.hpp"

#include "base/opening_hours_rules.hpp"

#include <algorithm>
#include <set>

namespace kringwerk::hours {
namespace {

constexpr int farthest_change_days = 400;
constexpr std::size_t longest_text = 2000;

/// What one rule says about a stretch of time of a day. Closed ones are kept too: they may close
/// what began the day before.
struct Piece {
    OpenSpan span;
    std::size_t rule = 0;
    bool fills = false; ///< of a rule after "||"
};
using Pieces = std::vector<Piece>;

bool is_closed(const Piece& piece) { return piece.span.state == OpenState::closed; }

/// Takes [from, to) away from `piece`; adds what is left of it.
void add_without(Pieces& into, const Piece& piece, int from, int to) {
    if (to <= piece.span.from || piece.span.to <= from) {
        into.push_back(piece);
        return;
    }
    if (piece.span.from < from) {
        into.push_back(piece);
        into.back().span.to = from;
        into.back().span.open_end = false;
    }
    if (to < piece.span.to) {
        into.push_back(piece);
        into.back().span.from = to;
    }
}

void cut(Pieces& pieces, int from, int to) {
    Pieces left;
    for (const auto& piece : pieces) add_without(left, piece, from, to);
    pieces = std::move(left);
}

int clock_of(const TimePoint& time) {
    switch (time.event) {
    case TimePoint::Event::dawn:
        return 6 * 60 + 30 + time.minutes;
    case TimePoint::Event::sunrise:
        return 7 * 60 + time.minutes;
    case TimePoint::Event::sunset:
        return 19 * 60 + time.minutes;
    case TimePoint::Event::dusk:
        return 19 * 60 + 30 + time.minutes;
    case TimePoint::Event::clock:
        break;
    }
    return time.minutes;
}

OpenSpan span_of(const TimeSpan& time, const Rule& rule) {
    OpenSpan span;
    span.from = std::max(clock_of(time.from), 0);
    span.to = time.to ? clock_of(*time.to) : day_minutes;
    while (span.to <= span.from) span.to += day_minutes;
    span.state = rule.state();
    span.open_end = time.open_end;
    span.comment = rule.comment;
    return span;
}

Pieces pieces_of(const Rule& rule, std::size_t number) {
    Pieces pieces;
    const bool fills = rule.joint == Joint::falls_back;
    for (const auto& time : rule.times) pieces.push_back({span_of(time, rule), number, fills});
    if (rule.times.empty()) {
        pieces.push_back({{0, day_minutes, rule.state(), false, rule.comment}, number, fills});
    }
    return pieces;
}

/// Adds what no earlier rule opened.
void fill(Pieces& day, Pieces added) {
    for (const auto& there : day) {
        if (!is_closed(there)) cut(added, there.span.from, there.span.to);
    }
    for (const auto& piece : added) cut(day, piece.span.from, piece.span.to);
    day.insert(day.end(), added.begin(), added.end());
}

void apply(Pieces& day, const Rule& rule, std::size_t number) {
    const auto added = pieces_of(rule, number);
    const bool closes = rule.state() == OpenState::closed;
    if (rule.joint == Joint::falls_back) return fill(day, added);
    const bool whole_day = rule.times.empty();
    if ((closes && whole_day) || (!closes && rule.joint == Joint::replaces)) day.clear();
    if (closes && whole_day) return; // leaves what began on the evening before
    for (const auto& piece : added) cut(day, piece.span.from, piece.span.to);
    day.insert(day.end(), added.begin(), added.end());
}

/// What the rules say about one day, without its neighbours.
Pieces alone(const std::vector<Rule>& rules, Day day, const Holidays& holidays) {
    Pieces pieces;
    const auto& closed = holidays.closed;
    if (std::find(closed.begin(), closed.end(), day) != closed.end()) return pieces;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (is_about(rules[i], day, holidays)) apply(pieces, rules[i], i);
    }
    return pieces;
}

/// Lets a neighbouring day take from this one: times that a later rule closes past midnight, and
/// times that a rule only fills where nothing is open. `shift` is where the neighbour's midnight
/// is.
void yield_to(Pieces& mine, const Pieces& neighbour, int shift) {
    for (const auto& other : neighbour) {
        Pieces left;
        for (const auto& piece : mine) {
            const bool closes = is_closed(other) && other.rule > piece.rule;
            const bool fills = piece.fills && !other.fills && !is_closed(other);
            if (closes || fills) {
                add_without(left, piece, other.span.from + shift, other.span.to + shift);
            } else {
                left.push_back(piece);
            }
        }
        mine = std::move(left);
    }
}

bool goes_on(const Piece& piece) { return piece.span.to > day_minutes; }

OpenState strongest_at(const std::vector<OpenSpan>& spans, int minute) {
    auto state = OpenState::closed;
    for (const auto& span : spans) {
        if (span.from <= minute && minute < span.to) state = std::max(state, span.state);
    }
    return state;
}

} // namespace
} // namespace kringwerk::hours

namespace kringwerk {

using hours::Rule;

OpeningHours::OpeningHours(std::vector<Rule> rules)
    : rules_(std::make_shared<const std::vector<Rule>>(std::move(rules))),
      text_(hours::text_of(*rules_)) {}

Result<OpeningHours> OpeningHours::parse(std::string_view text) {
    if (text.size() > hours::longest_text) return refuse("hours.too_long", {{"most", "2000"}});
    auto rules = hours::parse_rules(text);
    if (!rules) return refuse(std::move(rules.error()));
    return OpeningHours(std::move(*rules));
}

std::vector<OpenSpan> OpeningHours::hours_of(Day day, const Holidays& holidays) const {
    auto pieces = hours::alone(*rules_, day, holidays);
    if (pieces.empty()) return {};
    hours::yield_to(pieces, hours::alone(*rules_, day_after(day, -1), holidays),
                    -hours::day_minutes);
    if (std::any_of(pieces.begin(), pieces.end(), hours::goes_on)) {
        hours::yield_to(pieces, hours::alone(*rules_, day_after(day), holidays),
                        hours::day_minutes);
    }
    std::vector<OpenSpan> spans;
    for (auto& piece : pieces) {
        if (!hours::is_closed(piece)) spans.push_back(std::move(piece.span));
    }
    std::sort(spans.begin(), spans.end(), [](const OpenSpan& left, const OpenSpan& right) {
        return std::pair(left.from, left.to) < std::pair(right.from, right.to);
    });
    return spans;
}

OpenState OpeningHours::state(Instant moment, const Holidays& holidays) const {
    const auto today = local_day(moment);
    const int minute = local_minutes(moment);
    return std::max(
        hours::strongest_at(hours_of(today, holidays), minute),
        hours::strongest_at(hours_of(day_after(today, -1), holidays), minute + hours::day_minutes));
}

std::optional<OpenChange> OpeningHours::next_change(Instant moment,
                                                    const Holidays& holidays) const {
    const auto before = state(moment, holidays);
    const auto today = local_day(moment);
    std::set<Instant> candidates; // moments at which something begins or ends
    for (int ahead = -1; ahead <= hours::farthest_change_days; ++ahead) {
        const auto day = day_after(today, ahead);
        for (const auto& span : hours_of(day, holidays)) {
            candidates.insert(local_time(day, span.from));
            candidates.insert(local_time(day, span.to));
        }
        const auto midnight = local_time(day_after(day), 0);
        while (!candidates.empty() && *candidates.begin() < midnight) {
            const auto at = candidates.extract(candidates.begin()).value();
            if (at <= moment) continue;
            const auto after = state(at, holidays);
            if (after != before) return OpenChange{at, after};
        }
    }
    return std::nullopt;
}

} // namespace kringwerk
