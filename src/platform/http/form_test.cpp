// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/http.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace kringwerk;
using namespace kringwerk::http;

namespace {

Request sent(std::string content_type, std::string body) {
    Request request;
    request.headers = {{"content-type", std::move(content_type)}};
    request.body = std::move(body);
    return request;
}

const std::string upload =
    "--grens\r\n"
    "Content-Disposition: form-data; name=\"centrum\"\r\n\r\n"
    "Dorp\r\n"
    "--grens\r\n"
    "Content-Disposition: form-data; name=\"bestand\"; filename=\"ords.csv\"\r\n"
    "Content-Type: text/csv\r\n\r\n"
    "id,naam\r\n--grenzeloos\r\n\r\n"
    "--grens--\r\n";

} // namespace

TEST_CASE("an urlencoded form keeps fields that repeat") {
    const auto form =
        sent("application/x-www-form-urlencoded; charset=utf-8", "a=1&a=2&b=x%20y").form();
    REQUIRE(form);
    CHECK(form->parts.size() == 3);
    CHECK(form->value("a") == "1");
    CHECK(form->value_or_empty("b") == "x y");
    CHECK_FALSE(form->value("c"));
    CHECK(form->value_or_empty("c") == "");
}

TEST_CASE("a file arrives byte by byte as it was, also with a line that looks like the border") {
    const auto form = sent("multipart/form-data; boundary=grens", upload).form();
    REQUIRE(form);
    REQUIRE(form->parts.size() == 2);
    CHECK(form->value("centrum") == "Dorp");
    CHECK(form->parts[1].file_name == "ords.csv");
    CHECK(form->parts[1].content_type == "text/csv");
    CHECK(form->parts[1].content == "id,naam\r\n--grenzeloos\r\n");
}

TEST_CASE("what is no form is refused") {
    CHECK(sent("application/json", "{}").form().error().code == "http.not_a_form");
    CHECK(sent("", "a=1").form().error().code == "http.not_a_form");
    CHECK_FALSE(sent("application/x-www-form-urlencoded", "a=%").form());
    CHECK_FALSE(sent("application/x-www-form-urlencoded", "a=%FF").form());
    CHECK_FALSE(sent("multipart/form-data", upload).form());
    CHECK_FALSE(sent("multipart/form-data; boundary=anders", upload).form());
    CHECK_FALSE(sent("multipart/form-data; boundary=grens", upload.substr(0, 120)).form());
}

TEST_CASE("a cut or mutated upload is refused or read, never more") {
    std::mt19937 random(20270312);
    for (int turn = 0; turn < 20'000; ++turn) {
        auto body = upload.substr(0, random() % (upload.size() + 1));
        for (auto i = random() % 4; i > 0 && !body.empty(); --i) {
            body[random() % body.size()] = static_cast<char>(random());
        }
        const auto form = sent("multipart/form-data; boundary=grens", body).form();
        if (form) CHECK(form->parts.size() <= 3);
    }
}

TEST_CASE("a form of very many fields is refused before it costs anything") {
    std::string body;
    for (int i = 0; i < 1001; ++i) body += "a=1&";
    CHECK_FALSE(sent("application/x-www-form-urlencoded", body).form());
}
