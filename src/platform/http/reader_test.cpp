// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/reader_testing.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace kringwerk::http;
using namespace kringwerk::http::testing;

namespace {

const std::string posted = "POST /centra/7?dag=2027-03-12&q=a%20b HTTP/1.1\r\n"
                           "Host: example.nl\r\nX-Naam:  waarde \r\nContent-Length: 5\r\n\r\nhallo";

} // namespace

TEST_CASE("a request reads the same in one piece and byte by byte") {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, SIZE_MAX}) {
        CAPTURE(step);
        const auto reading = read(posted + "GET", step);
        CHECK(reading.complete);
        CHECK(reading.left == 3);
        CHECK(reading.request.method == Method::post);
        CHECK(reading.request.path == "/centra/7");
        CHECK(reading.request.query_value("q") == "a b");
        CHECK(reading.request.header("x-naam") == "waarde");
        CHECK(reading.request.body == "hallo");
    }
}

TEST_CASE("a body in chunks is put together, its trailers are dropped") {
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::size_t step : {std::size_t{1}, SIZE_MAX}) {
        const auto reading =
            read(head + "3;x=y\r\nhal\r\n2\r\nlo\r\n0\r\nX-Admin: 1\r\n\r\n", step);
        CHECK(reading.complete);
        CHECK(reading.request.body == "hallo");
        CHECK(reading.request.header("x-admin") == "");
    }
    CHECK(read(head + "fff\r\n" + std::string(0xfff, 'x')).status == 413);
    CHECK(read(head + "z\r\n").status == 400);
    CHECK(read(head + "3\r\nhalloo\r\n").status == 400);
    CHECK(read(head + "ffffffffffffffff\r\n").status == 413);
    CHECK(read(head + "1;" + std::string(10'000, 'x')).status == 400);
}

TEST_CASE("what two servers might read differently is refused") {
    const auto with = [](const std::string& headers) {
        return read("POST / HTTP/1.1\r\n" + headers + "\r\n\r\nhallo").status;
    };
    CHECK(with("Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked") == 400);
    CHECK(with("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5") == 400);
    CHECK(with("Host: a\r\nContent-Length: 5\r\nContent-Length: 6") == 400);
    CHECK(with("Host: a\r\nContent-Length: 5\r\nContent-Length: 5") == 400);
    CHECK(with("Host: a\r\nContent-Length: 5, 6") == 400);
    CHECK(with("Host: a\r\nContent-Length: 5, 5") == 400);
    CHECK(with("Host: a\r\nContent-Length:\r\n 5") == 400);
    CHECK(with("Host: a\r\nX: y\r\n\tz\r\nContent-Length: 5") == 400);
    CHECK(with("Host: a\r\nContent-Length: -5") == 400);
    CHECK(with("Host: a\r\nContent-Length: 5x") == 400);
    CHECK(with("Host: a\r\nContent-Length: 99999999999999999999") == 400);
    CHECK(with("Host: a\r\nTransfer-Encoding: gzip, chunked") == 400);
    CHECK(with("Host: a\r\nTransfer-Encoding: gzip") == 400);
    CHECK(with("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked") == 400);
    CHECK(with("Host: a\r\nContent-Length : 5") == 400);
    CHECK(with("Content-Length: 5") == 400); // no Host
    CHECK(with("Host: a\r\nHost: b\r\nContent-Length: 5") == 400);
    CHECK(with("Host: a/b\r\nContent-Length: 5") == 400);
    CHECK(with("Host: a\r\nContent-Length: 5") == 0);
}

TEST_CASE("what is packed is not unpacked, and a wish that nobody knows is not granted") {
    const auto with = [](const std::string& headers) {
        return read("POST / HTTP/1.1\r\nHost: a\r\n" + headers + "Content-Length: 5\r\n\r\nhallo")
            .status;
    };
    CHECK(with("Content-Encoding: gzip\r\n") == 415);
    CHECK(with("Content-Encoding: identity, br\r\n") == 415);
    CHECK(with("Content-Encoding: Identity\r\n") == 0);
    CHECK(with("Expect: tea\r\n") == 417);
    CHECK(with("Expect: 100-Continue\r\n") == 0);
}

TEST_CASE("an old client may leave out the host, but not send chunks") {
    CHECK(read("GET / HTTP/1.0\r\n\r\n").complete);
    CHECK(read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status == 400);
}

TEST_CASE("bad addresses, unknown methods and no HTTP at all are refused") {
    const auto asked = [](const std::string& line) {
        return read(line + "\r\nHost: a\r\n\r\n").status;
    };
    CHECK(asked("GET /a/../b HTTP/1.1") == 400);
    CHECK(asked("GET /%zz HTTP/1.1") == 400);
    CHECK(asked("GET /?a=%FF HTTP/1.1") == 400);
    CHECK(asked("GET relatief HTTP/1.1") == 400);
    CHECK(asked("GET / HTTP/2.0") == 400);
    CHECK(asked("GET  / HTTP/1.1") == 400);
    CHECK(asked("PROPFIND / HTTP/1.1") == 501);
    CHECK(asked("CONNECT example.nl:443 HTTP/1.1") == 501);
    CHECK(asked("\x16\x03\x01\x02") == 400); // TLS on a plain port
    CHECK(read("GET http://example.nl/zoek?x=1 HTTP/1.1\r\nHost: a\r\n\r\n").request.path ==
          "/zoek");
    CHECK(read("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").complete);
}

TEST_CASE("a head without end is refused at eight kilobytes, a body beyond its limit at once") {
    CHECK(read("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100'000, 'x')).status == 431);
    CHECK(read(std::string(100'000, 'G')).status != 0);
    CHECK(read("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n").status == 413);
    CHECK(read("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n").status == 0);
}

TEST_CASE("mutated, cut and doubled requests never break the reader") {
    std::mt19937 random(20270312);
    const std::string chunked = "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "5\r\nhallo\r\n0\r\n\r\n";
    const std::string alphabet = "\r\n:;, %0a\x80\xFF" + std::string(1, '\0');
    int whole = 0;
    for (int turn = 0; turn < 50'000; ++turn) {
        auto bytes = random() % 2 ? posted : chunked;
        if (random() % 4 == 0) bytes += bytes;
        for (auto i = random() % 5; i > 0; --i) {
            const auto place = random() % bytes.size();
            if (random() % 2)
                bytes[place] = static_cast<char>(random());
            else
                bytes.insert(place, 1, alphabet[random() % alphabet.size()]);
        }
        bytes.resize(random() % 8 ? bytes.size() : random() % bytes.size());
        const auto reading = read(bytes, 1 + random() % 64);
        if (reading.complete) ++whole;
        CHECK(reading.request.body.size() <= allowed);
    }
    CHECK(whole > 10'000); // else the mutations tried nothing but nonsense
}
