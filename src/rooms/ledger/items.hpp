// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "rooms/ledger/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kringwerk::ledger {

/// The code on a label and the number in the books are two writings of one thing: the issuing
/// centre's prefix, a number there, and a check character, "3K-2B7-9". The alphabet has 31 signs
/// (digits 2-9 and capitals without I L O), which look unlike each other; 31 is prime, so the
/// weighted sum notices any one wrong sign and any two swapped ones.
ItemId make_item(CentreId issuer, std::int64_t number);
CentreId issuer_of(ItemId item);
std::int64_t number_of(ItemId item);
std::string code_of(ItemId item);
/// Reads a code in either case, with or without dashes and blanks; nothing when the check
/// character is wrong or a sign is not in the alphabet.
std::optional<ItemId> parse_item(std::string_view code);

/// What a known thing is and where.
struct Item {
    CentreId centre;
    ItemId id;
    CategoryId category;
    Account at;
    enum class Clearance : std::uint8_t {
        not_needed,
        needed,
        given
    } clearance = Clearance::not_needed;
    enum class DataState : std::uint8_t { none, to_erase, erased } data = DataState::none;
    int grade = 0; ///< 0 not graded, then 1 (A) to 3 (C)
    Cents price;
};

} // namespace kringwerk::ledger
