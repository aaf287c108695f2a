// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ledger/types.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kringwerk::intake {

/// The forms of a centre's desk, in the order of the screen.
enum class FormName {
    weigh_in,
    sell,
    give,
    sort,
    dispatch,
    send,
    receive,
    count,
    reverse,
    settle,
    close_month,
};

struct FormRow {
    FormName name;
    std::string_view path; ///< last part of its address: "/centra/{centre}/balie/wegen"
    std::string_view code; ///< texts "desk.<code>.name", ".question" and ".button"
    std::string_view kind; ///< what a caller must have been granted, of reference/kinds.csv
    std::string_view icon;
};

std::span<const FormRow> all_forms();
const FormRow& row_of(FormName name);
const FormRow* form_at(std::string_view path);

/// What a person filled in, by the name of the field.
using Answers = std::map<std::string, std::string, std::less<>>;

/// Empty when the field is absent, without blanks around it.
std::string_view answer(const Answers& answers, std::string_view field);

/// A product category that a form offers. Another room knows them; `app` hands them over.
struct Category {
    ledger::CategoryId id;
    ledger::Key stream;
    std::string name_nl;
    std::string name_en;
    std::optional<Grams> grams; ///< what one piece counts for, where a figure can be defended
};
using Categories = std::vector<Category>;

/// What each form offers to choose from; the first one is chosen when nobody chose.
std::span<const ledger::Place> sources();
std::span<const ledger::Place> first_places();   ///< where weighed goods are put
std::span<const ledger::Place> places_to_sell(); ///< and to give from
std::span<const ledger::Place> places_to_sort_from();
std::span<const ledger::Place> places_to_sort_to();
std::span<const ledger::Place> places_to_dispatch();
std::span<const ledger::Place> processors();
std::span<const ledger::Place> places_to_send();
std::span<const ledger::Place> places_to_count();

} // namespace kringwerk::intake
