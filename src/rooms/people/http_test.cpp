// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/http.hpp"

#include "rooms/people/accounts.hpp"
#include "rooms/people/pages_testing.hpp"
#include "rooms/people/sessions.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;

namespace {

http::Request with(std::string_view header, std::string value) {
    http::Request request;
    request.headers.emplace_back(header, std::move(value));
    return request;
}

std::string_view header_of(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

} // namespace

TEST_CASE("a token comes in the header Authorization, else in the session cookie") {
    const people::testing::House house;
    people::TokenRequest asked;
    asked.name = "weegbrug";
    asked.centre = CentreId{3};
    const auto token =
        house.store
            ->write([&](Transaction& tx) { return people::make_token(tx, asked, house.now); })
            .get()
            .value();
    const auto outcome = [&](const http::Request& request) {
        const auto caller = people::caller_of_request(*house.store, request);
        return caller ? caller->name : caller.error().code;
    };
    CHECK(outcome(with("authorization", "Bearer " + token)) == "weegbrug");
    CHECK(outcome(with("authorization", "bearer  " + token)) == "weegbrug");
    CHECK(outcome(with("cookie", "taal=en; kw_session=" + token)) == "weegbrug");
    CHECK(outcome(http::Request{}) == "people.token_needed");
    CHECK(outcome(with("authorization", "Basic " + token)) == "people.token_needed");
    CHECK(outcome(with("authorization", "Bearer")) == "people.token_needed");
    CHECK(outcome(with("authorization", "Bearer x" + token)) == "people.token_unknown");
    CHECK(outcome(with("authorization", "Bearer " + std::string(100'000, 'k'))) ==
          "people.token_unknown");
    // Who sends a header means the header: the cookie does not help out.
    auto both = with("cookie", "kw_session=" + token);
    both.headers.emplace_back("authorization", "Bearer kw_0");
    CHECK(outcome(both) == "people.token_unknown");
}

TEST_CASE("what another site makes a browser send acts for nobody, whatever cookies come along") {
    people::testing::House house;
    const auto token = house.full_token();
    const auto asked = [&](http::Method method, http::Request request) {
        request.method = method;
        request.path = "/api/v1/centres/3/movements";
        request.headers.emplace_back("host", "balie.test");
        request.headers.emplace_back("cookie", "kw_session=" + token);
        const auto caller = people::caller_of_request(*house.store, request);
        return caller ? caller->name : caller.error().code;
    };
    const auto post = [&](const http::Request& request) {
        return asked(http::Method::post, request);
    };
    CHECK(post(http::Request{}) == "Mara");
    CHECK(post(with("sec-fetch-site", "same-origin")) == "Mara");
    CHECK(post(with("origin", "http://balie.test")) == "Mara");
    CHECK(post(with("sec-fetch-site", "cross-site")) == "people.token_needed");
    CHECK(post(with("sec-fetch-site", "same-site")) == "people.token_needed");
    CHECK(post(with("origin", "https://kwaad.test")) == "people.token_needed");
    CHECK(post(with("origin", "null")) == "people.token_needed");
    // A link on another site may be followed.
    CHECK(asked(http::Method::get, with("sec-fetch-site", "cross-site")) == "Mara");
    // A header is put there by a program that knows the code, not by a browser.
    auto program = with("sec-fetch-site", "cross-site");
    program.headers.emplace_back("authorization", "Bearer " + token);
    CHECK(post(program) == "Mara");
}

TEST_CASE("a session stands for its person until it is over or the person is blocked") {
    const people::testing::House house;
    const auto mara = house.store
                          ->write([&](Transaction& tx) {
                              return people::add_person(tx, {"Mara"}, house.now).value();
                          })
                          .get();
    const auto session =
        house.store
            ->write([&](Transaction& tx) {
                people::give_role(tx, mara, {CentreId{3}, people::Role::lead}, house.now);
                return people::start_session(tx, mara, "", house.now);
            })
            .get();
    const auto outcome = [&](std::int64_t after_ms, std::string_view text) {
        auto request = with("cookie", "kw_session=" + std::string(text));
        request.received = {house.now.ms + after_ms};
        const auto caller = people::caller_of_request(*house.store, request);
        return caller ? caller->name : caller.error().code;
    };
    CHECK(outcome(0, session) == "Mara");
    CHECK(outcome(people::session_ms, session) == "people.session_over");
    const auto block = [&](Transaction& tx) {
        people::block(tx, mara, house.now);
        return people::start_session(tx, mara, "", house.now); // a sign-in that was under way
    };
    const auto too_late = house.store->write(block).get();
    CHECK(outcome(0, session) == "people.session_over");
    CHECK(outcome(0, too_late) == "people.session_over");
    const auto unblock = [&](Transaction& tx) {
        people::unblock(tx, mara);
        return 0;
    };
    house.store->write(unblock).get();
    CHECK(outcome(0, session) == "people.session_over"); // who comes back signs in again
    const http::Request request;
    CHECK(people::refused(request, {"people.session_over", {}, {}}, 400).status == 401);
}

TEST_CASE("a paired device stands for its centre until it is blocked") {
    const people::testing::House house;
    const auto write = [&](auto function) { return house.store->write(function).get(); };
    const auto key = write([&](Transaction& tx) {
        return people::add_device(tx, CentreId{3}, "Tablet poort", house.now).value();
    });
    const auto outcome = [&](const http::Request& request) {
        const auto found = house.store->read(
            [&](Snapshot& view) { return people::device_of_request(view, request); });
        return found ? found->name : found.error().code;
    };
    CHECK(outcome(with("cookie", "kw_device=" + key)) == "Tablet poort");
    CHECK(outcome(http::Request{}) == "people.device_needed");
    CHECK(outcome(with("cookie", "kw_device=kwd_3_00")) == "people.device_needed");
    CHECK(outcome(with("cookie", "kw_device=kwd_4" + key.substr(5))) == "people.device_needed");
    write([&](Transaction& tx) {
        people::block_device(tx, CentreId{3}, 1, house.now);
        return 0;
    });
    CHECK(outcome(with("cookie", "kw_device=" + key)) == "people.device_blocked");
    const http::Request request;
    CHECK(people::refused(request, {"people.device_needed", {}, {}}, 400).status == 401);
    CHECK(people::refused(request, {"people.device_blocked", {}, {}}, 400).status == 403);
    CHECK(people::refused(request, {"people.not_at_this_centre", {}, {}}, 400).status == 403);
}

TEST_CASE("who works at a device may there what their roles say, and nowhere else anything") {
    const people::testing::House house;
    const auto write = [&](auto function) { return house.store->write(function).get(); };
    const auto mara =
        write([&](Transaction& tx) { return people::add_person(tx, {"Mara"}, house.now).value(); });
    const people::RoleHeld roles[] = {{CentreId{3}, people::Role::volunteer},
                                      {CentreId{4}, people::Role::manager},
                                      {std::nullopt, people::Role::auditor}};
    for (const auto& role : roles) {
        write([&](Transaction& tx) {
            people::give_role(tx, mara, role, house.now);
            return 0;
        });
    }
    people::Device device;
    device.device = 7;
    const auto at = [&](std::int64_t centre, people::PersonId who) {
        device.centre = {centre};
        return house.store->read(
            [&](Snapshot& view) { return people::caller_at_device(view, device, who); });
    };
    const auto caller = at(3, mara);
    REQUIRE(caller);
    CHECK(caller->person == mara);
    CHECK(caller->device == 7);
    CHECK(caller->may(people::Right::gate, CentreId{3}));
    CHECK(caller->may(people::Right::see_audit, CentreId{3})); // an auditor's role holds there too
    CHECK_FALSE(caller->may(people::Right::manage_people, CentreId{3}));
    CHECK_FALSE(caller->works_for(CentreId{4}));
    CHECK_FALSE(caller->may_in_network(people::Right::read));
    CHECK(at(3, people::PersonId{99}).error().code == "people.not_at_this_centre");
    write([&](Transaction& tx) {
        std::ignore = people::take_role(tx, mara, {std::nullopt, people::Role::auditor});
        return 0;
    });
    CHECK(at(5, mara).error().code == "people.not_at_this_centre");
    write([&](Transaction& tx) {
        people::block(tx, mara, house.now);
        return 0;
    });
    CHECK(at(3, mara).error().code == "people.not_at_this_centre");
}

TEST_CASE("reading needs the right to read, at that centre") {
    people::Caller caller;
    caller.grants.push_back({CentreId{3}, people::Role::integration, {}, {}});
    CHECK_FALSE(people::may_read_at(caller, CentreId{3}));
    caller.grants[0].rights.set(static_cast<std::size_t>(people::Right::read));
    CHECK(people::may_read_at(caller, CentreId{3}));
    CHECK_FALSE(people::may_read_at(caller, CentreId{4}));
    caller.grants[0].centre.reset();
    CHECK(people::may_read_at(caller, CentreId{4}));
}

TEST_CASE("a refusal says how to knock, or that knocking does not help") {
    const http::Request request;
    const auto needed = people::refused(request, {"people.token_needed", {}, {}}, 400);
    CHECK(needed.status == 401);
    CHECK(header_of(needed, "WWW-Authenticate") == R"(Bearer realm="kringwerk")");
    const auto unknown = people::refused(request, {"people.token_unknown", {}, {}}, 400);
    CHECK(unknown.status == 401);
    CHECK(header_of(unknown, "WWW-Authenticate").ends_with(R"(error="invalid_token")"));
    CHECK(people::refused(request, {"people.not_allowed", {}, {}}, 400).status == 403);
    CHECK(people::refused(request, {"ledger.id_reused", {}, {}}, 409).status == 409);
}
