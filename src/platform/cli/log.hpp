// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The log: one JSON object a line, made for a machine that searches and a person who greps.
namespace kringwerk::cli {

enum class LogLevel { debug, info, warning, error };

/// "debug", "info", "warning" or "error", as the setting log_level says it.
std::optional<LogLevel> parse_log_level(std::string_view word);

using LogValue = std::variant<std::string, std::int64_t, bool>;
using LogFields = std::vector<std::pair<std::string, LogValue>>;

/// {"time":"2027-03-12T10:36:00.250Z","level":"info","message":"...", then the fields in order}.
/// Bytes that are no UTF-8 become the replacement character, so that a line is always readable.
std::string log_line(Instant moment, LogLevel level, std::string_view message,
                     const LogFields& fields);

/// What the log keeps of one request. Nothing of a person: no address, no query, no cookie.
struct RequestRecord {
    std::string_view number;  ///< the one that an error page quotes
    std::string_view method;  ///< "GET"
    std::string_view pattern; ///< of the route, "/centra/{centre}"; the path may name a person
    int status = 200;
    std::chrono::microseconds took{0};
    std::size_t bytes = 0;
};

/// Writes lines of `least` level or above, from any thread, in the order in which they came. A
/// thread of its own does the writing: a slow terminal or journal never holds up a request. While
/// it is more than 8,192 lines behind, new lines are left out, and a line says how many.
class Log {
  public:
    using Sink = std::function<void(std::string_view line)>;

    /// To standard error.
    explicit Log(LogLevel least);
    /// To `sink`, which gets one line at a time without its line end.
    Log(LogLevel least, Sink sink);
    ~Log(); ///< writes what waits
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void write(LogLevel level, std::string_view message, const LogFields& fields = {}) const;
    /// At level info; from status 500 error.
    void request(const RequestRecord& record) const;
    /// Returns when all lines so far have been written.
    void flush() const;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace kringwerk::cli
