// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/http.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace kringwerk::http {

/// The longest head (request line and headers) that is read.
constexpr std::size_t head_limit = 8 * 1024;

/// Reads requests from bytes, without a socket: the parser is Beast's, the strictness ours.
/// First the head is read, then `allow_body` says how much may follow, then the rest is read.
class RequestReader {
  public:
    RequestReader();
    ~RequestReader();

    /// Begins the next request, which goes to `into`; that must outlive the reading.
    void start(Request& into);
    /// Takes what it can use off `bytes`, up to the end of the head or of the request, and says how
    /// many that were. None: it needs more than there is.
    std::size_t feed(std::string_view bytes);

    bool head_complete() const;
    bool complete() const;
    /// Why reading ended, or nothing. Its status: 400, 413, 415, 417, 431 or 501.
    struct Failure {
        int status = 400;
        std::string_view code; ///< of the refusal
    };
    const std::optional<Failure>& failure() const;

    /// After the head: what the sender says will follow, unless it comes in chunks.
    std::optional<std::uint64_t> content_length() const;
    /// True when the sender waits for "100 Continue" before it sends its body.
    bool waits_for_continue() const;
    /// False when the connection ends after the answer, because the sender said so or is too old.
    bool keeps_alive() const;
    /// True for HTTP/1.0, which knows no chunks.
    bool is_old() const;
    /// Lets a body of that size follow; more is a failure with 413.
    void allow_body(std::size_t bytes);

  private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

} // namespace kringwerk::http
