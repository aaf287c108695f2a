// SPDX-License-Identifier: EUPL-1.2
#include "platform/cli/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>
#include <tuple>

namespace kringwerk::cli {
namespace {

constexpr std::size_t most_waiting = 8192;
constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

std::string_view word_of(LogLevel level) {
    switch (level) {
    case LogLevel::debug:
        return "debug";
    case LogLevel::info:
        return "info";
    case LogLevel::warning:
        return "warning";
    case LogLevel::error:
        return "error";
    }
    return "error";
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// The length of the UTF-8 sequence that `text` begins with, 0 when it begins with none. Overlong
/// forms, surrogates and what lies above U+10FFFF are none.
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const auto first = at(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t index = 1; index < length; ++index) {
        if (!is_continuation(text[index])) return 0;
    }
    const auto second = at(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second > 0x9F;
    const bool too_high = first == 0xF4 && second > 0x8F;
    return overlong || surrogate || too_high ? 0 : length;
}

void append_escaped(std::string& line, char letter) {
    switch (letter) {
    case '"':
        line += "\\\"";
        return;
    case '\\':
        line += "\\\\";
        return;
    case '\n':
        line += "\\n";
        return;
    case '\r':
        line += "\\r";
        return;
    case '\t':
        line += "\\t";
        return;
    default:
        break;
    }
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x20 || byte == 0x7F) {
        line += fmt::format("\\u{:04x}", byte);
    } else {
        line += letter;
    }
}

void append_string(std::string& line, std::string_view text) {
    line += '"';
    while (!text.empty()) {
        const auto length = sequence_length(text);
        if (length == 0) line += replacement_character;
        if (length == 1) append_escaped(line, text.front());
        if (length > 1) line += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    line += '"';
}

void append_value(std::string& line, const LogValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) append_string(line, *text);
    if (const auto* number = std::get_if<std::int64_t>(&value)) line += std::to_string(*number);
    if (const auto* truth = std::get_if<bool>(&value)) line += *truth ? "true" : "false";
}

void write_to_standard_error(std::string_view line) {
    std::string whole(line);
    whole += '\n';
    // Nobody can be told that the log itself cannot be written.
    std::ignore = std::fwrite(whole.data(), 1, whole.size(), stderr);
}

} // namespace

std::optional<LogLevel> parse_log_level(std::string_view word) {
    for (const auto level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
        if (word_of(level) == word) return level;
    }
    return std::nullopt;
}

std::string log_line(Instant moment, LogLevel level, std::string_view message,
                     const LogFields& fields) {
    std::string line = "{\"time\":\"" + format_instant(moment) + "\",\"level\":\"";
    line += word_of(level);
    line += "\",\"message\":";
    append_string(line, message);
    for (const auto& [name, value] : fields) {
        line += ',';
        append_string(line, name);
        line += ':';
        append_value(line, value);
    }
    line += '}';
    return line;
}

struct Log::Inside {
    LogLevel least;
    Sink sink;
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> waiting;
    std::size_t left_out = 0;
    bool writing = false;
    bool closing = false;
    std::thread writer;

    Inside(LogLevel from, Sink to) : least(from), sink(std::move(to)) {
        writer = std::thread([this] { run(); });
    }

    void add(std::string line) {
        const std::scoped_lock lock(mutex);
        if (waiting.size() >= most_waiting) {
            ++left_out;
            return;
        }
        waiting.push_back(std::move(line));
        changed.notify_all();
    }

    void run() {
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [this] { return closing || !waiting.empty(); });
            if (waiting.empty()) return;
            const auto lines = std::exchange(waiting, {});
            const auto missing = std::exchange(left_out, 0);
            writing = true;
            lock.unlock();
            for (const auto& line : lines) sink(line);
            if (missing > 0) {
                sink(log_line(now(), LogLevel::warning, "lines of the log were left out",
                              {{"lines", static_cast<std::int64_t>(missing)}}));
            }
            lock.lock();
            writing = false;
            changed.notify_all();
        }
    }
};

Log::Log(LogLevel least) : Log(least, write_to_standard_error) {}

Log::Log(LogLevel least, Sink sink) : inside_(std::make_unique<Inside>(least, std::move(sink))) {}

Log::~Log() {
    {
        const std::scoped_lock lock(inside_->mutex);
        inside_->closing = true;
        inside_->changed.notify_all();
    }
    inside_->writer.join();
}

void Log::write(LogLevel level, std::string_view message, const LogFields& fields) const {
    if (level < inside_->least) return;
    inside_->add(log_line(now(), level, message, fields));
}

void Log::request(const RequestRecord& record) const {
    const auto level = record.status >= 500 ? LogLevel::error : LogLevel::info;
    write(level, "request",
          {{"number", std::string(record.number)},
           {"method", std::string(record.method)},
           {"pattern", std::string(record.pattern)},
           {"status", std::int64_t{record.status}},
           {"took_us", static_cast<std::int64_t>(record.took.count())},
           {"bytes", static_cast<std::int64_t>(record.bytes)}});
}

void Log::flush() const {
    std::unique_lock lock(inside_->mutex);
    inside_->changed.wait(lock, [this] { return inside_->waiting.empty() && !inside_->writing; });
}

} // namespace kringwerk::cli
