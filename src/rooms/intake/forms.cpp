// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/forms.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"

#include <array>

namespace kringwerk::intake {
namespace {

using enum ledger::Place;

constexpr std::array forms{
    FormRow{FormName::weigh_in, "wegen", "weigh_in", "weigh-in", "scales"},
    FormRow{FormName::sell, "verkopen", "sell", "sell", "storefront"},
    FormRow{FormName::give, "weggeven", "give", "give", "gift"},
    FormRow{FormName::sort, "sorteren", "sort", "sort", "arrows-split"},
    FormRow{FormName::dispatch, "afvoeren", "dispatch", "dispatch", "recycle"},
    FormRow{FormName::send, "versturen", "send", "send", "truck"},
    FormRow{FormName::receive, "ontvangen", "receive", "receive", "arrow-square-in"},
    FormRow{FormName::count, "tellen", "count", "count", "list-checks"},
    FormRow{FormName::reverse, "rechtzetten", "reverse", "reverse", "arrow-counter-clockwise"},
    FormRow{FormName::settle, "oplossen", "settle", "settle", "warning-octagon"},
    FormRow{FormName::close_month, "maand", "close_month", "close-month", "lock-key"},
};

constexpr std::array from_outside{donated, collected, yard, returned};
constexpr std::array put_first{sorting, shop, workshop, parts, hold, outgoing};
constexpr std::array to_sell{shop, sorting, workshop, parts};
constexpr std::array sort_from{sorting, hold, shop, workshop, parts};
constexpr std::array sort_to{shop, workshop, parts, outgoing, hold, lending, sorting};
constexpr std::array to_dispatch{outgoing, sorting, workshop, shop, parts};
constexpr std::array processed{recycled, energy, disposed, exported};
constexpr std::array to_send{sorting, shop, workshop, parts, hold, lending, outgoing};
constexpr std::array to_count{shop, sorting, workshop, parts, hold, lending, outgoing};

} // namespace

std::span<const FormRow> all_forms() { return forms; }

const FormRow& row_of(FormName name) {
    for (const auto& row : forms) {
        if (row.name == name) return row;
    }
    throw Bug("a form has a row in the table of forms");
}

const FormRow* form_at(std::string_view path) {
    for (const auto& row : forms) {
        if (row.path == path) return &row;
    }
    return nullptr;
}

std::string_view answer(const Answers& answers, std::string_view field) {
    const auto found = answers.find(field);
    return found == answers.end() ? std::string_view() : trimmed(found->second);
}

std::span<const ledger::Place> sources() { return from_outside; }
std::span<const ledger::Place> first_places() { return put_first; }
std::span<const ledger::Place> places_to_sell() { return to_sell; }
std::span<const ledger::Place> places_to_sort_from() { return sort_from; }
std::span<const ledger::Place> places_to_sort_to() { return sort_to; }
std::span<const ledger::Place> places_to_dispatch() { return to_dispatch; }
std::span<const ledger::Place> processors() { return processed; }
std::span<const ledger::Place> places_to_send() { return to_send; }
std::span<const ledger::Place> places_to_count() { return to_count; }

} // namespace kringwerk::intake
