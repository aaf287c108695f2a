// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/router.hpp"

#include "base/ensure.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using namespace kringwerk::http;

namespace {

Route route(Method method, std::string pattern) {
    return {method, std::move(pattern), at_once([](const Request&) { return plain(""); })};
}

Router house() {
    return Router({
        route(Method::get, "/"),
        route(Method::get, "/centra/{centre}"),
        route(Method::post, "/centra/{centre}"),
        route(Method::post, "/centra/nieuw"),
        route(Method::get, "/centra/{centre}/dagen/{day}"),
        route(Method::get, "/centra/nieuw/hulp"),
        route(Method::get, "/app/"),
    });
}

std::string pattern_of(const Router& router, Method method, std::string_view path) {
    const auto match = router.find(method, path);
    return match.route ? match.route->pattern : "";
}

} // namespace

TEST_CASE("a path finds its route, what is spelled out before what is captured") {
    const auto router = house();
    CHECK(pattern_of(router, Method::get, "/") == "/");
    CHECK(pattern_of(router, Method::get, "/centra/7") == "/centra/{centre}");
    CHECK(pattern_of(router, Method::post, "/centra/nieuw") == "/centra/nieuw");
    CHECK(pattern_of(router, Method::get, "/centra/nieuw/hulp") == "/centra/nieuw/hulp");
    // The spelled-out way leads nowhere for these: the capture takes them.
    CHECK(pattern_of(router, Method::get, "/centra/nieuw") == "/centra/{centre}");
    CHECK(pattern_of(router, Method::get, "/centra/nieuw/dagen/1") ==
          "/centra/{centre}/dagen/{day}");
}

TEST_CASE("captures are decoded one by one, so that an escaped slash stays inside") {
    const auto match = house().find(Method::get, "/centra/a%2Fb/dagen/2027-03-12");
    REQUIRE(match.route);
    const std::vector<std::pair<std::string, std::string>> expected{{"centre", "a/b"},
                                                                    {"day", "2027-03-12"}};
    CHECK(match.captures == expected);
}

TEST_CASE("a slash at the end, an empty segment and a longer path are other paths") {
    const auto router = house();
    CHECK(pattern_of(router, Method::get, "/app/") == "/app/");
    for (const auto* path : {"/app", "/centra/", "/centra//dagen/1", "/centra/7/", "//", "", "x"}) {
        CAPTURE(path);
        CHECK_FALSE(router.find(Method::get, path).path_known);
    }
}

TEST_CASE("HEAD takes the route of GET, and Allow names what works") {
    const auto router = house();
    CHECK(pattern_of(router, Method::head, "/centra/7") == "/centra/{centre}");
    const auto refused = router.find(Method::remove, "/centra/nieuw");
    CHECK(refused.route == nullptr);
    CHECK(refused.path_known);
    CHECK(refused.allow == "GET, HEAD, POST, OPTIONS");
}

TEST_CASE("two routes for one path, and patterns that are none, are bugs") {
    CHECK_THROWS_AS(Router({route(Method::get, "/a/{x}"), route(Method::get, "/a/{y}")}), Bug);
    CHECK_THROWS_AS(Router({route(Method::get, "/a"), route(Method::get, "/a")}), Bug);
    CHECK_THROWS_AS(Router({route(Method::get, "a")}), Bug);
    CHECK_THROWS_AS(Router({route(Method::get, "/{}")}), Bug);
    CHECK_THROWS_AS(Router({route(Method::get, "/{x}.html")}), Bug);
    CHECK_THROWS_AS(Router({Route{Method::get, "/a", nullptr}}), Bug);
    CHECK_NOTHROW(Router({route(Method::get, "/a/{x}"), route(Method::post, "/a/{y}")}));
}
