// SPDX-License-Identifier: EUPL-1.2
#include "base/fields.hpp"
#include "rooms/intake/queue.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace kringwerk::intake {
namespace {

namespace json = boost::json;

Result<people::Device> device_at_gate(Snapshot& view, const http::Request& request) {
    auto device = people::device_of_request(view, request);
    if (device && request.parameter("centre") != std::to_string(device->centre.value)) {
        return refuse("ledger.other_centre");
    }
    return device;
}

http::Response not_taken(const http::Request& request, const Refusal& refusal) {
    if (refusal.code == "ledger.other_centre") return http::problem(request, 403, refusal);
    if (refusal.code == "ledger.not_json_type") return http::problem(request, 415, refusal);
    return people::refused(request, refusal, 400);
}

/// A counter whose clock is ahead has counted now, and not later.
Result<QueueCount> parse_count(const http::Request& request) {
    if (!request.header("content-type").starts_with("application/json")) {
        return refuse("ledger.not_json_type");
    }
    json::error_code error;
    const auto body = json::parse(request.body, error);
    if (error) return refuse("ledger.not_json", {{"reason", error.message()}});
    Fields in(body);
    QueueCount count;
    count.waiting = in.integer("waiting", 0, most_waiting);
    count.counted_at = std::min(in.instant("counted_at"), request.received);
    return in.finish(count);
}

http::Response answer_queue(const Queue& queue) {
    const auto counted =
        queue.counted_at ? json::value(format_instant(*queue.counted_at)) : nullptr;
    return http::json_text(json::serialize(json::object{{"waiting", queue.waiting},
                                                        {"counted_at", counted},
                                                        {"busiest_hour", queue.busiest_hour}}));
}

http::Response show_queue(const people::Site& site, const http::Request& request) {
    return site.store.read([&](Snapshot& view) {
        const auto device = device_at_gate(view, request);
        if (!device) return not_taken(request, device.error());
        return answer_queue(queue_now(view, device->centre, request.received));
    });
}

Task<http::Response> take_count(Store& store, const http::Request& request) {
    const auto device = store.read([&](Snapshot& view) { return device_at_gate(view, request); });
    if (!device) co_return not_taken(request, device.error());
    const auto count = parse_count(request);
    if (!count) co_return not_taken(request, count.error());
    const auto keep = [&](Transaction& tx) {
        keep_count(tx, device->centre, *count, device->device);
        return queue_now(tx, device->centre, request.received);
    };
    co_return answer_queue(co_await store.write_in(Strand{device->centre.value}, keep));
}

http::OperationDoc queue_doc(std::string id, std::string summary) {
    http::OperationDoc made;
    made.id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "counters";
    made.response_schema = "GateQueue";
    made.refusals = {401, 403};
    made.needs_token = true;
    return made;
}

} // namespace

http::Routes queue_routes(const people::Site& site) {
    const std::string at = "/api/v1/centres/{centre}/queue-counts";
    const auto show = [site](const http::Request& request) { return show_queue(site, request); };
    const http::Handler take = [&store = site.store](const http::Request& request) {
        return take_count(store, request);
    };
    auto count = queue_doc("postQueueCount", "Keeps how many cars somebody saw waiting; an older "
                                             "count than the last one changes nothing");
    count.request_schema = "QueueCount";
    count.refusals = {400, 401, 403, 413, 415, 503};
    return {{http::Method::get,
             at,
             http::at_once(show),
             {},
             queue_doc("getQueueCount", "How many cars wait at the gate, for a registered device")},
            {http::Method::post, at, take, {}, std::move(count)}};
}

std::vector<http::SchemaDoc> queue_schemas() {
    return {{"QueueCount",
             "What somebody at the gate saw.",
             {{"waiting", "integer", "Cars, 0 to 200.", true},
              {"counted_at", "date-time", "By the corrected clock of the counter.", true}}},
            {"GateQueue",
             "The cars that wait at this moment: the last count, less what was booked after it.",
             {{"waiting", "integer", "", true},
              {"counted_at", "date-time", "Null when nobody counted today.", true},
              {"busiest_hour", "integer", "The most cars of today within sixty minutes.", true}}}};
}

} // namespace kringwerk::intake
