// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/own_categories.hpp"

#include "base/words.hpp"
#include "rooms/network/network.hpp"
#include "rooms/network/queries.hpp"

#include <algorithm>
#include <map>

namespace kringwerk::network {
namespace {

constexpr std::size_t longest_category_name = 120;

CategoryNames read_names(const Row& row, int first) {
    return {std::string(row.text(first)), std::string(row.text(first + 1))};
}

std::optional<CategoryNames> given_names(Snapshot& view, ledger::CategoryId id, Day day) {
    return view.first(
        sql::category_name_on, [](Row row) { return read_names(row, 0); }, id, day);
}

/// The newest line that the catalogue has for a number up to a day, also when it has ended.
const Category* line_up_to(ledger::CategoryId id, Day day) {
    const Category* newest = nullptr;
    for (const auto& line : Catalogue::built_in().tables().categories) {
        if (line.number == id.value && line.from <= day) newest = &line;
    }
    return newest;
}

std::map<ledger::CategoryId, CategoryNames> all_given_names(Snapshot& view, Day day) {
    std::map<ledger::CategoryId, CategoryNames> names;
    for (const auto row : view.rows(sql::category_names_on, day)) {
        names[{row.integer(0)}] = read_names(row, 1);
    }
    return names;
}

std::map<ledger::CategoryId, bool> all_offers(Snapshot& view, Day day) {
    std::map<ledger::CategoryId, bool> offers;
    for (const auto row : view.rows(sql::category_offers_on, day)) {
        offers[{row.integer(0)}] = row.integer(1) == 1;
    }
    return offers;
}

/// Refuses when another category that the stream offers on that day is called the same, whatever
/// capitals and accents it has: nobody could tell the two apart on a screen.
Result<void> check_free(Snapshot& view, ledger::Key stream, ledger::CategoryId except,
                        const CategoryNames& names, Day day) {
    for (const auto& other : offered_on(view, stream, day)) {
        if (other.id == except) continue;
        for (const auto language : {Language::nl, Language::en}) {
            if (plain_of(other.names.in(language)) != plain_of(names.in(language))) continue;
            return refuse("network.category_name_taken", {{"given", names.in(language)}});
        }
    }
    return {};
}

/// The category as it is on a day, for a change that begins then.
Result<NetworkCategory> changeable(Snapshot& view, ledger::CategoryId id, Day from, Instant now) {
    auto found = category_on(view, id, from);
    if (!found) return refuse("network.no_such_category", {{"given", std::to_string(id.value)}});
    if (from < local_day(now)) {
        return refuse("network.category_day_past", {{"given", format_day(from)}});
    }
    return *std::move(found);
}

bool is_offered(Snapshot& view, ledger::CategoryId id, Day day) {
    return view.number(sql::category_offer_on, id, day).value_or(1) == 1;
}

} // namespace

Result<CategoryNames> parse_category_names(std::string_view nl, std::string_view en) {
    const CategoryNames names{std::string(trimmed(nl)), std::string(trimmed(en))};
    Refusal refusal{"network.wrong_fields", {}, {}};
    for (const auto language : {Language::nl, Language::en}) {
        const auto field = "name_" + std::string(code_of(language));
        if (names.in(language).empty()) {
            refusal.fields.push_back({field, "network.category_name_needed", {}});
        } else if (names.in(language).size() > longest_category_name) {
            refusal.fields.push_back({field, "network.name_too_long", {}});
        }
    }
    if (!refusal.fields.empty()) return refuse(std::move(refusal));
    return names;
}

Result<ledger::CategoryId> add_category(Transaction& tx, ledger::Key stream,
                                        const CategoryNames& names, Day from, Instant now) {
    const auto streams = ledger::all_streams();
    const bool known = std::any_of(streams.begin(), streams.end(), [&](const ledger::KeyRow& row) {
        return row.key == stream && stream != ledger::mixed;
    });
    if (!known) return refuse("network.category_needs_stream");
    const auto unused = check_free(tx, stream, {}, names, from);
    if (!unused) return refuse(unused.error());
    const ledger::CategoryId id{
        tx.number(sql::newest_own_category).value_or(first_own_category - 1) + 1};
    tx.run(sql::insert_own_category, id, stream.number, now);
    tx.run(sql::write_category_name, id, from, names.nl, names.en, now);
    return id;
}

Result<void> rename_category(Transaction& tx, ledger::CategoryId id, const CategoryNames& names,
                             Day from, Instant now) {
    const auto category = changeable(tx, id, from, now);
    if (!category) return refuse(category.error());
    const auto unused = check_free(tx, category->stream, id, names, from);
    if (!unused) return unused;
    tx.run(sql::write_category_name, id, from, names.nl, names.en, now);
    return {};
}

Result<void> set_offer(Transaction& tx, ledger::CategoryId id, Offer offer, Day from, Instant now) {
    const auto category = changeable(tx, id, from, now);
    if (!category) return refuse(category.error());
    if (offer == Offer::offered) {
        const auto unused = check_free(tx, category->stream, id, category->names, from);
        if (!unused) return unused;
    }
    tx.run(sql::write_category_offer, id, from, offer == Offer::offered ? 1 : 0, now);
    return {};
}

std::optional<CategoryNames> names_on(Snapshot& view, ledger::CategoryId id, Day day) {
    const auto* const line = line_up_to(id, day);
    const bool own = id.value >= first_own_category;
    if (!own && line == nullptr) return std::nullopt;
    if (auto given = given_names(view, id, day)) return given;
    if (line == nullptr) return std::nullopt;
    return CategoryNames{std::string(line->name_nl), std::string(line->name_en)};
}

std::optional<NetworkCategory> category_on(Snapshot& view, ledger::CategoryId id, Day day) {
    const bool own = id.value >= first_own_category;
    const auto* const line =
        own ? nullptr : Catalogue::built_in().find(static_cast<int>(id.value), day);
    const auto stream = own ? view.number(sql::stream_of_own_category, id) : std::nullopt;
    if (line == nullptr && !stream) return std::nullopt;
    auto names = names_on(view, id, day);
    if (!names) return std::nullopt; // added for a later day
    const ledger::Key key = line ? line->stream : ledger::Key{static_cast<std::uint8_t>(*stream)};
    return NetworkCategory{id, key, *std::move(names), is_offered(view, id, day), line};
}

std::vector<CategoryChange> category_history(Snapshot& view, ledger::CategoryId id) {
    std::vector<CategoryChange> changes;
    for (const auto& line : Catalogue::built_in().tables().categories) {
        if (line.number != id.value) continue;
        changes.push_back({line.from,
                           CategoryNames{std::string(line.name_nl), std::string(line.name_en)},
                           std::nullopt});
    }
    for (const auto row : view.rows(sql::names_of_category, id)) {
        changes.push_back({row.day(0), read_names(row, 1), std::nullopt});
    }
    for (const auto row : view.rows(sql::offers_of_category, id)) {
        changes.push_back({row.day(0), std::nullopt, row.integer(1) == 1});
    }
    std::stable_sort(changes.begin(), changes.end(),
                     [](const auto& one, const auto& other) { return one.from > other.from; });
    return changes;
}

std::vector<NetworkCategory> categories_on(Snapshot& view, Day day) {
    const auto names = all_given_names(view, day);
    const auto offers = all_offers(view, day);
    std::vector<NetworkCategory> categories;
    const auto add = [&](NetworkCategory category) {
        const auto given = names.find(category.id);
        if (given != names.end()) category.names = given->second;
        const auto offer = offers.find(category.id);
        if (offer != offers.end()) category.offered = offer->second;
        categories.push_back(std::move(category));
    };
    for (const auto& line : Catalogue::built_in().tables().categories) {
        if (!line.valid_on(day)) continue;
        add({{line.number},
             line.stream,
             {std::string(line.name_nl), std::string(line.name_en)},
             true,
             &line});
    }
    for (const auto row : view.rows(sql::all_own_categories)) {
        const ledger::CategoryId id{row.integer(0)};
        // Without a name yet: added for a later day.
        if (!names.contains(id)) continue;
        add({id, {static_cast<std::uint8_t>(row.integer(1))}, {}, true, nullptr});
    }
    return categories;
}

std::vector<NetworkCategory> offered_on(Snapshot& view, ledger::Key stream, Day day) {
    auto categories = categories_on(view, day);
    std::erase_if(categories, [&](const NetworkCategory& category) {
        return category.stream != stream || !category.offered;
    });
    return categories;
}

} // namespace kringwerk::network
