// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/live_scales_http.hpp"

#include "base/words.hpp"
#include "rooms/network/live_reading.hpp"
#include "rooms/people/people.hpp"

#include <limits>

namespace kringwerk::network {
namespace {

/// Where one listener is.
struct Listener {
    std::shared_ptr<LiveScales> scales;
    CentreId centre;
    int number = 0;
    std::optional<LiveReading> told;
};

Task<std::optional<std::string>> next_event(std::shared_ptr<Listener> listener) {
    auto& [scales, centre, number, told] = *listener;
    for (;;) {
        const auto news = scales->latest(centre, number);
        if (!news) co_return std::nullopt;
        auto reading = reading_of(*news);
        if (!told || is_news(*told, reading)) {
            told = std::move(reading);
            co_return http::sse_event("reading", json_of(*told));
        }
        co_await scales->next_change(centre, number);
    }
}

/// 0, which no scale and no centre has, for what is no number.
std::int64_t number_of(const http::Request& request, std::string_view parameter) {
    return parse_whole(request.parameter(parameter)).value_or(0);
}

http::Response refused(Store& store, const http::Request& request) {
    const auto caller = people::caller_of_request(store, request);
    return people::refused(request, caller ? Refusal{"people.not_allowed", {}, {}} : caller.error(),
                           403);
}

http::OperationDoc doc() {
    http::OperationDoc described;
    described.id = "followScale";
    described.summary = "Server-sent events: \"reading\" each time that the scale says a weight";
    described.tag = "centres";
    described.response_schema = "string";
    described.refusals = {401, 403, 404};
    described.needs_token = true;
    return described;
}

} // namespace

http::Routes live_scale_routes(Store& store, std::shared_ptr<LiveScales> scales,
                               MayListen may_listen) {
    const auto follow = [&store, scales = std::move(scales),
                         may_listen = std::move(may_listen)](const http::Request& request) {
        const CentreId centre{number_of(request, "centre")};
        const auto number = number_of(request, "number");
        if (!may_listen(request, centre)) return refused(store, request);
        const bool is_number = number > 0 && number <= std::numeric_limits<int>::max();
        if (!is_number || !scales->latest(centre, static_cast<int>(number))) {
            return http::problem(request, 404, Refusal{"network.no_such_scale", {}, {}});
        }
        http::Response response;
        response.content_type = "text/event-stream";
        const auto listener = std::make_shared<Listener>(
            Listener{scales, centre, static_cast<int>(number), std::nullopt});
        response.stream = [listener] { return next_event(listener); };
        return response;
    };
    return {{http::Method::get,
             "/api/v1/centres/{centre}/scales/{number}/readings",
             http::at_once(follow),
             {},
             doc()}};
}

} // namespace kringwerk::network
