// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/static_files.hpp"

#include "platform/http/testing.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace kringwerk;
using namespace kringwerk::http;
using namespace kringwerk::http::testing;

namespace {

constexpr std::array<EmbeddedFile, 7> files{{
    {"web/dist/app-3f2a9c1b.js", "let a = 1;"},
    {"web/dist/app-3f2a9c1b.js.br", "br-bytes"},
    {"web/dist/app-3f2a9c1b.js.gz", "gz-bytes"},
    {"web/dist/font.woff2", "woff"},
    {"web/dist/index.html", "<h1>balie</h1>"},
    {"web/dist/manifest.webmanifest", "{}"},
    {"web/dist/teken/index.html", "<h1>teken</h1>"},
}};

} // namespace

TEST_CASE("files get their type, tag and the spelling that the client takes") {
    Server server(quick(), static_routes(files, "web/dist/", "/app"));
    const auto ask = [&](std::string target, std::string accepted, std::string tag = "") {
        ClientRequest request{"GET", std::move(target), {{"Accept-Encoding", std::move(accepted)}}};
        if (!tag.empty()) request.headers.emplace_back("If-None-Match", tag);
        return send(at(server), request);
    };
    const auto plain_one = ask("/app/app-3f2a9c1b.js", "");
    CHECK(plain_one.body == "let a = 1;");
    CHECK(plain_one.header("content-type") == "text/javascript; charset=utf-8");
    CHECK(plain_one.header("cache-control") == "public, max-age=31536000, immutable");
    CHECK(plain_one.header("vary") == "Accept-Encoding");
    const auto zipped = ask("/app/app-3f2a9c1b.js", "gzip");
    CHECK(zipped.body == "gz-bytes");
    CHECK(zipped.header("content-encoding") == "gzip");
    const auto brotli = ask("/app/app-3f2a9c1b.js", "gzip, br");
    CHECK(brotli.body == "br-bytes");
    CHECK(brotli.header("etag") != plain_one.header("etag"));
    const auto held = ask("/app/app-3f2a9c1b.js", "br", std::string(brotli.header("etag")));
    CHECK(held.status == 304);
    CHECK(held.body.empty());

    CHECK(ask("/app/app-3f2a9c1b.js.br", "").status == 404);
    CHECK(ask("/app/", "").body == "<h1>balie</h1>");
    CHECK(ask("/app/teken/", "").body == "<h1>teken</h1>");
    CHECK(ask("/app/index.html", "").header("cache-control") == "no-cache");
    CHECK(ask("/app/font.woff2", "").header("content-type") == "font/woff2");
    CHECK(ask("/app/manifest.webmanifest", "").header("content-type") ==
          "application/manifest+json");
    CHECK(ask("/app/%2e%2e/geheim", "").status == 400);
}

TEST_CASE("the files inside the program are served") {
    Server server(quick(), static_files("web/texts/", "/teksten"));
    const auto texts = send(at(server), {"GET", "/teksten/nl.json"});
    CHECK(texts.status == 200);
    CHECK(texts.header("content-type") == "application/json");
    CHECK(texts.body == embedded_or_bug("web/texts/nl.json"));
}

TEST_CASE("a name carries a hash when its last part looks like one") {
    CHECK(is_named_by_hash("assets/app-3f2a9c1b.js"));
    CHECK(is_named_by_hash("index-DiwrgTda3.css"));
    CHECK(is_named_by_hash("app.3f2a9c1b.js"));
    CHECK_FALSE(is_named_by_hash("app.js"));
    CHECK_FALSE(is_named_by_hash("service-worker.js"));
    CHECK_FALSE(is_named_by_hash("icon-192.png"));
    CHECK_FALSE(is_named_by_hash("3f2a9c1b"));
}
