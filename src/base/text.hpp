// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/quantities.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <map>
#include <string>
#include <string_view>

namespace kringwerk {

enum class Language { nl, en };

constexpr std::string_view code_of(Language language) {
    return language == Language::nl ? "nl" : "en";
}

/// What Kringwerk says, by code. Server and browser read the same two files, `web/texts/nl.json`
/// and `web/texts/en.json`: flat objects of code to text, with `{name}` for a hole.
class Texts {
  public:
    /// The texts that the build put into the program.
    static const Texts& built_in();
    /// Throws `Bug` when a file is not a flat object of strings.
    Texts(std::string_view nl_json, std::string_view en_json);

    bool has(Language language, std::string_view code) const;
    /// The text with its holes filled. An unknown code is said as it is, so that nobody is left
    /// without an answer; a test finds it.
    std::string say(Language language, std::string_view code,
                    const TextArguments& arguments = {}) const;
    /// What happened and what to do: the text of "refusal.<code>".
    std::string say(Language language, const Refusal& refusal) const;
    const std::map<std::string, std::string, std::less<>>& all(Language language) const;

  private:
    std::map<std::string, std::string, std::less<>> nl_;
    std::map<std::string, std::string, std::less<>> en_;
};

/// Replaces each `{name}` of `text` by its argument.
std::string fill(std::string_view text, const TextArguments& arguments);

/// Figures as people read them, UI.md section 7: "1.234,5" in Dutch, "1,234.5" in English, a true
/// minus sign, no-break space before a unit.
std::string show_whole(Language language, std::int64_t value);
/// `value` counts units of 10^-decimals: show_decimal(nl, 12345, 1) is "1.234,5".
std::string show_decimal(Language language, std::int64_t value, int decimals);
/// One decimal of kilograms: "2.988,7"; rounded half away from zero.
std::string show_kilograms(Language language, Grams mass);
/// Whole kilograms with "kg", from 10,000 kg in tonnes with "ton" or "tonnes".
std::string show_report_mass(Language language, Grams mass);
std::string show_money(Language language, Cents amount);
std::string show_permille(Language language, std::int64_t permille);
/// "12-03-2027" or "12 March 2027".
std::string show_day(Language language, Day day);
/// "vrijdag 12 maart 2027" or "Friday 12 March 2027".
std::string show_day_in_words(Language language, Day day);
/// "maart 2027" or "March 2027".
std::string show_month(Language language, Month month);
/// "mrt" or "Mar": below a bar of a chart.
std::string show_month_short(Language language, Month month);

} // namespace kringwerk
