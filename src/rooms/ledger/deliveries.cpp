// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/deliveries.hpp"

#include "base/fields.hpp"
#include "rooms/ledger/http_parts.hpp"
#include "rooms/ledger/json.hpp"
#include "rooms/ledger/refused_actions.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace kringwerk::ledger {
namespace {

namespace json = boost::json;

/// A device that was away for days sends several deliveries.
constexpr std::size_t most_actions = 100;
constexpr http::Limits delivery_limits{.body_bytes = 1024 * 1024};

/// One action as it was sent. `wrong`: why it cannot be read, though its id can.
struct SentAction {
    Action action;
    people::PersonId person;
    json::value body;
    std::optional<Refusal> wrong;
};

struct Delivery {
    people::DeviceReport report;
    std::vector<SentAction> actions;
};

struct Accepted {
    bool repeated = false;
    std::optional<Remark> remark = {};
};
using Done = Result<Accepted>;

/// The clock of its device, as far as anybody knows it.
Instant corrected(const Action& action) { return {action.clock_at.ms + action.offset_ms}; }

/// Whatever is wrong with it, an action with an id is one that somebody did.
SentAction read_action(const json::value& given, CentreId centre, std::string_view device) {
    SentAction sent;
    sent.body = json::object();
    if (const auto* const object = given.if_object()) {
        if (const auto* const body = object->if_contains("body")) sent.body = *body;
    }
    Fields in(given);
    sent.action.centre = centre;
    sent.action.device = device;
    sent.action.id = in.uuid<Action>("id").bytes;
    sent.action.device_sequence = in.integer("sequence", 1, most_exact);
    sent.action.kind = in.text("kind", 40);
    sent.person = {in.integer("person", 1, most_exact)};
    sent.action.clock_at = in.instant("clock_at");
    sent.action.offset_ms =
        in.optional_integer("offset_ms", -most_offset_ms, most_offset_ms).value_or(0);
    if (!in.has("body")) in.missing("body");
    auto finished = in.finish();
    if (!finished) sent.wrong = std::move(finished.error());
    return sent;
}

/// Refuses "ledger.not_json", "ledger.action_count", "ledger.action_without_id" and what `Fields`
/// refuses about the delivery itself.
Result<Delivery> parse_delivery(const http::Request& request, const people::Device& device) {
    json::error_code error;
    const auto body = json::parse(request.body, error);
    if (error) return refuse("ledger.not_json", {{"reason", error.message()}});
    const auto* const object = body.if_object();
    const auto* const given = object ? object->if_contains("actions") : nullptr;
    const auto* const list = given ? given->if_array() : nullptr;
    if (!list || list->size() > most_actions) {
        return refuse("ledger.action_count", {{"most", std::to_string(most_actions)}});
    }
    Fields in(body);
    Delivery delivery;
    delivery.report.store = in.uuid<struct BrowserStore>("store").text();
    delivery.report.offset_ms = request.received.ms - in.instant("clock_at").ms;
    delivery.report.waiting = in.optional_integer("waiting", 0, most_exact).value_or(0);
    delivery.report.oldest_at = in.optional_instant("oldest_at").value_or(Instant{});
    std::ignore = in.has("actions");
    if (auto finished = in.finish(); !finished) return refuse(std::move(finished.error()));
    for (const auto& action : *list) {
        delivery.actions.push_back(read_action(action, device.centre, device.name));
        if (Uuid<Action>{delivery.actions.back().action.id}.empty()) {
            return refuse("ledger.action_without_id");
        }
    }
    return delivery;
}

std::optional<Remark> remark_about(Snapshot& view, const ActionKinds& kinds, const Action& action) {
    const auto kind = kinds.find(action.kind);
    if (kind == kinds.end() || !kind->second.remark) return std::nullopt;
    return kind->second.remark(view, action);
}

Done do_action(Transaction& tx, const ActionKinds& kinds, const SentAction& sent,
               const people::Device& device, Instant received) {
    const auto& action = sent.action;
    if (const auto known = action_of(tx, action.centre, MovementId{action.id})) {
        return Accepted{true, remark_about(tx, kinds, *known)};
    }
    // The answer got lost, and meanwhile a person decided: it is not done after all.
    if (was_settled(tx, action.centre, action.id)) return Accepted{true};
    if (sent.wrong) return refuse(*sent.wrong);
    const auto kind = kinds.find(action.kind);
    if (kind == kinds.end()) return refuse("ledger.unknown_action", {{"kind", action.kind}});
    auto caller = people::caller_at_device(tx, device, sent.person);
    if (!caller) return refuse(std::move(caller.error()));
    const Deed deed{action, *std::move(caller), corrected(action), received};
    const auto done = kind->second.act(tx, deed, sent.body);
    if (!done) return refuse(done.error());
    keep_action(tx, action, received);
    settle_refused(tx, action.centre, action.id, {}, received);
    return Accepted{false, remark_about(tx, kinds, action)};
}

/// What was not accepted is kept whole, and the device is noted with what it said about itself.
int finish_delivery(Transaction& tx, const Delivery& delivery, const std::vector<Done>& outcomes,
                    const people::Device& device, Instant received) {
    auto report = delivery.report;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto& sent = delivery.actions[i];
        report.highest = std::max(report.highest, sent.action.device_sequence);
        bool fresh = outcomes[i] && !outcomes[i]->repeated;
        if (!outcomes[i]) {
            fresh = keep_refused(tx, {sent.action,
                                      sent.person,
                                      received,
                                      outcomes[i].error().code,
                                      json::serialize(sent.body),
                                      std::nullopt,
                                      {}});
        }
        report.fresh += fresh ? 1 : 0;
    }
    people::note_device(tx, device, report, received);
    return 0;
}

json::object outcome_json(const SentAction& sent, const Done& outcome, Language language) {
    json::object line{{"id", format_uuid(sent.action.id)}};
    const auto& texts = Texts::built_in();
    if (outcome) {
        line["outcome"] = outcome->repeated ? "repeated" : "booked";
        if (const auto& remark = outcome->remark) {
            line["remark"] = json::object{
                {"code", remark->code},
                {"detail", texts.say(language, "remark." + remark->code, remark->arguments)},
                {"attention", remark->attention}};
        }
        return line;
    }
    const auto& refusal = outcome.error();
    line["outcome"] = "refused";
    line["code"] = refusal.code;
    line["detail"] = texts.say(language, refusal);
    if (refusal.fields.empty()) return line;
    json::array errors;
    for (const auto& wrong : refusal.fields) {
        const Refusal of_field{wrong.code, wrong.arguments, {}};
        errors.push_back(json::object{{"field", wrong.field},
                                      {"code", wrong.code},
                                      {"detail", texts.say(language, of_field)}});
    }
    line["errors"] = std::move(errors);
    return line;
}

http::Response answer(const http::Request& request, const Delivery& delivery,
                      const std::vector<Done>& outcomes) {
    json::array lines;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        lines.push_back(outcome_json(delivery.actions[i], outcomes[i], http::language_of(request)));
    }
    return http::json_text(json::serialize(json::object{
        {"server_time", format_instant(request.received)}, {"outcomes", std::move(lines)}}));
}

/// The device that sends, at the centre of the path.
Result<people::Device> device_at(Store& store, const http::Request& request) {
    auto device =
        store.read([&](Snapshot& view) { return people::device_of_request(view, request); });
    if (!device) return device;
    if (request.parameter("centre") != std::to_string(device->centre.value)) {
        return refuse("ledger.other_centre");
    }
    return device;
}

/// Queues all of it at once, so that one commit may hold it: each action by itself, behind them
/// what is noted about the device. The writer runs them in this order.
Task<std::vector<Done>> write_all(Store& store, const ActionKinds& kinds, const Delivery& delivery,
                                  const people::Device& device, Instant received) {
    std::vector<Done> outcomes(delivery.actions.size());
    std::vector<Pending<Done>> waiting;
    const Strand strand{device.centre.value};
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        waiting.push_back(store.write_in(strand, [&, i](Transaction& tx) {
            return outcomes[i] = do_action(tx, kinds, delivery.actions[i], device, received);
        }));
    }
    auto noted = store.write_in(strand, [&](Transaction& tx) {
        return finish_delivery(tx, delivery, outcomes, device, received);
    });
    for (auto& one : waiting) std::ignore = co_await one; // breaks when the disk did
    co_await noted;
    co_return outcomes;
}

Task<http::Response> take(Store& store, std::shared_ptr<const ActionKinds> kinds,
                          const http::Request& request) {
    const auto device = device_at(store, request);
    if (!device) co_return api::refused(request, device.error());
    if (!request.header("content-type").starts_with("application/json")) {
        co_return api::refused(request, {"ledger.not_json_type", {}, {}});
    }
    const auto delivery = parse_delivery(request, *device);
    if (!delivery) co_return api::refused(request, delivery.error());
    const auto outcomes = co_await write_all(store, *kinds, *delivery, *device, request.received);
    co_return answer(request, *delivery, outcomes);
}

http::OperationDoc action_doc() {
    http::OperationDoc doc;
    doc.id = "postActions";
    doc.summary = "Takes what people did at a counter, from a registered device; each action is "
                  "accepted or kept aside by itself, and the same id again counts once";
    doc.tag = "counters";
    doc.request_schema = "Actions";
    doc.response_schema = "ActionOutcomes";
    doc.refusals = {400, 401, 403, 413, 415, 503};
    doc.needs_token = true;
    return doc;
}

} // namespace

http::Routes action_routes(Store& store, ActionKinds kinds) {
    const auto shared = std::make_shared<const ActionKinds>(std::move(kinds));
    const http::Handler post = [&store, shared](const http::Request& request) {
        return take(store, shared, request);
    };
    return {{http::Method::post, "/api/v1/centres/{centre}/actions", post, delivery_limits,
             action_doc()}};
}

} // namespace kringwerk::ledger
