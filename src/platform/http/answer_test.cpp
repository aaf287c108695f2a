// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/answer.hpp"

#include "base/ensure.hpp"
#include "platform/http/compress.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <zlib.h>

using namespace kringwerk;
using namespace kringwerk::http;

namespace {

Request asking(std::vector<std::pair<std::string, std::string>> headers) {
    Request request;
    request.headers = std::move(headers);
    return request;
}

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return "";
}

std::string unzipped(const std::string& bytes) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    auto in = bytes;
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

} // namespace

TEST_CASE("text over a kilobyte is compressed for who takes it") {
    const std::string page(5000, 'x');
    auto zipped = html(page).with("ETag", "\"a\"");
    finish(asking({{"accept-encoding", "gzip"}}), zipped);
    CHECK(unzipped(zipped.body) == page);
    CHECK(header_of(zipped, "Content-Encoding") == "gzip");
    CHECK(header_of(zipped, "Vary") == "Accept-Encoding");
    CHECK(header_of(zipped, "ETag") == "W/\"a\"");

    auto brotli = json_text(page);
    finish(asking({{"accept-encoding", "gzip, br"}}), brotli);
    CHECK(header_of(brotli, "Content-Encoding") == "br");
    CHECK(brotli.body.size() < 100);

    auto plain_page = html(page).with("Vary", "Cookie");
    finish(asking({}), plain_page);
    CHECK(plain_page.body == page);
    CHECK(header_of(plain_page, "Content-Encoding") == "");
    CHECK(header_of(plain_page, "Vary") == "Cookie, Accept-Encoding");

    auto small = html(std::string(1000, 'x'));
    finish(asking({{"accept-encoding", "br"}}), small);
    CHECK(header_of(small, "Vary") == "");
    auto picture = html(page);
    picture.content_type = "image/png";
    finish(asking({{"accept-encoding", "br"}}), picture);
    CHECK(picture.body == page);
}

TEST_CASE("who has it already gets 304 without a body") {
    for (const auto* held : {"\"a\"", "W/\"a\"", "\"x\", \"a\"", "*"}) {
        CAPTURE(held);
        auto response = json_text("{}").with("ETag", "\"a\"");
        finish(asking({{"if-none-match", held}}), response);
        CHECK(response.status == 304);
        CHECK(response.body.empty());
        const auto head = head_of(asking({}), response, Framing::length, true);
        CHECK(head.find("Content-") == head.find("Content-Security-Policy"));
    }
    auto other = json_text("{}").with("ETag", "\"b\"");
    finish(asking({{"if-none-match", "\"a\""}}), other);
    CHECK(other.status == 200);
    auto changing = asking({{"if-none-match", "\"a\""}});
    changing.method = Method::put;
    auto written = json_text("{}").with("ETag", "\"a\"");
    finish(changing, written);
    CHECK(written.status == 200);
}

TEST_CASE("a handler's own header wins over the one that every answer has") {
    const auto response = html("x").with("cache-control", "max-age=60");
    auto request = asking({});
    request.secure = true;
    const auto head = head_of(request, response, Framing::length, false);
    CHECK(head.find("no-store") == head.npos);
    CHECK(head.find("max-age=60\r\n") != head.npos);
    CHECK(head.find("Strict-Transport-Security: max-age=31536000\r\n") != head.npos);
    CHECK(head.find("Connection: close\r\n") != head.npos);
    CHECK(http_date(Instant{784'111'777'000}) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST_CASE("nobody adds headers through a value") {
    Response response;
    CHECK_THROWS_AS(response.with("Location", "/a\r\nSet-Cookie: x=1"), Bug);
    CHECK_THROWS_AS(std::ignore = see_other("/a\nb"), Bug);
    CHECK_THROWS_AS(set_cookie(response, asking({}), "a", "b; Domain=x", std::chrono::hours(1)),
                    Bug);
    response.with("X", "1").with("x", "2").with("Set-Cookie", "a").with("Set-Cookie", "b");
    CHECK(response.headers.size() == 3);
}

TEST_CASE("a cookie is safe by itself, and secure when the request was") {
    Response response;
    auto request = asking({});
    set_cookie(response, request, "sessie", "abc", std::chrono::hours(1));
    CHECK(header_of(response, "Set-Cookie") ==
          "sessie=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
    request.secure = true;
    Response safe;
    set_cookie(safe, request, "sessie", "abc", std::chrono::hours(1));
    CHECK(header_of(safe, "Set-Cookie").ends_with("; Secure"));
}

TEST_CASE("a problem names all wrong fields at once in the language asked for") {
    Refusal refusal{"http.not_a_form", {}, {{"mass_g", "http.too_large", {}}}};
    auto request = asking({{"accept-language", "en-GB, nl;q=0.5"}});
    request.number = "abcdefgh";
    const auto response = problem(request, 422, refusal);
    CHECK(response.content_type == "application/problem+json");
    CHECK(response.status == 422);
    const auto body = boost::json::parse(response.body).as_object();
    const auto& texts = Texts::built_in();
    CHECK(body.at("title").as_string() == texts.say(Language::en, "problem.422"));
    CHECK(body.at("detail").as_string() == texts.say(Language::en, refusal));
    CHECK(body.at("code").as_string() == "http.not_a_form");
    CHECK(body.at("status").as_int64() == 422);
    CHECK(body.at("number").as_string() == "abcdefgh");
    const auto& error = body.at("errors").as_array().at(0).as_object();
    CHECK(error.at("field").as_string() == "mass_g");
    CHECK(error.at("detail").as_string() == texts.say(Language::en, "refusal.http.too_large"));
}

TEST_CASE("each problem and refusal of this folder has a text in both languages") {
    const auto& texts = Texts::built_in();
    for (const auto language : {Language::nl, Language::en}) {
        for (const auto* code : {"bad_address", "bad_request", "broken", "busy", "head_too_large",
                                 "no_host", "not_a_form", "not_here", "too_large", "too_often",
                                 "too_slow", "unknown_method", "wrong_method"}) {
            CAPTURE(code);
            CHECK(texts.has(language, "refusal.http." + std::string(code)));
        }
        for (const int status : {400, 401, 403, 404, 405, 406, 408, 409, 410, 411,
                                 412, 413, 415, 422, 428, 429, 431, 500, 501, 503}) {
            CAPTURE(status);
            CHECK(texts.has(language, "problem." + std::to_string(status)));
        }
    }
}

TEST_CASE("the language is the query's, else the cookie's, else the browser's, else Dutch") {
    auto request = asking({{"cookie", "taal=nl"}, {"accept-language", "en"}});
    CHECK(language_of(request) == Language::nl);
    request.query = {{"lang", "en"}};
    CHECK(language_of(request) == Language::en);
    CHECK(language_of(asking({{"accept-language", "de, en;q=0.8, nl;q=0.9"}})) == Language::nl);
    CHECK(language_of(asking({{"accept-language", "de, en;q=0.8"}})) == Language::en);
    CHECK(language_of(asking({{"accept-language", "de"}})) == Language::nl);
    CHECK(language_of(asking({})) == Language::nl);
}

TEST_CASE("a browser wants HTML, a program JSON") {
    CHECK(wants_html(asking({{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}})));
    CHECK_FALSE(wants_html(asking({{"accept", "application/json"}})));
    CHECK_FALSE(wants_html(asking({{"accept", "*/*"}})));
    CHECK_FALSE(wants_html(asking({{"accept", "application/json, text/html;q=0.5"}})));
    CHECK_FALSE(wants_html(asking({})));
}

TEST_CASE("an event keeps its lines together") {
    CHECK(sse_event("stand", "een\ntwee") == "event: stand\ndata: een\ndata: twee\n\n");
    CHECK(sse_event("", "") == "data: \n\n");
}

TEST_CASE(
    "a language that was asked for is kept for a year, on pages only and only when it changes") {
    auto request = asking({});
    request.query = {{"taal", "en"}};
    auto page = html("page");
    keep_language(request, page);
    CHECK(header_of(page, "Set-Cookie") ==
          "taal=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000");

    auto data = json_text("{}");
    keep_language(request, data);
    CHECK(header_of(data, "Set-Cookie").empty());

    request.headers = {{"cookie", "taal=en"}};
    auto again = html("page");
    keep_language(request, again);
    CHECK(header_of(again, "Set-Cookie").empty());

    for (const auto* other : {"de", "", "en; Domain=example.org"}) {
        auto foreign = asking({});
        foreign.query = {{"taal", other}};
        auto answer = html("page");
        keep_language(foreign, answer);
        CHECK(header_of(answer, "Set-Cookie").empty());
    }
    auto unasked = html("page");
    keep_language(asking({{"accept-language", "en"}}), unasked);
    CHECK(header_of(unasked, "Set-Cookie").empty());
}
