// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/internet_address.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Requests and responses as rooms see them. The library underneath shows nowhere.
namespace kringwerk::http {

enum class Method { get, head, post, put, patch, remove, options };

/// One uploaded file or plain field of a form.
struct Part {
    std::string name;
    std::string file_name; ///< empty for a plain field
    std::string content_type;
    std::string content;
};

/// A form as it was sent, urlencoded or multipart. Names may repeat.
struct Form {
    std::vector<Part> parts;
    /// The first field of that name, or nothing.
    std::optional<std::string_view> value(std::string_view name) const;
    /// The same, empty when absent.
    std::string_view value_or_empty(std::string_view name) const;
};

struct Request {
    Method method = Method::get;
    std::string target; ///< as sent: "/zoek?q=stoel%20rood"
    std::string path;   ///< percent-decoded: "/zoek"
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;    ///< names in lower case
    std::vector<std::pair<std::string, std::string>> query;      ///< decoded, in order
    std::vector<std::pair<std::string, std::string>> parameters; ///< {captures} of the route
    std::string number;  ///< quoted by error pages, found in the log
    std::string pattern; ///< the route's pattern, for the log
    std::string peer;    ///< address of the client; a proxy that is believed says which
    Instant received;
    bool secure = false;  ///< over TLS, or a proxy that is believed said X-Forwarded-Proto: https
    bool relayed = false; ///< somebody who is not believed says that it passes this on for another
    bool admin = false;   ///< came over the admin socket, which only the owner of the data can open

    /// Empty when absent.
    std::string_view header(std::string_view lower_case_name) const;
    std::optional<std::string_view> cookie(std::string_view name) const;
    std::optional<std::string_view> query_value(std::string_view name) const;
    /// A capture of the route's pattern; asking for one that it lacks is a bug.
    std::string_view parameter(std::string_view name) const;
    /// Reads an urlencoded or multipart body. Refuses "http.not_a_form" on any other.
    Result<Form> form() const;
};

/// Gives the next piece of a long answer (SSE, a download), or nothing at its end. Called on the
/// connection's strand, one call at a time; dropped when the client is gone.
using Stream = std::function<Task<std::optional<std::string>>()>;

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    /// For what is embedded or kept: sent instead of `body`, which stays empty. Lives for ever.
    std::string_view fixed_body;
    Stream stream; ///< when set, sent chunked after the head; SSE sets content_type itself

    Response& with(std::string_view name, std::string_view value);
};

Response html(std::string body, int status = 200);
Response json_text(std::string body, int status = 200);
Response plain(std::string body, int status = 200);
/// One server-sent event for a stream of content type "text/event-stream". Such a stream gets a
/// comment every fifteen seconds while it waits, and is ended first when the server stops.
std::string sse_event(std::string_view name, std::string_view data);
/// 303: after a form was accepted, so that reloading does not send it again.
Response see_other(std::string_view location);
/// application/problem+json (RFC 9457) with status, title, detail, code and all wrong fields at
/// once ("errors": [{"field", "code", "detail"}]), in the language asked for.
Response problem(const Request& request, int status, const Refusal& refusal);
/// Set-Cookie with HttpOnly, SameSite=Lax, Path=/ and, when the request was secure, Secure.
void set_cookie(Response& response, const Request& request, std::string_view name,
                std::string_view value, std::chrono::seconds lives);

/// "nl" unless the query has taal=en or lang=en, the cookie `taal` says so, or, without either,
/// Accept-Language prefers English.
Language language_of(const Request& request);
/// Keeps the language that `?taal=` asked for in the cookie `taal`, for a year, when the answer is
/// a page: the visitor's own wish, and nothing else is in it.
void keep_language(const Request& request, Response& response);
/// True when the client asks for HTML before JSON (Accept).
bool wants_html(const Request& request);

using Handler = std::function<Task<Response>(const Request&)>;
/// Wraps a function that does not wait.
Handler at_once(std::function<Response(const Request&)> function);

/// What one route allows; more is answered with 413, 408 or 429 before the handler sees it.
struct Limits {
    std::size_t body_bytes = 64 * 1024;
    std::chrono::seconds body_time{30};
    int requests_per_minute = 0; ///< per client address; 0: no limit
};

/// A parameter, body field or answer of the API, for its OpenAPI description.
struct FieldDoc {
    std::string name;
    std::string type; ///< "string", "integer", "boolean", "uuid", "date", "date-time", "[Movement]"
    std::string description;
    bool required = false;
};

/// Describes a route in /api/v1/openapi.json. Names of schemas refer to `Api::schemas`.
struct OperationDoc {
    std::string id;      ///< "postMovements"
    std::string summary; ///< one line
    std::string tag;
    std::vector<FieldDoc> query;
    std::string request_schema;  ///< empty: no body
    std::string response_schema; ///< empty: no body
    int success = 200;
    std::vector<int> refusals; ///< other statuses that may come back as problem+json
    bool needs_token = false;
};

/// A line of a room's table of contents.
struct Route {
    Method method = Method::get;
    std::string pattern; ///< "/centra/{centre}/dagen/{day}"; a capture is one segment
    Handler handler;
    Limits limits = {};
    std::optional<OperationDoc> doc = {};
    /// For whom it is as if there were no such address, whatever the method.
    std::function<bool(const Request&)> hidden_from = {};
};
using Routes = std::vector<Route>;

/// Adds headers to an answer before it is sent.
using Stamp = std::function<void(const Request&, Response&)>;

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                 ///< 0: any free one, see Server::port
    std::string unix_socket;                   ///< for a reverse proxy; empty: none
    AddressRanges trusted_proxies = {};        ///< believed on the port, as all are on the socket
    std::string admin_socket;                  ///< mode 0600; its requests have `admin` set
    std::string certificate_file;              ///< PEM chain; with `key_file`: TLS on the port
    std::string key_file;                      ///< PEM
    int threads = 2;                           ///< that read requests and run handlers
    std::size_t connections = 4096;            ///< open at once; more wait in the kernel's queue
    std::size_t connections_per_client = 1024; ///< over TCP; more are closed without a word
    /// What bodies over 8 kB may take while they come in, and the half that one client may take;
    /// who finds no room is told to come back (503). Smaller ones always have room.
    std::size_t body_bytes = 24 * 1024 * 1024;
    std::chrono::seconds head_time{10};     ///< from its first byte to the end of the head
    std::chrono::seconds idle_time{60};     ///< between requests
    std::chrono::seconds write_time{30};    ///< for each 256 kB of an answer or a piece of a stream
    std::chrono::seconds shutdown_time{10}; ///< for running requests to end
    /// Gets one line a finished request; must be quick and safe from any thread.
    std::function<void(const Request&, const Response&, std::chrono::microseconds)> log = {};
    /// Turns what broke (an exception of a handler) into an answer that quotes `request.number`.
    std::function<Response(const Request&, const std::exception&)> broke = {};
    /// 404 and 405 for people; without it problem+json.
    std::function<Response(const Request&, int status)> not_here = {};
    /// For every answer, also those that no route made (404, 429, 503); quick, safe from any
    /// thread.
    Stamp stamp = {};
};

/// Listens, reads requests strictly, answers each from the route tables, and stops gracefully.
class Server {
  public:
    /// Throws `Bug` when two routes claim the same method and pattern, `Breakdown` when it cannot
    /// listen or read its certificate.
    Server(ServerOptions options, Routes routes);
    ~Server(); ///< stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// The port it listens on.
    std::uint16_t port() const;
    /// How many connections are open.
    std::size_t connections() const;
    /// Accepts nothing new, ends streams, lets running requests finish, then returns.
    void stop();

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Files that the build put into the program below `prefix` ("web/dist/"), served at `url_prefix`:
/// ETag and 304, `.br` or `.gz` beside the file when the client takes it, a year of immutable
/// cache for names that carry a hash ("app-3f2a9c1b.js").
Routes static_files(std::string_view prefix, std::string_view url_prefix);

} // namespace kringwerk::http
