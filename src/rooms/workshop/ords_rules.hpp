// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "rooms/workshop/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::workshop {

/// What can be said about a row of repair data, in the order in which it is looked for. The first
/// ones reject the row: without an id, a provider and a day it cannot be booked, or not twice the
/// same. All others let it in: a repair took place, whatever else was typed, and what was typed is
/// kept; what cannot be understood counts as unknown.
enum class Rule {
    // reject
    wrong_fields, ///< more or fewer fields than the header
    not_text,     ///< not UTF-8, or with a NUL byte
    too_long,     ///< a field that no person wrote: `longest_field`, ids `longest_name`
    no_id,
    no_provider,
    no_date,
    unreadable_date, ///< not YYYY-MM-DD, or a day that the calendar lacks
    future_date,     ///< after the day of the import: it has not happened
    double_id,       ///< the id stood earlier in this file, with other content
    changed_id,      ///< the id is in the books already, with other content
    refused,         ///< the books refused it
    last_reject = refused,
    // let in
    early_date,         ///< before repair cafés existed: 2009
    no_group,           ///< counts at a centre of the provider itself
    country_code,       ///< not three capitals
    category_unknown,   ///< counts as category unknown
    category_spelling,  ///< folded
    category_disagrees, ///< name and number say different things: the name counts
    status_unknown,     ///< counts as outcome unknown
    status_spelling,    ///< folded
    barrier_unknown,    ///< counts as another barrier
    barrier_spelling,   ///< folded
    barrier_misplaced,  ///< given though it is not the end of life
    year_unreadable,
    year_implausible, ///< before 1900 or after the event
    age_unreadable,
    age_implausible, ///< below 0 or above 100 years
    record_date,     ///< unreadable
    no_problem,      ///< the standard asks for a text
    phone_masked,
    mail_masked,
    repeated, ///< the id stood earlier in this file, with the same content: counts once
};
inline constexpr std::size_t rule_count = static_cast<std::size_t>(Rule::repeated) + 1;
inline constexpr std::size_t longest_field = 20'000; ///< bytes
inline constexpr std::size_t longest_name = 300;     ///< of id, provider and group

constexpr bool rejects(Rule rule) { return rule <= Rule::last_reject; }
/// "workshop.ords_no_id": what a report and a rejects file name it. The catalogue of texts has
/// "refusal.<code>" for those that reject and "<code>" for the others.
std::string code_of(Rule rule);

struct Finding {
    Rule rule;
    Column column;
    std::string given; ///< cut short; empty for masked texts
};

/// A record and what was found about it. `reading` means something when it is not rejected.
struct Judged {
    Record record;
    Reading reading;
    std::vector<Finding> findings;
    bool rejected() const;
};

/// Judges one record, all findings at once, in the order of `Rule`: folds, masks free text (brand,
/// partner's category, problem), trims id, provider, country and dates, and fills in the
/// category's number where only its name stands. `today` is the day of the import.
Judged judge(Record record, Day today);

} // namespace kringwerk::workshop
