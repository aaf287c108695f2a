// SPDX-License-Identifier: EUPL-1.2
#include "requests.hpp"

#include "base/id.hpp"

#include <fmt/format.h>

#include <array>

namespace kringwerk::bench {
namespace {

constexpr std::array streams{"furniture", "electrical", "textile", "books", "toys"};

std::string id_of(std::int64_t number) {
    std::array<std::uint8_t, 10> random{};
    for (std::size_t i = 0; i < 8; ++i) {
        random[9 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    constexpr std::int64_t first_ms = 1'768'473'360'000;
    return format_uuid(make_uuid7({first_ms + number}, random));
}

std::string goods(std::string_view from, std::string_view to, std::string_view stream,
                  std::string_view rest) {
    return fmt::format(R"({{"book":"goods","from":"{}","to":"{}","key":"{}",{}}})", from, to,
                       stream, rest);
}

std::string money(std::string_view from, std::int64_t cents) {
    return fmt::format(R"({{"book":"money","from":"{}","from_key":"normal-21","to":"cash",)"
                       R"("cents":{}}})",
                       from, cents);
}

std::string movement(std::int64_t number, std::string_view kind, std::string_view transfers) {
    return fmt::format(R"({{"id":"{}","kind":"{}","happened_at":"2026-01-15T11:36:00+01:00",)"
                       R"("transfers":[{}]}})",
                       id_of(number), kind, transfers);
}

std::string_view stream_of(std::int64_t number) {
    return streams[static_cast<std::size_t>(number / 2) % streams.size()];
}

/// A car with one kind of goods, every other time with two.
std::string weighing(std::int64_t number) {
    const auto line = [&](std::int64_t step) {
        return goods("donated", "sorting", stream_of(number + step),
                     fmt::format(R"("grams":{},"basis":"measured")", 2'000 + number % 997));
    };
    return movement(number, "weigh-in", number % 4 == 0 ? line(0) : line(0) + "," + line(2));
}

/// Two things on one receipt, with their VAT.
std::string sale(std::int64_t number) {
    const auto line = [&](std::int64_t step) {
        return goods("shop", "sold", stream_of(number + step),
                     fmt::format(R"("grams":{},"pieces":1,"category":{},"basis":"standard")",
                                 900 + number % 499, 1 + (number + step) / 2 % 7));
    };
    return movement(number, "sell",
                    line(0) + "," + line(2) + "," + money("turnover", 413 + number % 89) + "," +
                        money("vat", 87 + number % 19));
}

std::string request_of(int centre, std::string_view token, std::string_view body) {
    return fmt::format("POST /api/v1/centres/{}/movements HTTP/1.1\r\nHost: localhost\r\n"
                       "Authorization: Bearer {}\r\nContent-Type: application/json\r\n"
                       "Content-Length: {}\r\n\r\n{}",
                       centre, token, body.size(), body);
}

} // namespace

std::vector<std::string> make_requests(const Wanted& wanted, std::string_view token) {
    std::vector<std::string> requests;
    std::int64_t number = 0;
    for (int i = 0; i < wanted.movements / wanted.in_one; ++i) {
        std::string body;
        for (int j = 0; j < wanted.in_one; ++j) {
            if (j > 0) body += ',';
            body += number % 2 == 0 ? weighing(number) : sale(number);
            ++number;
        }
        if (wanted.in_one > 1) body = "[" + body + "]";
        requests.push_back(request_of(1 + i % wanted.centres, token, body));
    }
    return requests;
}

} // namespace kringwerk::bench
