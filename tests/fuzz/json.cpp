// SPDX-License-Identifier: EUPL-1.2
// Movements as the API takes them.
#include "rooms/ledger/json.hpp"
#include "fuzz.hpp"

#include <boost/json.hpp>

namespace kringwerk::fuzz {

void look_at(std::string_view text) {
    boost::json::error_code code;
    const auto body = boost::json::parse(text, code);
    if (code) return;
    const auto sent = ledger::parse_movement(body, CentreId{1});
    if (!sent) return promise(!sent.error().code.empty(), "a refusal has its code");
    promise(sent->draft.centre == CentreId{1}, "a movement is of the centre that it was sent to");
    promise(!sent->draft.transfers.empty(), "a movement moves something");
    const auto again = boost::json::parse(boost::json::serialize(body));
    promise(ledger::parse_movement(again, CentreId{1}).has_value(), "it reads the same once more");
}

} // namespace kringwerk::fuzz
