// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/http.hpp"

#include "rooms/ledger/http_parts.hpp"

namespace kringwerk::ledger {
namespace {

/// How often listeners hear of news. A dashboard that is a second late is on time.
constexpr std::chrono::milliseconds beat{1000};
constexpr http::Limits large_body{.body_bytes = 2 * 1024 * 1024};

const std::vector<http::FieldDoc> page_query{
    {"cursor", "string", "The next_cursor of the page before."},
    {"limit", "integer", "At most so many, 1 to 500; 100 when left out."},
};
const std::vector<http::FieldDoc> period_query{
    {"firstDay", "date", "The first day.", true},
    {"lastDay", "date", "The last day; it counts too.", true},
};

std::vector<http::FieldDoc> operator+(std::vector<http::FieldDoc> left,
                                      const std::vector<http::FieldDoc>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

const std::vector<http::FieldDoc> movements_query =
    std::vector<http::FieldDoc>{{"firstDay", "date", "The first day on which they count."},
                                {"lastDay", "date", "The last day on which they count."},
                                {"from", "string", "A place that something left."},
                                {"to", "string", "A place that something entered."},
                                {"stream", "Stream", "A stream of goods."},
                                {"category", "integer", "A category of goods, by its number."}} +
    page_query;
const std::vector<http::FieldDoc> flows_query =
    std::vector<http::FieldDoc>{
        {"period", "Period", "Sums of days or of months; days when left out."},
        {"first", "string", "The first day (2027-03-12) or month (2027-03).", true},
        {"last", "string", "The last day or month; it counts too.", true}} +
    page_query;
const std::vector<http::FieldDoc> odd_query{
    {"settled", "boolean", "Only those that are settled, or only those that are not."}};
const std::vector<http::FieldDoc> late_query{page_query.back()};

/// What every reading of a centre may be refused with.
const std::vector<int> reading_refusals{304, 400, 401, 403, 404};
const std::vector<int> posting_refusals{200, 400, 401, 403, 404, 409, 413, 415, 503};

http::OperationDoc doc(std::string_view tag, std::string_view id, std::string_view summary,
                       std::string_view answer, std::vector<http::FieldDoc> query = {}) {
    http::OperationDoc made;
    made.id = id;
    made.summary = summary;
    made.tag = tag;
    made.query = std::move(query);
    made.response_schema = answer;
    made.refusals = reading_refusals;
    made.needs_token = true;
    return made;
}

http::OperationDoc posting_doc() {
    auto made = doc("movements", "postMovements",
                    "Books one movement (201), or a list of up to 1,000 (200): each whole or not "
                    "at all, and the same id again counts once",
                    "PostedMovements");
    made.request_schema = "Movements";
    made.success = 201;
    made.refusals = posting_refusals;
    return made;
}

/// For what no tag is sent with.
http::OperationDoc untagged(http::OperationDoc made) {
    std::erase(made.refusals, 304);
    return made;
}

http::OperationDoc public_doc(http::OperationDoc made) {
    made.refusals = {};
    made.needs_token = false;
    return made;
}

} // namespace

http::Routes routes(Store& store, const Options& given) {
    using enum http::Method;
    using namespace api;
    const auto context =
        std::make_shared<const Context>(Context{store, given, std::make_shared<Pulse>(beat)});
    const auto read = [&](Reading how, Tag tag = Tag::chain_head) {
        return reading(context, how, tag);
    };
    const http::Handler post_all = [context](const http::Request& request) {
        return post_movements(*context, request);
    };
    const auto follow =
        http::at_once([context](const auto& request) { return events(context, request); });
    const auto item =
        http::at_once([context](const auto& request) { return one_item(*context, request); });
    const auto heads =
        http::at_once([context](const auto& request) { return chain_heads(*context, request); });

    const std::string centre = "/api/v1/centres/{centre}";
    const auto row = [](std::string path, http::Handler handler, http::OperationDoc described) {
        return http::Route{get, std::move(path), std::move(handler), {}, std::move(described)};
    };
    return {
        {post, centre + "/movements", post_all, large_body, posting_doc()},
        row(centre + "/movements", read(movements_page),
            doc("movements", "listMovements", "Movements, newest first", "MovementPage",
                movements_query)),
        row(centre + "/movements/{id}", read(one_movement),
            doc("movements", "getMovement", "One movement with its hash", "Movement")),
        row(centre + "/balances", read(all_balances),
            doc("figures", "listBalances", "What stands on each account now", "Balances")),
        row(centre + "/flows", read(flows_page),
            doc("figures", "listFlows", "Sums of what moved, by day or month", "FlowPage",
                flows_query)),
        row(centre + "/equations", read(equations),
            doc("figures", "listEquations",
                "Opening stock + in = out + stock + unexplained, for each stream and all together",
                "Equations", period_query)),
        // What other centres do about it does not show in the chain of this one: no tag.
        row(centre + "/transits", read(sent_loads, Tag::none),
            untagged(doc("figures", "listTransits",
                         "What was sent to other centres, and what arrived", "Transits",
                         period_query))),
        row(centre + "/contradictions", read(contradictions, Tag::none),
            untagged(doc("movements", "listContradictions",
                         "What was booked although it does not fit, newest first", "Contradictions",
                         odd_query))),
        row(centre + "/late-movements", read(late_movements),
            doc("movements", "listLateMovements",
                "What counts on a later day than its own, because its month was closed",
                "LateMovements", late_query)),
        row(centre + "/events", follow,
            untagged(doc("centres", "followCentre",
                         "Server-sent events: \"head\" each time that the chain grew", "string"))),
        row("/api/v1/items/{code}", item,
            untagged(doc("items", "getItem",
                         "A known thing, where it is and all that happened to it", "Item"))),
        row("/api/v1/chain-heads", heads,
            public_doc(doc("centres", "listChainHeads", "Where the chain of each centre ends",
                           "ChainHeads"))),
    };
}

} // namespace kringwerk::ledger
