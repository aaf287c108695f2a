// SPDX-License-Identifier: EUPL-1.2
#include "app/first/steps.hpp"

#include "base/words.hpp"
#include "rooms/ledger/ledger.hpp"
#include "rooms/network/setting.hpp"
#include "rooms/people/people.hpp"

#include <algorithm>

namespace kringwerk::app::first {
namespace {

constexpr std::array<StepRow, step_count> rows{{{Step::manager, "manager", "", false},
                                                {Step::centre, "centre", "centrum", false},
                                                {Step::blocks, "blocks", "doen", true},
                                                {Step::machines, "machines", "apparatuur", true},
                                                {Step::crew, "crew", "mensen", true},
                                                {Step::books, "books", "boeken", true}}};

constexpr std::string_view centre_setting = "first_run_centre";
constexpr std::string_view ended_setting = "first_run_ended";

std::string setting_of(Step step) { return "first_run_" + std::string(row_of(step).code); }

std::string setting_of(Machine machine) {
    return machine == Machine::printer ? "first_run_printer" : "first_run_scanner";
}

std::vector<network::CentreRow> own_centres(Snapshot& view) {
    auto all = network::centres(view);
    std::erase_if(all, [](const auto& row) { return row.external_name.has_value(); });
    return all;
}

/// The one that the first run made; else one that somebody added by hand and that stands empty. A
/// network that works already is not led through its beginning.
std::optional<network::CentreRow> centre_of(Snapshot& view,
                                            const std::vector<network::CentreRow>& own) {
    const auto kept = parse_whole(network::setting(view, centre_setting).value_or(""));
    if (kept) return network::centre(view, CentreId{*kept});
    if (own.size() != 1 || ledger::head(view, own.front().id)) return std::nullopt;
    return own.front();
}

bool has_scale(Snapshot& view, CentreId centre) {
    return std::ranges::any_of(network::scales(view, centre),
                               [](const auto& scale) { return !scale.retired_at; });
}

bool has_worker(Snapshot& view, CentreId centre) {
    return std::ranges::any_of(people::people_of_centre(view, centre), [](const auto& person) {
        return person.pin.has_value() && !person.blocked_at;
    });
}

/// What the books and the register say of a step.
bool is_there(Snapshot& view, const network::CentreRow& centre, Step step) {
    switch (step) {
    case Step::manager:
    case Step::centre:
        return true;
    case Step::blocks:
        return !network::registered(view, centre).blocks.empty();
    case Step::machines:
        return has_scale(view, centre.id);
    case Step::crew:
        return has_worker(view, centre.id);
    case Step::books:
        return ledger::head(view, centre.id).has_value();
    }
    throw Bug("a step is one of six");
}

State state_of(Snapshot& view, const network::CentreRow& centre, Step step) {
    const auto kept = network::setting(view, setting_of(step)).value_or("");
    if (kept == "done" || is_there(view, centre, step)) return State::done;
    return kept == "later" ? State::later : State::open;
}

} // namespace

std::span<const StepRow, step_count> all_steps() { return rows; }

const StepRow& row_of(Step step) { return rows.at(static_cast<std::size_t>(step)); }

const StepRow* step_at(std::string_view path) {
    const auto* const found = std::ranges::find_if(
        rows, [&](const StepRow& row) { return !row.path.empty() && row.path == path; });
    return found == rows.end() ? nullptr : found;
}

std::optional<Step> Progress::next() const {
    for (const auto& row : rows) {
        if (of(row.step) == State::open) return row.step;
    }
    return std::nullopt;
}

bool Progress::over() const {
    return ended || std::ranges::all_of(states, [](State state) { return state == State::done; });
}

Progress progress(Snapshot& view) {
    Progress made;
    const auto own = own_centres(view);
    made.states[0] = State::done; // whoever comes here has been let in
    made.centre = centre_of(view, own);
    made.ended = network::setting(view, "demo").value_or("") == "1" ||
                 network::setting(view, ended_setting).has_value() ||
                 (!made.centre && !own.empty());
    if (!made.centre) return made;
    for (const auto& row : rows) {
        made.states[static_cast<std::size_t>(row.step)] = state_of(view, *made.centre, row.step);
    }
    return made;
}

bool may_begin(const people::Caller& caller) {
    return caller.may_in_network(people::Right::manage_people);
}

void remember(Transaction& tx, Step step, State state) {
    ensure(state != State::open, "an answer is not forgotten");
    network::set_setting(tx, setting_of(step), state == State::done ? "done" : "later");
}

void remember_centre(Transaction& tx, CentreId centre) {
    network::set_setting(tx, centre_setting, std::to_string(centre.value));
}

void end_first_run(Transaction& tx) { network::set_setting(tx, ended_setting, "1"); }

void remember_works(Transaction& tx, Machine machine) {
    network::set_setting(tx, setting_of(machine), "works");
}

bool works(Snapshot& view, Machine machine) {
    return network::setting(view, setting_of(machine)).has_value();
}

} // namespace kringwerk::app::first
