// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/text.hpp"
#include "platform/store/store.hpp"
#include "rooms/network/catalogue.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a network adds to the catalogue: categories of its own, other names for any category, and
/// which of them its screens offer. All of it holds from a day on, so that old movements are shown
/// with the name of their day.
namespace kringwerk::network {

/// Numbers from here on belong to the network that made them.
inline constexpr std::int64_t first_own_category = 10'000;

struct CategoryNames {
    std::string nl;
    std::string en;

    const std::string& in(Language language) const { return language == Language::nl ? nl : en; }
    friend bool operator==(const CategoryNames&, const CategoryNames&) = default;
};

/// Names as they were typed. Refuses "network.wrong_fields" with the fields name_nl and name_en:
/// "network.category_name_needed", "network.name_too_long".
Result<CategoryNames> parse_category_names(std::string_view nl, std::string_view en);

/// A category as the network has it on a day.
struct NetworkCategory {
    ledger::CategoryId id;
    ledger::Key stream;
    CategoryNames names;
    bool offered = true;                ///< false: retired, but still known by its name
    const Category* built_in = nullptr; ///< its line of the catalogue; nothing: the network's own

    /// A hard stop: it may only leave as waste.
    bool never_taken_in() const { return built_in != nullptr && !built_in->stop.empty(); }
};

/// Adds a category that is offered from `from` on. Refuses "network.category_needs_stream",
/// "network.category_name_taken" (one that the stream offers on that day has such a name).
Result<ledger::CategoryId> add_category(Transaction& tx, ledger::Key stream,
                                        const CategoryNames& names, Day from, Instant now);

/// Gives a category, of the network or not, another name from a day on. Refuses
/// "network.no_such_category" (on that day), "network.category_day_past" (a day before today: it
/// was shown under the old name), "network.category_name_taken".
Result<void> rename_category(Transaction& tx, ledger::CategoryId id, const CategoryNames& names,
                             Day from, Instant now);

enum class Offer { retired, offered };
/// Retires a category from a day on, or offers it again. Refuses "network.no_such_category",
/// "network.category_day_past", and "network.category_name_taken" for one that is offered again.
Result<void> set_offer(Transaction& tx, ledger::CategoryId id, Offer offer, Day from, Instant now);

/// What a category is called on a day, also when it is retired by then. Nothing before its first
/// day and for a number that nobody gave out.
std::optional<CategoryNames> names_on(Snapshot& view, ledger::CategoryId id, Day day);

/// The category as the network has it on a day; nothing for a number that means nothing then.
std::optional<NetworkCategory> category_on(Snapshot& view, ledger::CategoryId id, Day day);

/// A day from which something holds: a name, or whether screens offer the category.
struct CategoryChange {
    Day from;
    std::optional<CategoryNames> names;
    std::optional<bool> offered;
};
/// What happened to a category since it is known, newest first. Its first name is among them.
std::vector<CategoryChange> category_history(Snapshot& view, ledger::CategoryId id);

/// All that are known on a day: those of the catalogue in its order, then the network's own by
/// number. What the catalogue itself ended is not among them.
std::vector<NetworkCategory> categories_on(Snapshot& view, Day day);
/// Those of a stream that screens offer on a day.
std::vector<NetworkCategory> offered_on(Snapshot& view, ledger::Key stream, Day day);

} // namespace kringwerk::network
