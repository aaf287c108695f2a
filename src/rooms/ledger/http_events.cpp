// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/http_parts.hpp"

#include <fmt/format.h>

namespace kringwerk::ledger::api {
namespace {

/// Where one listener is.
struct Listener {
    Shared context;
    CentreId centre;
    std::int64_t told = -1;      ///< the sequence that the listener knows
    std::uint64_t looked_at = 0; ///< version of the store at which we looked
    bool looked = false;
};

/// The sequence of the centre's chain, when the listener does not know it yet.
std::optional<std::int64_t> news(Listener& listener) {
    auto& store = listener.context->store;
    const auto version = store.version();
    // Nothing was committed since: no need to ask the database.
    if (std::exchange(listener.looked, true) && version == listener.looked_at) return std::nullopt;
    listener.looked_at = version;
    const auto end = store.read([&](Snapshot& view) { return head(view, listener.centre); });
    const auto sequence = end ? end->sequence : 0;
    if (sequence == listener.told) return std::nullopt;
    listener.told = sequence;
    return sequence;
}

Task<std::optional<std::string>> next_event(std::shared_ptr<Listener> listener) {
    for (;;) {
        if (const auto sequence = news(*listener)) {
            co_return http::sse_event("head", fmt::format(R"({{"sequence":{}}})", *sequence));
        }
        co_await listener->context->pulse->next_beat();
    }
}

} // namespace

/// First says where the chain ends now, then each time that it grew.
http::Response events(const Shared& context, const http::Request& request) {
    const auto centre = centre_to_read(*context, request);
    if (!centre) return refused(request, centre.error());

    http::Response response;
    response.content_type = "text/event-stream";
    const auto listener = std::make_shared<Listener>(Listener{context, *centre});
    response.stream = [listener] { return next_event(listener); };
    return response;
}

} // namespace kringwerk::ledger::api
