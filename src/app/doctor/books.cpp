// SPDX-License-Identifier: EUPL-1.2
#include "app/doctor/doctor.hpp"
#include "app/queries.hpp"
#include "rooms/ledger/verify.hpp"
#include "rooms/workshop/workshop.hpp"

#include <algorithm>
#include <chrono>

namespace kringwerk::app::doctor {
namespace {

/// So long the books are replayed when nobody asked for all of them.
constexpr std::chrono::seconds quick_look{10};
struct OutOfTime {};

std::string centre_of(const ledger::Head& head) { return std::to_string(head.centre.value); }

/// The last movement of each chain is there, is the one that the head names, and hashes to it.
std::optional<Finding> broken_head(Visit& visit, Snapshot& view) {
    std::int64_t movements = 0;
    const auto heads = ledger::heads(view);
    for (const auto& head : heads) {
        movements += head.sequence;
        if (head.sequence == 0) continue;
        const auto last = ledger::movement(view, head.centre, head.sequence);
        if (!last || last->hash != head.hash || !ledger::hash_is_right(*last)) {
            return Finding{Grade::wrong, "head_wrong", {{"centre", centre_of(head)}}};
        }
        visit.last_booked = std::max(visit.last_booked.value_or(last->booked_at), last->booked_at);
    }
    visit.facts["centres"] = std::to_string(heads.size());
    visit.facts["movements"] = std::to_string(movements);
    return std::nullopt;
}

/// What leaves one account enters another: all accounts of a centre together hold nothing.
std::optional<Finding> unbalanced(Snapshot& view) {
    for (const auto& head : ledger::heads(view)) {
        std::uint64_t grams = 0; // unsigned: a forged amount must not end the look
        std::uint64_t cents = 0;
        for (const auto& balance : ledger::balances(view, head.centre)) {
            grams += static_cast<std::uint64_t>(balance.amounts.grams.value);
            cents += static_cast<std::uint64_t>(balance.amounts.cents.value);
        }
        if (grams != 0 || cents != 0) {
            return Finding{Grade::wrong, "sums_wrong", {{"centre", centre_of(head)}}};
        }
    }
    return std::nullopt;
}

Finding replay(const Visit& visit, Snapshot& view) {
    const auto until = std::chrono::steady_clock::now() + quick_look;
    ledger::Replayed so_far;
    const auto count = [&](std::int64_t value) { return show_whole(visit.call.language, value); };
    try {
        const auto verified = ledger::verify(view, [&](const ledger::Replayed& replayed) {
            so_far = replayed;
            if (!visit.full && std::chrono::steady_clock::now() > until) throw OutOfTime{};
        });
        if (verified.wrong) {
            const auto& texts = Texts::built_in();
            const auto what = ledger::say(texts, visit.call.language, *verified.wrong);
            return {Grade::wrong, "books_wrong", {{"what", what}}, verified.wrong->code};
        }
        so_far = verified.replayed;
    } catch (const OutOfTime&) {
        return {Grade::note, "books_partly", {{"movements", count(so_far.movements)}}};
    }
    return {Grade::fine, "books_right", {{"movements", count(so_far.movements)}}};
}

/// What only a full visit asks: rows of the workshop, and every page of the database file.
std::optional<Finding> wrong_in_depth(const Visit& visit, Snapshot& view) {
    if (const auto row = workshop::first_wrong_row(view)) {
        const auto& texts = Texts::built_in();
        const auto what =
            ledger::say(texts, visit.call.language, {row->code, row->arguments, row->centre});
        return Finding{Grade::wrong, "books_wrong", {{"what", what}}, row->code};
    }
    const auto state = view.first(sql::integrity, [](Row row) { return std::string(row.text(0)); });
    if (state != "ok") return Finding{Grade::wrong, "file_damaged", {{"why", state.value_or("")}}};
    return std::nullopt;
}

void look_inside(Visit& visit, Store& store) {
    store.read([&](Snapshot& view) {
        visit.facts["schema"] = std::to_string(view.number(sql::newest_migration).value_or(0));
        visit.facts["database_bytes"] =
            std::to_string(view.number(sql::database_bytes).value_or(0));
        visit.findings.push_back({Grade::fine, "schema_right"});
        const auto head = broken_head(visit, view);
        visit.findings.push_back(head.value_or(Finding{Grade::fine, "heads_right"}));
        const auto sums = unbalanced(view);
        visit.findings.push_back(sums.value_or(Finding{Grade::fine, "sums_right"}));
        visit.findings.push_back(replay(visit, view));
        if (!visit.full) return 0;
        const auto deep = wrong_in_depth(visit, view);
        visit.findings.push_back(deep.value_or(Finding{Grade::fine, "file_whole"}));
        return 0;
    });
}

/// What broke, in one line: a query that failed is quoted below it.
std::string first_line(const std::exception& broke) {
    const std::string_view all(broke.what());
    return std::string(all.substr(0, all.find('\n')));
}

Finding unopened(const Refusal& refusal) {
    if (refusal.code == "store.absent") return {Grade::note, "books_absent"};
    if (refusal.code == "store.schema_older") return {Grade::warning, "schema_older"};
    return {Grade::wrong, "schema_newer"};
}

} // namespace

void look_at_books(Visit& visit) {
    try {
        const auto store = open_reading(visit.call.directory);
        if (!store) return visit.findings.push_back(unopened(store.error()));
        look_inside(visit, **store);
    } catch (const std::exception& broke) {
        visit.findings.push_back({Grade::wrong, "books_unreadable", {{"why", first_line(broke)}}});
    }
}

} // namespace kringwerk::app::doctor
