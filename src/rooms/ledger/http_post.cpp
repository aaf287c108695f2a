// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/http_parts.hpp"
#include "rooms/ledger/json.hpp"
#include "rooms/people/people.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>

namespace kringwerk::ledger::api {
namespace {

namespace json = boost::json;

/// Most movements of one request. A till that was offline for a week sends fewer.
constexpr std::size_t most_movements = 1000;

/// A movement that was read, or why it could not be. `id`: as it was sent, so that an answer can
/// name also what it could not read.
struct Read {
    std::string id;
    Result<Sent> sent;
};
using Parsed = std::vector<Read>;
using Outcomes = std::vector<Result<Posted>>;

struct Body {
    Parsed movements;
    bool is_list = false;
};

bool is_json(const http::Request& request) {
    auto type = request.header("content-type");
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return type == "application/json";
}

/// Gives the list of movements in a body: an array, or an object with only "movements" in it.
const json::array* list_in(const json::value& body) {
    if (const auto* const list = body.if_array()) return list;
    const auto* const object = body.if_object();
    if (!object || object->size() != 1) return nullptr;
    const auto* const movements = object->if_contains("movements");
    return movements ? movements->if_array() : nullptr;
}

Read read_one(const json::value& movement, CentreId centre) {
    constexpr std::size_t length_of_uuid = 36;
    const auto* const object = movement.if_object();
    const auto* const field = object ? object->if_contains("id") : nullptr;
    const auto* const id = field ? field->if_string() : nullptr;
    const bool shown = id && id->size() == length_of_uuid;
    return {shown ? std::string(*id) : std::string(), parse_movement(movement, centre)};
}

/// Refuses "ledger.not_json", "ledger.movement_count".
Result<Body> parse_body(std::string_view text, CentreId centre) {
    std::array<unsigned char, 8192> first_memory;
    json::monotonic_resource memory(first_memory.data(), first_memory.size());
    json::error_code error;
    const auto value = json::parse(text, error, &memory);
    if (error) return refuse("ledger.not_json", {{"reason", error.message()}});
    Body body;
    const auto* const list = list_in(value);
    if (!list) {
        body.movements.push_back(read_one(value, centre));
        return body;
    }
    if (list->empty() || list->size() > most_movements) {
        return refuse("ledger.movement_count", {{"most", std::to_string(most_movements)}});
    }
    body.is_list = true;
    body.movements.reserve(list->size());
    for (const auto& movement : *list) body.movements.push_back(read_one(movement, centre));
    return body;
}

/// Books what can be booked. A refused movement has written nothing, so the others stand.
Outcomes book(Transaction& tx, const Context& context, const Parsed& movements,
              const people::Caller& caller, Instant received) {
    Outcomes outcomes;
    outcomes.reserve(movements.size());
    Posting posting(tx, caller, received, &context.options.on_reversal);
    for (const auto& [id, sent] : movements) {
        if (!sent) {
            outcomes.push_back(refuse(sent.error()));
            continue;
        }
        outcomes.push_back(posting.post(sent->draft));
        const auto& posted = outcomes.back();
        if (posted && !posted->repeated && sent->action) keep_action(tx, *sent->action, received);
    }
    posting.finish();
    return outcomes;
}

void add_errors(json::object& into, const Refusal& refusal, Language language) {
    if (refusal.fields.empty()) return;
    const auto& texts = Texts::built_in();
    auto& errors = into.emplace("errors", json::array(into.storage())).first->value().get_array();
    for (const auto& wrong : refusal.fields) {
        const Refusal of_field{wrong.code, wrong.arguments, {}};
        errors.push_back(json::object{{"field", wrong.field},
                                      {"code", wrong.code},
                                      {"detail", texts.say(language, of_field)}});
    }
}

/// A line of the answer to a list: what became of one movement.
json::object outcome_json(const std::string& id, const Result<Posted>& outcome,
                          const json::storage_ptr& memory, Language language) {
    if (outcome) return to_json(*outcome, memory);
    const auto& refusal = outcome.error();
    json::object line(memory);
    line.reserve(6);
    if (!id.empty()) line.emplace("id", id);
    line.emplace("outcome", "refused");
    line.emplace("status", status_of(refusal));
    line.emplace("code", refusal.code);
    line.emplace("detail", Texts::built_in().say(language, refusal));
    add_errors(line, refusal, language);
    return line;
}

http::Response answer_to_list(const http::Request& request, const Parsed& sent,
                              const Outcomes& outcomes) {
    json::monotonic_resource memory;
    json::array lines(&memory);
    lines.reserve(outcomes.size());
    std::int64_t booked = 0;
    std::int64_t repeated = 0;
    const auto language = http::language_of(request);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto& outcome = outcomes[i];
        if (outcome) ++(outcome->repeated ? repeated : booked);
        lines.push_back(outcome_json(sent[i].id, outcome, &memory, language));
    }
    const auto refused = static_cast<std::int64_t>(outcomes.size()) - booked - repeated;
    json::object body(&memory);
    body.emplace("booked", booked);
    body.emplace("repeated", repeated);
    body.emplace("refused", refused);
    body.emplace("movements", std::move(lines));
    return http::json_text(json::serialize(body));
}

http::Response answer_to_one(const http::Request& request, const Result<Posted>& outcome,
                             CentreId centre) {
    if (!outcome) return refused(request, outcome.error());
    auto response =
        http::json_text(json::serialize(to_json(*outcome)), outcome->repeated ? 200 : 201);
    response.with("Location",
                  fmt::format("/api/v1/centres/{}/movements/{}", centre.value, outcome->id.text()));
    return response;
}

} // namespace

Task<http::Response> post_movements(const Context& context, const http::Request& request) {
    const auto poster = poster_of(context, request);
    if (!poster) co_return refused(request, poster.error());
    // No page of another site can send this type without our leave, cookie or not.
    if (!is_json(request)) co_return refused(request, {"ledger.not_json_type", {}, {}});
    const auto body = parse_body(request.body, poster->centre);
    if (!body) co_return refused(request, body.error());

    const auto write = [&](Transaction& tx) {
        return book(tx, context, body->movements, poster->caller, request.received);
    };
    const auto outcomes = co_await context.store.write_in(Strand{poster->centre.value}, write);
    if (body->is_list) co_return answer_to_list(request, body->movements, outcomes);
    co_return answer_to_one(request, outcomes.front(), poster->centre);
}

} // namespace kringwerk::ledger::api
