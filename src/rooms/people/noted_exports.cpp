// SPDX-License-Identifier: EUPL-1.2
#include "base/words.hpp"
#include "rooms/people/desk.hpp"
#include "rooms/people/events.hpp"

#include <algorithm>

namespace kringwerk::people {
namespace {

/// The name of the file that an answer gives to keep; empty: it is no download.
std::string file_name_of(const http::Response& answer) {
    for (const auto& [name, value] : answer.headers) {
        if (name != "Content-Disposition") continue;
        const std::string_view said = value;
        const std::string_view before = "filename=\"";
        const auto from = said.find(before);
        if (from == said.npos) return {};
        const auto rest = said.substr(from + before.size());
        return std::string(rest.substr(0, rest.find('"')));
    }
    return {};
}

/// The centre that the address is about: by its slug, and in the API by its number.
std::optional<CentreId> centre_of(const Desk& desk, Snapshot& view, const http::Request& request) {
    const auto& captures = request.parameters;
    const auto found = std::find_if(captures.begin(), captures.end(),
                                    [](const auto& capture) { return capture.first == "centre"; });
    if (found == captures.end()) return std::nullopt;
    auto place = desk.place_by_slug(view, found->second);
    const auto number = parse_whole(found->second);
    if (!place && number) place = desk.place(view, CentreId{*number});
    return place ? std::optional(place->id) : std::nullopt;
}

/// Noted before it is given: what cannot be noted is not given.
Task<http::Response> answer_and_note(Desk desk, http::Handler handler,
                                     const http::Request& request) {
    auto answer = co_await handler(request);
    const auto file = answer.status == 200 ? file_name_of(answer) : std::string();
    if (file.empty()) co_return answer;
    const auto caller = caller_of_request(desk.site.store, request);
    if (!caller) co_return answer; // what everybody may have is no secret that somebody took out
    const auto write_down = [&](Transaction& tx) {
        note_export(tx, *caller, centre_of(desk, tx, request), file, request.received);
        return 0;
    };
    co_await desk.site.store.write(write_down);
    co_return answer;
}

} // namespace

http::Routes with_noted_exports(const Desk& desk, http::Routes routes) {
    for (auto& route : routes) {
        if (route.method != http::Method::get) continue;
        route.handler = [desk, inner = std::move(route.handler)](const http::Request& request) {
            return answer_and_note(desk, inner, request);
        };
    }
    return routes;
}

} // namespace kringwerk::people
