// SPDX-License-Identifier: EUPL-1.2
#include "rooms/ledger/http.hpp"

#include "platform/http/router.hpp"
#include "platform/store/store.hpp"
#include "rooms/ledger/books_testing.hpp"
#include "rooms/people/accounts.hpp"
#include "rooms/people/people.hpp"
#include "rooms/people/sessions.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace kringwerk;
namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

const fs::path golden = fs::path(KRINGWERK_SOURCE_DIR) / "src/rooms/ledger/golden/api";

/// So that the number that stands for a person, and with it each hash, is the same on each run.
const Query fix_secrets{"test.fix_secrets", "UPDATE people_token SET secret = zeroblob(32)",
                        "UPDATE people_token SET secret = decode(repeat('00', 32), 'hex')"};

people::Kinds kinds(std::initializer_list<std::string_view> codes) {
    people::Kinds granted;
    for (const auto code : codes) granted.set(ledger::Ways::built_in().kind(code).number);
    return granted;
}

/// Two centres, the tokens of the golden files, and the routes, on a real file.
class Server {
  public:
    explicit Server(bool open_to_read = false) {
        store_ = folder_.books.open();
        using enum people::Role;
        const CentreId first{1};
        grant("gate", integration, first, kinds({"weigh-in"}), Reads::no);
        grant("till", till, first, kinds({"sell", "hours"}), Reads::no);
        grant("reader", lead, first, {}, Reads::yes);
        grant("other-centre", integration, CentreId{2}, kinds({"weigh-in", "receive"}), Reads::yes);
        grant("manager", manager, std::nullopt,
              kinds({"weigh-in", "reverse", "send", "close-month"}), Reads::yes);
        tokens_["unknown"] = "kw_0000000000000000000000000000000000000000";
        std::ignore = store_->write([](Transaction& tx) { return tx.changed(fix_secrets); }).get();
        ledger::Options options;
        options.open_to_read = open_to_read;
        options.centre_exists = [](Snapshot&, CentreId centre) { return centre.value < 3; };
        router_.emplace(ledger::routes(*store_, options));
    }
    ~Server() {
        router_.reset();
        store_.reset();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    http::Response ask(http::Request request) {
        const auto match = router_->find(request.method, request.path);
        REQUIRE(match.route != nullptr);
        request.parameters = match.captures;
        request.received = {now() + 1000 * ++asked_}; // 2027-03-12T10:36:00Z and on
        return wait_for(match.route->handler(request));
    }
    std::string token(std::string_view name) const { return tokens_.at(std::string(name)); }
    Store& store() { return *store_; }
    std::int64_t now() const { return 1'804'847'760'000; } ///< before the first request

  private:
    enum class Reads { no, yes };
    void grant(const std::string& name, people::Role role, std::optional<CentreId> centre,
               const people::Kinds& granted, Reads reads) {
        people::TokenRequest request;
        request.name = name;
        request.role = role;
        request.centre = centre;
        request.kinds = granted;
        request.may_read = reads == Reads::yes;
        request.may_close = role == people::Role::manager;
        const auto make = [&](Transaction& tx) {
            return people::make_token(tx, request, Instant{0});
        };
        const auto made = store_->write(make).get();
        REQUIRE(made);
        tokens_[name] = *made;
    }

    ledger::testing::Scratch folder_;
    std::unique_ptr<Store> store_;
    std::map<std::string, std::string> tokens_;
    std::optional<http::Router> router_;
    std::int64_t asked_ = 0;
};

std::string content_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// As people like to read it, so that a golden file shows in a diff what changed.
void write_pretty(std::string& into, const json::value& value, std::size_t depth) {
    const std::string line = "\n" + std::string(2 * depth + 2, ' ');
    const std::string end = "\n" + std::string(2 * depth, ' ');
    if (const auto* const object = value.if_object(); object && !object->empty()) {
        const char* before = "{";
        for (const auto& [name, field] : *object) {
            into += before + line + json::serialize(name) + ": ";
            write_pretty(into, field, depth + 1);
            before = ",";
        }
        into += end + "}";
    } else if (const auto* const list = value.if_array(); list && !list->empty()) {
        const char* before = "[";
        for (const auto& element : *list) {
            into += before + line;
            write_pretty(into, element, depth + 1);
            before = ",";
        }
        into += end + "]";
    } else {
        into += json::serialize(value);
    }
}

http::Request request_of(const json::object& golden_request, const Server& server,
                         std::string_view etag) {
    http::Request request;
    const auto& method = golden_request.at("method").as_string();
    request.method = method == "POST" ? http::Method::post : http::Method::get;
    request.path = golden_request.at("path").as_string();
    request.headers.emplace_back("accept-language", "en");
    if (request.method == http::Method::post && !golden_request.contains("headers")) {
        request.headers.emplace_back("content-type", "application/json");
    }
    if (const auto* const token = golden_request.if_contains("token")) {
        request.headers.emplace_back("authorization", "Bearer " + server.token(token->as_string()));
    }
    if (const auto* const headers = golden_request.if_contains("headers")) {
        for (const auto& [name, value] : headers->as_object()) {
            const std::string_view text = value.as_string();
            request.headers.emplace_back(name, text == "{etag}" ? etag : text);
        }
    }
    if (const auto* const query = golden_request.if_contains("query")) {
        for (const auto& [name, value] : query->as_object()) {
            request.query.emplace_back(name, value.as_string());
        }
    }
    if (const auto* const text = golden_request.if_contains("text"))
        request.body = text->as_string();
    if (const auto* const body = golden_request.if_contains("body")) {
        request.body = json::serialize(*body);
    }
    return request;
}

std::string_view header_of(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

/// Wording may change without a change of the contract; that there is a text may not.
void without_texts(json::value& value) {
    if (auto* const object = value.if_object()) {
        for (auto& [name, field] : *object) {
            if (name == "title" || name == "detail") {
                CHECK_FALSE(std::string_view(field.as_string()).starts_with("refusal."));
                CHECK_FALSE(std::string_view(field.as_string()).starts_with("problem."));
                CHECK(std::string_view(field.as_string()).find('{') == std::string_view::npos);
                field = "(text)";
            }
            without_texts(field);
        }
    }
    if (auto* const list = value.if_array()) {
        for (auto& element : *list) without_texts(element);
    }
}

json::object golden_answer(const http::Response& response) {
    json::object answer{{"status", response.status}, {"content_type", response.content_type}};
    for (const auto* const name : {"Location", "WWW-Authenticate", "ETag"}) {
        const auto value = header_of(response, name);
        if (!value.empty()) answer.emplace(name, value);
    }
    if (!response.body.empty()) {
        auto body = json::parse(response.body);
        without_texts(body);
        answer.emplace("body", std::move(body));
    }
    return answer;
}

http::Request get(std::string path) {
    http::Request request;
    request.path = std::move(path);
    return request;
}

http::Request post(const Server& server, std::string_view token, std::string body) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/api/v1/centres/1/movements";
    request.headers = {{"content-type", "application/json; charset=utf-8"},
                       {"authorization", "bearer " + server.token(token)}};
    request.body = std::move(body);
    return request;
}

constexpr auto chair = R"({"id": "01957f2a-0000-7000-8000-000000000001", "kind": "weigh-in",
    "happened_at": "2027-03-12T10:01:00Z", "transfers": [{"book": "goods", "from": "donated",
    "to": "sorting", "key": "furniture", "grams": 5000, "basis": "measured"}]})";

} // namespace

TEST_CASE("each golden request gets its golden answer, one after the other on the same books") {
    const bool writes = std::getenv("KRINGWERK_WRITE_GOLDEN") != nullptr;
    std::vector<fs::path> requests;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (entry.path().string().ends_with(".request.json")) requests.push_back(entry.path());
    }
    std::sort(requests.begin(), requests.end());
    REQUIRE(requests.size() > 40);
    Server server;
    std::string etag;
    for (const auto& file : requests) {
        CAPTURE(file.filename().string());
        const auto asked = json::parse(content_of(file)).as_object();
        const auto response = server.ask(request_of(asked, server, etag));
        // The tag of balances is asked for again at the end.
        if (const auto tag = header_of(response, "ETag"); !tag.empty()) etag = tag;
        std::string answer;
        write_pretty(answer, golden_answer(response), 0);
        answer += "\n";
        auto name = file.string();
        name.replace(name.rfind(".request.json"), std::string::npos, ".answer.json");
        if (writes) std::ofstream(name) << answer;
        CHECK(answer == content_of(name));
    }
}

TEST_CASE("a network that is open to read asks no token, but posting does") {
    Server server(true);
    CHECK(server.ask(get("/api/v1/centres/1/movements")).status == 200);
    auto request = post(server, "gate", chair);
    request.headers.pop_back();
    CHECK(server.ask(request).status == 401);
}

TEST_CASE("the session cookie stands for the token in it") {
    Server server;
    auto request = get("/api/v1/centres/1/balances");
    request.headers = {{"cookie", "taal=nl; kw_session=" + server.token("reader")}};
    CHECK(server.ask(request).status == 200);
    request.headers = {{"cookie", "kw_session=" + server.token("gate")}};
    CHECK(server.ask(request).status == 403);
}

TEST_CASE("people who signed in read, but raw movements take an access code, whatever their role") {
    Server server;
    auto request = post(server, "gate", chair);
    const auto session =
        server.store()
            .write([&](Transaction& tx) {
                const auto mara = people::add_person(tx, {"Mara"}, Instant{0}).value();
                people::give_role(tx, mara, {{}, people::Role::administrator}, Instant{0});
                return people::start_session(tx, mara, "", Instant{server.now()});
            })
            .get();
    request.headers.clear();
    request.headers = {{"content-type", "application/json"}, {"cookie", "kw_session=" + session}};
    CHECK(server.ask(request).status == 403);
    auto reading = get("/api/v1/centres/1/movements");
    reading.headers = {{"cookie", "kw_session=" + session}};
    CHECK(server.ask(reading).status == 200);
}

TEST_CASE("a revoked token is not known any more") {
    Server server;
    const auto revoked =
        server.store()
            .write([](Transaction& tx) { return people::revoke_token(tx, 1, Instant{0}); })
            .get();
    REQUIRE(revoked);
    CHECK(server.ask(post(server, "gate", chair)).status == 401);
}

TEST_CASE("what a counter says about its clock is kept beside what it booked") {
    Server server;
    std::string sent = chair;
    sent.insert(1, R"("device": {"name": "poort 1", "sequence": 17, "offset_ms": 1500,
        "clock_at": "2027-03-12T10:00:58.500Z"},)");
    CHECK(server.ask(post(server, "gate", sent)).status == 201);
    const auto id = *ledger::MovementId::parse("01957f2a-0000-7000-8000-000000000001");
    const auto action = server.store().read(
        [&](Snapshot& view) { return ledger::action_of(view, CentreId{1}, id); });
    REQUIRE(action);
    CHECK(action->device == "poort 1");
    CHECK(action->offset_ms == 1500);
    CHECK(format_instant(action->clock_at) == "2027-03-12T10:00:58.500Z");
}

TEST_CASE("a thousand movements are one request, one more is too many") {
    Server server;
    const auto list = [](int count) {
        std::string text = "[";
        for (int i = 0; i < count; ++i) {
            std::string one = chair;
            one.replace(one.find("000000000001"), 12, std::to_string(100'000'000'000 + i));
            text += (i == 0 ? "" : ",") + one;
        }
        return text + "]";
    };
    const auto good = server.ask(post(server, "gate", list(1000)));
    CHECK(good.status == 200);
    CHECK(json::parse(good.body).at("booked") == 1000);
    CHECK(server.ask(post(server, "gate", list(1001))).status == 400);
    const auto head =
        server.store().read([](Snapshot& view) { return ledger::head(view, CentreId{1}); });
    REQUIRE(head);
    CHECK(head->sequence == 1000);
}

TEST_CASE("a list for another centre is refused as a whole") {
    Server server;
    auto request = post(server, "gate", "[" + std::string(chair) + "]");
    request.path = "/api/v1/centres/2/movements";
    CHECK(server.ask(request).status == 403);
}

TEST_CASE("pages put together are the whole, in its order, whatever their size") {
    Server server(true);
    std::string list;
    int number = 0;
    // Two flows a day, on days with gaps between them, over three months.
    for (auto day = *make_day(2026, 11, 3); day < *make_day(2027, 2, 20); day = day_after(day, 3)) {
        for (const auto* const stream : {"furniture", "toys"}) {
            std::string one = chair;
            one.replace(one.find("000000000001"), 12, std::to_string(100'000'000'000 + number++));
            one.replace(one.find("2027-03-12"), 10, format_day(day));
            one.replace(one.find("furniture"), 9, stream);
            list += (list.empty() ? "[" : ",") + one;
        }
    }
    REQUIRE(json::parse(server.ask(post(server, "gate", list + "]")).body).at("booked") == number);

    const auto all_of = [&](const std::string& what, http::Request request, int limit) {
        request.path = "/api/v1/centres/1/" + what;
        request.query.emplace_back("limit", std::to_string(limit));
        json::array all;
        for (int page = 0; page < 200; ++page) {
            const auto body = json::parse(server.ask(request).body).as_object();
            for (const auto& line : body.at(what).as_array()) all.push_back(line);
            const auto* const next = body.if_contains("next_cursor");
            if (!next) return all;
            std::erase_if(request.query, [](const auto& field) { return field.first == "cursor"; });
            request.query.emplace_back("cursor", next->as_string());
        }
        FAIL("the pages never end");
        return all;
    };
    http::Request days;
    days.query = {{"first", "2026-10-01"}, {"last", "2027-03-31"}};
    auto centuries = days;
    centuries.path = "/api/v1/centres/1/flows";
    centuries.query[0].second = "1027-03-31";
    CHECK(server.ask(centuries).status == 400);
    http::Request months;
    months.query = {{"period", "month"}, {"first", "2020-01"}, {"last", "2027-12"}};
    for (const auto& [what, request, size] : {std::tuple{"flows", days, number},
                                              {"flows", months, 8},
                                              {"movements", http::Request{}, number}}) {
        const auto whole = all_of(what, request, 500);
        CHECK(static_cast<int>(whole.size()) == size);
        for (const int limit : {1, 2, 7}) CHECK(all_of(what, request, limit) == whole);
    }
}

TEST_CASE("who follows a centre hears where its chain ends, and of each movement after") {
    Server server;
    auto request = get("/api/v1/centres/1/events");
    request.headers = {{"authorization", "Bearer " + server.token("reader")}};
    const auto response = server.ask(request);
    CHECK(response.content_type == "text/event-stream");
    REQUIRE(response.stream);
    CHECK(wait_for(response.stream()) == "event: head\ndata: {\"sequence\":0}\n\n");
    CHECK(server.ask(post(server, "gate", chair)).status == 201);
    CHECK(wait_for(response.stream()) == "event: head\ndata: {\"sequence\":1}\n\n");
}
