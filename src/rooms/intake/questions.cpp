// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/questions.hpp"

#include "rooms/ledger/ledger.hpp"
#include "rooms/network/network.hpp"

#include <array>
#include <string>
#include <vector>

namespace kringwerk::intake {
namespace {

constexpr int days_on_the_road = 60; ///< a load that is older is matched by its reference
constexpr std::size_t most_months = 24;

/// What other centres sent and nobody received yet. A load names no receiver, so the whole network
/// is looked through; only who sent, when and how much is shown.
std::vector<FormFields::Option> open_loads(const Asking& at) {
    std::vector<FormFields::Option> loads;
    for (const auto& sender : network::centres(at.view)) {
        if (sender.id == at.centre) continue;
        const auto transits =
            ledger::transits(at.view, sender.id, day_after(at.today, -days_on_the_road), at.today);
        for (const auto& transit : transits) {
            if (transit.matched()) continue;
            loads.push_back(
                {transit.sent.text(),
                 at.words.say("desk.load", {{"centre", sender.name},
                                            {"day", show_day(at.words.language(), transit.sent_on)},
                                            {"mass", at.words.kilograms(transit.sent_mass)}})});
        }
    }
    return loads;
}

std::vector<FormFields::Option> open_contradictions(const Asking& at) {
    std::vector<FormFields::Option> open;
    for (const auto& odd : ledger::oddities(at.view, at.centre)) {
        if (odd.settled) continue;
        const auto number = std::to_string(odd.movement.sequence);
        open.push_back(
            {number, at.words.say("desk.odd", {{"number", number},
                                               {"what", at.words.what(odd.movement)},
                                               {"amount", at.words.amount(odd.movement)}})});
    }
    return open;
}

/// Months that are over and not closed, the oldest first.
std::vector<FormFields::Option> open_months(const Asking& at) {
    std::vector<FormFields::Option> open;
    const auto head = ledger::head(at.view, at.centre);
    const auto oldest = ledger::movements_after(at.view, at.centre, 0, 1);
    if (!head || oldest.empty()) return open;
    auto month = head->closed ? month_after(*head->closed) : month_of(oldest.front().effective_on);
    const auto this_month = month_of(at.today);
    for (; month < this_month && open.size() < most_months; month = month_after(month)) {
        open.push_back({format_month(month), show_month(at.words.language(), month)});
    }
    return open;
}

void weight_fields(FormFields& fields) {
    fields.streams();
    fields.mass();
    fields.basis();
}

/// Seldom needed where things are weighed, so they stand last there.
void thing_fields(FormFields& fields, const Categories& categories) {
    fields.category(categories);
    fields.pieces();
}

void choose(FormFields& fields, std::string_view name,
            const std::vector<FormFields::Option>& options) {
    const bool only_one = options.size() == 1;
    fields.choices(name, options, only_one ? FormFields::Ahead::first : FormFields::Ahead::nothing);
}

void ask_of_sale(const Asking& at, FormName form, FormFields& fields) {
    weight_fields(fields);
    thing_fields(fields, at.categories);
    if (form == FormName::sell) {
        fields.price();
        fields.means();
    }
    fields.places("from", places_to_sell());
}

void ask_of_load(const Asking& at, FormFields& fields) {
    const auto loads = open_loads(at);
    if (loads.empty()) {
        fields.text("load");
    } else {
        choose(fields, "load", loads);
    }
    weight_fields(fields);
    thing_fields(fields, at.categories);
}

void ask_of_sorting(const Asking& at, FormFields& fields) {
    fields.places("from", places_to_sort_from());
    fields.other_stream("from_stream");
    weight_fields(fields);
    fields.places("to", places_to_sort_to());
    thing_fields(fields, at.categories);
}

/// `name`: the question about the place that the goods come from or go to.
void ask_of_weighing(const Asking& at, std::string_view name,
                     std::span<const ledger::Place> offered, FormFields& fields) {
    weight_fields(fields);
    fields.places(name, offered);
    thing_fields(fields, at.categories);
}

void ask_of_count(FormFields& fields) {
    fields.places("at", places_to_count());
    weight_fields(fields);
    fields.reasons("count");
}

bool ask_of_contradiction(const Asking& at, FormFields& fields) {
    const auto open = open_contradictions(at);
    if (open.empty()) return false;
    choose(fields, "booking", open);
    choose(
        fields, "how",
        {{"found", at.words.say("desk.how.found")}, {"reverse", at.words.say("desk.how.reverse")}});
    fields.reasons_if_reversed();
    return true;
}

bool ask_of_month(const Asking& at, FormFields& fields) {
    const auto open = open_months(at);
    if (open.empty()) return false;
    fields.select("month", open);
    const std::array sure{FormFields::Option{"yes", at.words.say("desk.sure")}};
    fields.choices("sure", sure, FormFields::Ahead::nothing);
    return true;
}

} // namespace

bool ask(const Asking& at, FormName form, FormFields& fields) {
    switch (form) {
    case FormName::weigh_in:
        fields.places("source", sources());
        ask_of_weighing(at, "to", first_places(), fields);
        break;
    case FormName::dispatch:
        fields.places("processor", processors());
        ask_of_weighing(at, "from", places_to_dispatch(), fields);
        break;
    case FormName::send:
        ask_of_weighing(at, "from", places_to_send(), fields);
        break;
    case FormName::sell:
    case FormName::give:
        ask_of_sale(at, form, fields);
        break;
    case FormName::sort:
        ask_of_sorting(at, fields);
        break;
    case FormName::receive:
        ask_of_load(at, fields);
        break;
    case FormName::count:
        ask_of_count(fields);
        break;
    case FormName::reverse:
        fields.number("booking");
        fields.reasons("reverse");
        break;
    case FormName::settle:
        return ask_of_contradiction(at, fields);
    case FormName::close_month:
        return ask_of_month(at, fields);
    }
    return true;
}

} // namespace kringwerk::intake
