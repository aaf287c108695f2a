// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A small client that waits for its answer, for the command line and for tests.
namespace kringwerk::http {

/// Where a server listens: a unix socket, or else a TCP port.
struct Endpoint {
    std::string unix_socket = {};
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
};

struct ClientRequest {
    std::string method = "GET";
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    std::filesystem::path body_file = {}; ///< sent instead of `body`, piece by piece
};

struct ClientResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    /// Empty when absent.
    std::string_view header(std::string_view lower_case_name) const;
};

/// One connection, which stays open from request to request.
class Client {
  public:
    /// `patience`: the longest wait for the server to take or give something. Throws `Breakdown`
    /// when nobody listens.
    explicit Client(const Endpoint& endpoint,
                    std::chrono::milliseconds patience = std::chrono::seconds(30));
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    /// Sends and waits. Throws `Breakdown` when the connection ends early, answers no HTTP or stays
    /// silent too long. An answer that comes before the whole body was sent counts as the answer.
    ClientResponse send(const ClientRequest& request);
    /// The same; each piece of the body goes to `receive` as it comes, and `body` stays empty.
    /// Returns early when `receive` says false; the connection is of no use after that.
    ClientResponse send(const ClientRequest& request,
                        const std::function<bool(std::string_view)>& receive);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// One request over a connection of its own.
ClientResponse send(const Endpoint& endpoint, const ClientRequest& request);
/// True when somebody accepts connections there.
bool is_listening(const Endpoint& endpoint);

} // namespace kringwerk::http
