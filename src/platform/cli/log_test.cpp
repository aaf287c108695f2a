// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/log.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace kringwerk;
using namespace kringwerk::cli;

namespace {

const Instant morning = *parse_instant("2027-03-12T10:36:00.250Z");

boost::json::object read_back(const std::string& line) {
    return boost::json::parse(line).as_object();
}

} // namespace

TEST_CASE("a line is one JSON object with time, level, message and its fields in order") {
    CHECK(log_line(morning, LogLevel::warning, "disk \"a\" is\nfull",
                   {{"free", std::int64_t{12}}, {"path", std::string("/tmp")}, {"again", true}}) ==
          R"({"time":"2027-03-12T10:36:00.250Z","level":"warning","message":"disk \"a\" is\nfull",)"
          R"("free":12,"path":"/tmp","again":true})");
}

TEST_CASE("bytes that are no text do not spoil the line") {
    const auto said = [](std::string_view message) {
        return std::string(
            read_back(log_line(morning, LogLevel::info, message, {})).at("message").as_string());
    };
    const std::string mark = "\xEF\xBF\xBD";
    CHECK(said("caf\xE9!") == "caf" + mark + "!");
    CHECK(said("\xC0\xAF") == mark + mark);            // overlong slash
    CHECK(said("\xED\xA0\x80") == mark + mark + mark); // half of a surrogate pair
    CHECK(said("\xF4\x90\x80\x80") == mark + mark + mark + mark);
    CHECK(said("\xE2\x82") == mark + mark); // cut off
    CHECK(said("€ 𝄞 é") == "€ 𝄞 é");
}

TEST_CASE("whatever is logged stays on one line and reads back as JSON") {
    CHECK(rc::check([](const std::string& message, const std::string& name) {
        const auto line = log_line(morning, LogLevel::info, message, {{name + "x", message}});
        RC_ASSERT(line.find('\n') == std::string::npos);
        RC_ASSERT(read_back(line).size() == 4U);
    }));
}

TEST_CASE("lines below the least level are not written, the others in order") {
    std::vector<std::string> lines;
    {
        const Log log(LogLevel::warning, [&](std::string_view line) { lines.emplace_back(line); });
        log.write(LogLevel::info, "quiet");
        log.write(LogLevel::warning, "first");
        log.write(LogLevel::error, "second");
    }
    REQUIRE(lines.size() == 2);
    CHECK(read_back(lines[0]).at("message").as_string() == "first");
    CHECK(read_back(lines[1]).at("message").as_string() == "second");
}

TEST_CASE("a request is one line with its number; what broke is an error") {
    std::vector<std::string> lines;
    const Log log(LogLevel::info, [&](std::string_view line) { lines.emplace_back(line); });
    log.request({"k3f9", "GET", "/centra/{centre}", 200, std::chrono::microseconds(740), 5120});
    log.request({"k3fa", "POST", "/api/v1/x", 503, std::chrono::microseconds(9), 80});
    log.flush();
    REQUIRE(lines.size() == 2);
    const auto good = read_back(lines[0]);
    CHECK(good.at("level").as_string() == "info");
    CHECK(good.at("number").as_string() == "k3f9");
    CHECK(good.at("took_us").as_int64() == 740);
    CHECK(read_back(lines[1]).at("level").as_string() == "error");
}

TEST_CASE("a stuck terminal holds nobody up, and afterwards a line says what is missing") {
    std::mutex mutex;
    std::condition_variable changed;
    bool stuck = true;
    std::vector<std::string> lines;
    const Log log(LogLevel::info, [&](std::string_view line) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !stuck; });
        lines.emplace_back(line);
    });
    for (int number = 0; number < 20'000; ++number) log.write(LogLevel::info, "again");
    {
        const std::scoped_lock lock(mutex);
        stuck = false;
        changed.notify_all();
    }
    log.flush();
    REQUIRE(lines.size() > 1);
    std::int64_t missing = 0;
    std::int64_t written = 0;
    for (const auto& line : lines) {
        const auto read = read_back(line);
        const auto* left_out = read.if_contains("lines");
        missing += left_out != nullptr ? left_out->as_int64() : 0;
        written += left_out != nullptr ? 0 : 1;
    }
    CHECK(missing > 3'000); // at most one batch was being written and one waited
    CHECK(missing + written == 20'000);
}

TEST_CASE("many threads write at once and no line is torn") {
    std::size_t count = 0;
    {
        const Log log(LogLevel::info, [&](std::string_view line) {
            count += read_back(std::string(line)).at("thread").as_int64() >= 0 ? 1U : 0U;
        });
        std::vector<std::thread> threads;
        for (std::int64_t thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&log, thread] {
                for (int line = 0; line < 500; ++line)
                    log.write(LogLevel::info, "x", {{"thread", thread}});
            });
        }
        for (auto& thread : threads) thread.join();
    }
    CHECK(count == 2000);
}

TEST_CASE("levels are called as the setting calls them") {
    CHECK(parse_log_level("debug") == LogLevel::debug);
    CHECK(parse_log_level("error") == LogLevel::error);
    CHECK_FALSE(parse_log_level("loud"));
}
