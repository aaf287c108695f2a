// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/desk.hpp"
#include "rooms/people/sessions.hpp"

#include <algorithm>

namespace kringwerk::people {
namespace {

bool sets_session(const http::Response& answer) {
    return std::any_of(answer.headers.begin(), answer.headers.end(), [](const auto& header) {
        return header.first == "Set-Cookie" && header.second.starts_with(session_cookie);
    });
}

/// The session of a page that was looked at, when its text is old enough to be changed.
std::optional<Session> worn(Snapshot& view, std::string_view text, Instant now) {
    auto session = session_of(view, text, now);
    return session && wants_change(*session, now) ? session : std::nullopt;
}

Task<http::Response> answer_freshly(Store& store, http::Handler handler,
                                    const http::Request& request) {
    auto answer = co_await handler(request);
    const std::string text(request.cookie(session_cookie).value_or(std::string_view{}));
    if (!text.starts_with("kws_") || answer.stream || sets_session(answer)) co_return answer;
    const auto now = request.received;
    const bool old = store.read([&](Snapshot& view) { return worn(view, text, now).has_value(); });
    if (!old) co_return answer;
    const auto change = [&](Transaction& tx) {
        const auto session = worn(tx, text, now); // another page may have changed it meanwhile
        return session ? std::pair(change_session(tx, *session, now), session->ends_at)
                       : std::pair(std::string(), now);
    };
    const auto [fresh, ends_at] = co_await store.write(change);
    const std::chrono::seconds left((ends_at.ms - now.ms) / 1000);
    if (!fresh.empty()) http::set_cookie(answer, request, session_cookie, fresh, left);
    co_return answer;
}

} // namespace

http::Routes with_fresh_sessions(Store& store, http::Routes routes) {
    for (auto& route : routes) {
        if (route.method != http::Method::get) continue;
        route.handler = [&store, inner = std::move(route.handler)](const http::Request& request) {
            return answer_freshly(store, inner, request);
        };
    }
    return routes;
}

} // namespace kringwerk::people
