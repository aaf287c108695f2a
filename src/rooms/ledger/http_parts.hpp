// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/fields.hpp"
#include "rooms/ledger/http.hpp"
#include "rooms/ledger/pulse.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// What the routes of the ledger share among themselves.
namespace kringwerk::ledger::api {

struct Context {
    Store& store;
    Options options;
    std::shared_ptr<Pulse> pulse;
};
using Shared = std::shared_ptr<const Context>;

/// Who reads; nobody in a network that is open to read. Refuses as `people` does.
Result<std::optional<people::Caller>> reader_of(Snapshot& view, const Context& context,
                                                const http::Request& request);
/// Refuses "people.not_allowed" when the reader may not read at that centre.
Result<void> may_read_at(const std::optional<people::Caller>& reader, CentreId centre);
/// The centre of the path, for who may read there; in a network that is open to read everybody may.
/// Refuses as `people` does, then "ledger.no_such_centre", then "people.not_allowed".
Result<CentreId> centre_to_read(const Context& context, const http::Request& request);
/// Who posts, and where. Refuses as `people` does, then "ledger.no_such_centre", then
/// "ledger.other_centre".
struct Poster {
    people::Caller caller;
    CentreId centre;
};
Result<Poster> poster_of(const Context& context, const http::Request& request);

/// A refusal with the status that fits its code.
http::Response refused(const http::Request& request, const Refusal& refusal);
int status_of(const Refusal& refusal);

/// Where a page goes on, as a text that only we read.
std::string cursor_of(std::int64_t position);
std::optional<std::int64_t> parse_cursor(std::string_view text);

/// How a route reads: what it finds becomes the body. Refuses wrong parts of the query.
using Reading = Result<boost::json::object> (*)(Snapshot& view, CentreId centre,
                                                const http::Request& request, Fields& query);
enum class Tag { none, chain_head };
/// Checks who asks, then reads. `Tag::chain_head`: what is read follows from the books of the
/// centre alone, so their end is its ETag.
http::Handler reading(Shared context, Reading read, Tag tag);

Task<http::Response> post_movements(const Context& context, const http::Request& request);
http::Response events(const Shared& context, const http::Request& request);

/// The readings.
Result<boost::json::object> movements_page(Snapshot&, CentreId, const http::Request&, Fields&);
Result<boost::json::object> one_movement(Snapshot&, CentreId, const http::Request&, Fields&);
Result<boost::json::object> all_balances(Snapshot&, CentreId, const http::Request&, Fields&);
Result<boost::json::object> flows_page(Snapshot&, CentreId, const http::Request&, Fields&);
Result<boost::json::object> equations(Snapshot&, CentreId, const http::Request&, Fields&);
Result<boost::json::object> sent_loads(Snapshot&, CentreId, const http::Request&, Fields&);
Result<boost::json::object> contradictions(Snapshot&, CentreId, const http::Request&, Fields&);
Result<boost::json::object> late_movements(Snapshot&, CentreId, const http::Request&, Fields&);
http::Response one_item(const Context& context, const http::Request& request);
http::Response chain_heads(const Context& context, const http::Request& request);

} // namespace kringwerk::ledger::api
