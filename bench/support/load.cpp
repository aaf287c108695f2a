// SPDX-License-Identifier: EUPL-1.2
#include "support/load.hpp"

#include "base/ensure.hpp"
#include "platform/http/wire.hpp"

#include <poll.h>

#include <charconv>
#include <string_view>
#include <vector>

namespace kringwerk::bench {
namespace {

constexpr std::string_view length_name = "Content-Length: ";

/// The size of the answer in front of `bytes`, or 0 while it is not whole.
std::size_t whole_answer(std::string_view bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == bytes.npos) return 0;
    if (!bytes.starts_with("HTTP/1.1 20")) {
        throw Breakdown("an answer other than 200 or 201: " + std::string(bytes));
    }
    const auto named = bytes.find(length_name);
    ensure(named < end, "the answer says its length");
    std::size_t length = 0;
    const auto* digits = bytes.data() + named + length_name.size();
    std::from_chars(digits, bytes.data() + end, length);
    const auto whole = end + 4 + length;
    return bytes.size() >= whole ? whole : 0;
}

struct Line {
    http::Wire wire;
    std::string heard;
};

} // namespace

std::int64_t drive(std::uint16_t port, int connections, const NextRequest& next) {
    std::vector<Line> lines;
    std::vector<pollfd> watched;
    int busy = 0;
    const auto send_next = [&](Line& line) {
        const auto* const request = next();
        if (request == nullptr) return;
        line.wire.write(*request);
        ++busy;
    };
    for (int i = 0; i < connections; ++i) {
        lines.push_back({http::Wire({.port = port}, std::chrono::seconds(30)), ""});
        watched.push_back({lines.back().wire.descriptor(), POLLIN, 0});
    }
    for (auto& line : lines) send_next(line);
    std::int64_t answers = 0;
    while (busy > 0) {
        if (poll(watched.data(), watched.size(), 1000) <= 0) continue;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (watched[i].revents == 0) continue;
            auto& line = lines[i];
            line.heard += line.wire.read();
            const auto whole = whole_answer(line.heard);
            if (whole == 0) continue;
            line.heard.erase(0, whole);
            ++answers;
            --busy;
            send_next(line);
        }
    }
    return answers;
}

} // namespace kringwerk::bench
