// SPDX-License-Identifier: EUPL-1.2
#include "rooms/workshop/ords_rules.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"
#include "rooms/workshop/categories.hpp"
#include "rooms/workshop/fold.hpp"
#include "rooms/workshop/mask.hpp"
#include "rooms/workshop/utf8.hpp"

#include <algorithm>
#include <charconv>

namespace kringwerk::workshop {
namespace {

constexpr std::array<std::string_view, rule_count> rule_names{
    "wrong_fields",       "not_text",          "too_long",         "no_id",
    "no_provider",        "no_date",           "unreadable_date",  "future_date",
    "double_id",          "changed_id",        "refused",          "early_date",
    "no_group",           "country_code",      "category_unknown", "category_spelling",
    "category_disagrees", "status_unknown",    "status_spelling",  "barrier_unknown",
    "barrier_spelling",   "barrier_misplaced", "year_unreadable",  "year_implausible",
    "age_unreadable",     "age_implausible",   "record_date",      "no_problem",
    "phone_masked",       "mail_masked",       "repeated",
};

/// Judges one record; each function looks at one thing, in the order of `Rule`.
class Judge {
  public:
    Judge(Record record, Day today) : today_(today) { judged_.record = std::move(record); }

    Judged verdict() {
        mask_texts(); // first, so that nothing that is said or handed back holds the original
        const bool text = check_text();
        check_names();
        check_date();
        if (!text) return std::move(judged_);
        check_group_and_country();
        check_category();
        check_status();
        check_barrier();
        check_year();
        check_age();
        check_record_date();
        check_problem();
        return std::move(judged_);
    }

  private:
    std::string& value(Column column) { return judged_.record[column]; }
    void find(Rule rule, Column column) {
        constexpr std::size_t shown = 60;
        auto given = cut_utf8(value(column), shown);
        judged_.findings.push_back({rule, column, std::move(given)});
    }

    void mask_texts() {
        for (const auto column :
             {Column::partner_product_category, Column::brand, Column::problem}) {
            auto masked = mask_contacts(value(column));
            if (masked.phones > 0) masked_.push_back({Rule::phone_masked, column, {}});
            if (masked.mails > 0) masked_.push_back({Rule::mail_masked, column, {}});
            value(column) = std::move(masked.text);
        }
    }
    bool check_text() {
        bool good = true;
        for (std::size_t i = 0; i < column_count; ++i) {
            const auto column = static_cast<Column>(i);
            if (is_utf8(value(column))) continue;
            judged_.findings.push_back({Rule::not_text, column, {}});
            good = false;
        }
        for (std::size_t i = 0; i < column_count; ++i) {
            const auto column = static_cast<Column>(i);
            const bool name = column == Column::id || column == Column::data_provider ||
                              column == Column::group_identifier;
            if (value(column).size() <= (name ? longest_name : longest_field)) continue;
            find(Rule::too_long, column);
            good = false;
        }
        return good;
    }
    void check_names() {
        for (const auto column : {Column::id, Column::data_provider, Column::country,
                                  Column::event_date, Column::record_date}) {
            value(column) = std::string(trimmed(value(column)));
        }
        if (value(Column::id).empty()) find(Rule::no_id, Column::id);
        if (value(Column::data_provider).empty()) find(Rule::no_provider, Column::data_provider);
    }
    void check_date() {
        const auto& text = value(Column::event_date);
        if (text.empty()) return find(Rule::no_date, Column::event_date);
        const auto day = parse_day(text);
        if (!day) return find(Rule::unreadable_date, Column::event_date);
        judged_.reading.day = *day;
        if (*day > today_) return find(Rule::future_date, Column::event_date);
        if (calendar(*day).year < 2009) find(Rule::early_date, Column::event_date);
    }
    void check_group_and_country() {
        if (trimmed(value(Column::group_identifier)).empty()) {
            find(Rule::no_group, Column::group_identifier);
        }
        const auto& country = value(Column::country);
        const bool capitals = std::all_of(country.begin(), country.end(),
                                          [](char sign) { return sign >= 'A' && sign <= 'Z'; });
        if (country.size() != 3 || !capitals) find(Rule::country_code, Column::country);
    }
    void check_category() {
        auto& given = value(Column::product_category_id);
        auto by_number = parse_whole(trimmed(given));
        if (by_number && (*by_number < 1 || *by_number > category_count)) by_number.reset();
        const auto by_name = fold_category(value(Column::product_category));
        if (!by_name && !by_number) {
            find(Rule::category_unknown, Column::product_category);
        } else if (by_name && !by_name->as_standard) {
            find(Rule::category_spelling, Column::product_category);
        }
        if (by_name && !trimmed(given).empty() && by_number != by_name->value) {
            find(Rule::category_disagrees, Column::product_category_id);
        }
        judged_.reading.category =
            by_name ? by_name->value : static_cast<int>(by_number.value_or(0));
        if (by_name && given.empty()) given = std::to_string(by_name->value);
    }
    void check_status() {
        const auto outcome = fold_outcome(value(Column::repair_status));
        if (!outcome) return find(Rule::status_unknown, Column::repair_status);
        if (!outcome->as_standard) find(Rule::status_spelling, Column::repair_status);
        judged_.reading.outcome = outcome->value;
    }
    void check_barrier() {
        const auto& text = value(Column::repair_barrier);
        const auto barrier = fold_barrier(text);
        if (!barrier) {
            find(Rule::barrier_unknown, Column::repair_barrier);
        } else if (!barrier->as_standard) {
            find(Rule::barrier_spelling, Column::repair_barrier);
        }
        judged_.reading.barrier = barrier ? barrier->value : Barrier::other;
        const bool given = judged_.reading.barrier != Barrier::none;
        if (given && judged_.reading.outcome != Outcome::end_of_life) {
            find(Rule::barrier_misplaced, Column::repair_barrier);
        }
    }
    void check_year() {
        const auto text = trimmed(value(Column::year_of_manufacture));
        if (text.empty()) return;
        const auto year = parse_whole(text);
        if (!year || text.size() != 4)
            return find(Rule::year_unreadable, Column::year_of_manufacture);
        const bool known_day = parse_day(value(Column::event_date)).has_value();
        const bool after = known_day && *year > calendar(judged_.reading.day).year;
        if (*year < 1900 || after) find(Rule::year_implausible, Column::year_of_manufacture);
    }
    void check_age() {
        const auto text = trimmed(value(Column::product_age));
        if (text.empty()) return;
        double age = 0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), age, std::chars_format::fixed);
        if (error != std::errc{} || end != text.data() + text.size()) {
            return find(Rule::age_unreadable, Column::product_age);
        }
        // "inf" and "nan" read as numbers too; neither is at most 100.
        if (!(age >= 0 && age <= 100)) find(Rule::age_implausible, Column::product_age);
    }
    void check_record_date() {
        const auto& text = value(Column::record_date);
        if (!text.empty() && !parse_day(text)) find(Rule::record_date, Column::record_date);
    }
    void check_problem() {
        if (trimmed(value(Column::problem)).empty()) find(Rule::no_problem, Column::problem);
        for (const auto& masked : masked_) judged_.findings.push_back(masked);
    }

    Judged judged_;
    std::vector<Finding> masked_; ///< said last
    Day today_;
};

} // namespace

std::string code_of(Rule rule) {
    return "workshop.ords_" + std::string(rule_names[static_cast<std::size_t>(rule)]);
}

bool Judged::rejected() const {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return rejects(finding.rule); });
}

Judged judge(Record record, Day today) { return Judge(std::move(record), today).verdict(); }

} // namespace kringwerk::workshop
