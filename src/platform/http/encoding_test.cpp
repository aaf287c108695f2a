// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/encoding.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kringwerk::http;

TEST_CASE("whatever is escaped reads back as it was") {
    CHECK(rc::check([](const std::string& text) {
        RC_ASSERT(percent_decoded(percent_encoded(text), Plus::stays) == text);
    }));
}

TEST_CASE("a broken escape is nothing, never a guess") {
    CHECK_FALSE(percent_decoded("100%", Plus::stays));
    CHECK_FALSE(percent_decoded("%4", Plus::stays));
    CHECK_FALSE(percent_decoded("%zz", Plus::stays));
    CHECK(percent_decoded("a+b%2B", Plus::is_space) == "a b+");
    CHECK(percent_decoded("a+b", Plus::stays) == "a+b");
}

TEST_CASE("clean text is well-formed UTF-8 without a NUL") {
    CHECK(is_clean_text("één stoel, €5, \U0001F6B2"));
    CHECK_FALSE(is_clean_text("\xC3"));             // cut off
    CHECK_FALSE(is_clean_text("\xC0\xAF"));         // a slash in disguise
    CHECK_FALSE(is_clean_text("\xE0\x80\xAF"));     // the same, longer
    CHECK_FALSE(is_clean_text("\xED\xA0\x80"));     // half a pair of UTF-16
    CHECK_FALSE(is_clean_text("\xF4\x90\x80\x80")); // beyond Unicode
    CHECK_FALSE(is_clean_text(std::string_view("a\0b", 3)));
}

TEST_CASE("a query keeps its order, repeats and empty values") {
    const auto pairs = parse_pairs("stroom=hout&stroom=metaal&&leeg=&vlag&q=rode%20stoel+2");
    REQUIRE(pairs);
    CHECK(*pairs == Pairs{{"stroom", "hout"},
                          {"stroom", "metaal"},
                          {"leeg", ""},
                          {"vlag", ""},
                          {"q", "rode stoel 2"}});
    CHECK_FALSE(parse_pairs("a=%C0%AF"));
    CHECK_FALSE(parse_pairs("a=%00"));
    CHECK(parse_pairs("")->empty());
}

TEST_CASE("a path that tries doors is nothing") {
    CHECK(parse_path("/zoek%20hier/") == "/zoek hier/");
    for (const auto* path : {"", "zoek", "/a/../b", "/a/%2e%2e/b", "/a%2f..%2fb", "/./a", "/a%00b",
                             "/a%0Ab", "/%C0%AE"}) {
        CAPTURE(path);
        CHECK_FALSE(parse_path(path));
    }
    CHECK(parse_path("/a..b/...") == "/a..b/...");
}

TEST_CASE("a cookie is found by its whole name") {
    CHECK(cookie_value("ataal=x; taal=en", "taal") == "en");
    CHECK(cookie_value("taal=\"en\"", "taal") == "en");
    CHECK(cookie_value("sessie=a=b==; x=1", "sessie") == "a=b==");
    CHECK_FALSE(cookie_value("taal2=en", "taal"));
    CHECK_FALSE(cookie_value("", "taal"));
}

TEST_CASE("a parameter of a header is read with and without quotes") {
    CHECK(header_parameter("form-data; name=\"een; twee\"; filename=\"a \\\"b\\\" c:\\d.txt\"",
                           "filename") == "a \"b\" c:\\d.txt");
    CHECK(header_parameter("form-data; name=\"een; twee\"", "name") == "een; twee");
    CHECK(header_parameter("multipart/form-data; Boundary=abc", "boundary") == "abc");
    CHECK_FALSE(header_parameter("multipart/form-data", "boundary"));
    CHECK_FALSE(header_parameter("form-data; filename=\"name=x\"", "name"));
}

TEST_CASE("a list with qualities says what it thinks of one entry") {
    CHECK(quality_of("gzip;q=0.5, br", "gzip") == 500);
    CHECK(quality_of("gzip;q=0.5, br", "BR") == 1000);
    CHECK(quality_of("gzip;q=0", "gzip") == 0);
    CHECK(quality_of("*;q=0.1, gzip;q=0.25", "br") == 100);
    CHECK(quality_of("*;q=0.1, gzip;q=0.25", "gzip") == 250);
    CHECK_FALSE(quality_of("identity", "br"));
    CHECK_FALSE(quality_of("", "br"));
}
