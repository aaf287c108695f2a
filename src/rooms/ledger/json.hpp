// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.hpp"
#include "rooms/ledger/ledger.hpp"

#include <boost/json/fwd.hpp>
#include <boost/json/storage_ptr.hpp>

#include <optional>

/// Movements as the JSON of the API has them: codes where the books have numbers, whole grams,
/// cents and minutes, UTC times.
namespace kringwerk::ledger {

/// The largest whole number that JavaScript holds.
inline constexpr std::int64_t most_exact = (std::int64_t{1} << 53) - 1;
/// How far the clock of a counter may be off: one that was never set begins in 1970.
inline constexpr std::int64_t most_offset_ms = std::int64_t{100} * 366 * 24 * 3600 * 1000;

/// What came in for one movement: what to book, and what the counter says of its own clock.
struct Sent {
    Draft draft;
    std::optional<Action> action;
};

/// Reads one movement for `centre`. The keys of a transfer may stand as "key" for both sides, or
/// as "from_key" and "to_key". Money says its own means where a place has one, so that only
/// turnover and VAT need a key. Refuses what `Fields` refuses, and for a field "ledger.not_a_hash"
/// and "ledger.not_an_item_code".
Result<Sent> parse_movement(const boost::json::value& body, CentreId centre);

/// All that stands in the books. Its fields are those that `parse_movement` reads, and what was
/// added when it was booked.
boost::json::object to_json(const Movement& movement, boost::json::storage_ptr memory = {});
boost::json::object to_json(const Transfer& transfer, boost::json::storage_ptr memory = {});
boost::json::object to_json(const Posted& posted, boost::json::storage_ptr memory = {});
boost::json::object to_json(const Item& item);
boost::json::object to_json(const Balance& balance);
/// `period`: its day or month, as a text.
boost::json::object to_json(const Flow& flow, std::string_view period);
boost::json::object to_json(const Equation& equation);
boost::json::object to_json(const Transit& transit);
boost::json::object to_json(const Head& head);

std::string_view code_of(Oddity oddity);

} // namespace kringwerk::ledger
