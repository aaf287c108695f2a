// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/http/client.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace kringwerk::http {

/// Bytes to and from a server, waiting at most `patience` for each step. The client stands on it;
/// tests use it to say what no client would.
class Wire {
  public:
    /// Throws `Breakdown` when nobody listens.
    Wire(const Endpoint& endpoint, std::chrono::milliseconds patience);
    ~Wire();
    Wire(Wire&& other) noexcept;
    Wire& operator=(Wire&& other) noexcept;

    /// False when the other side is gone. Throws `Breakdown` when it takes nothing.
    bool write(std::string_view bytes);
    /// What there is, at least one byte; empty at the end or when the connection was cut. Throws
    /// `Breakdown` when nothing comes.
    std::string read();
    /// All until the end.
    std::string read_all();
    /// Tells the other side that nothing follows.
    void end_writing();
    int descriptor() const { return socket_; }

  private:
    int socket_ = -1;
};

} // namespace kringwerk::http
