// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/client.hpp"

#include "base/ensure.hpp"
#include "base/words.hpp"
#include "platform/http/encoding.hpp"
#include "platform/http/wire.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <array>
#include <fstream>
#include <optional>

namespace kringwerk::http {
namespace {

namespace beast = boost::beast;
using View = beast::string_view;
using BeastCode = beast::error_code;
using Receive = std::function<bool(std::string_view)>;

/// Heads of servers that we know; a longer one is no answer of ours.
constexpr std::uint32_t longest_head = 64 * 1024;
constexpr std::size_t step = 64 * 1024;

class ResponseParser final : public beast::http::basic_parser<false> {
  public:
    ResponseParser(ClientResponse& into, const Receive& receive) : into_(into), receive_(receive) {
        eager(true);
        header_limit(longest_head);
        body_limit(boost::none);
    }
    bool wants_more() const { return wants_more_; }

  private:
    void on_request_impl(beast::http::verb, View, View, int, BeastCode&) override {}
    void on_response_impl(int status, View, int, BeastCode&) override { into_.status = status; }
    void on_field_impl(beast::http::field, View name, View value, BeastCode&) override {
        into_.headers.emplace_back(lower({name.data(), name.size()}),
                                   std::string(value.data(), value.size()));
    }
    void on_header_impl(BeastCode&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastCode&) override {}
    std::size_t on_body_impl(View body, BeastCode&) override { return take(body); }
    void on_chunk_header_impl(std::uint64_t, View, BeastCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, BeastCode&) override {
        return take(body);
    }
    void on_finish_impl(BeastCode&) override {}

    std::size_t take(View body) {
        const std::string_view piece(body.data(), body.size());
        if (!receive_) into_.body += piece;
        if (receive_ && wants_more_) wants_more_ = receive_(piece);
        return body.size();
    }

    ClientResponse& into_;
    const Receive& receive_;
    bool wants_more_ = true;
};

std::string head_of(const ClientRequest& request, const Endpoint& endpoint, std::uintmax_t size) {
    auto head = request.method + " " + request.target + " HTTP/1.1\r\n";
    bool host = false;
    for (const auto& [name, value] : request.headers) {
        head += name + ": " + value + "\r\n";
        host = host || same_letters(name, "host");
    }
    if (!host)
        head += "Host: " + (endpoint.unix_socket.empty() ? endpoint.host : "localhost") + "\r\n";
    const bool may_have_body = request.method != "GET" && request.method != "HEAD";
    if (size > 0 || may_have_body) head += "Content-Length: " + std::to_string(size) + "\r\n";
    return head + "\r\n";
}

} // namespace

std::string_view ClientResponse::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers) {
        if (name == lower_case_name) return value;
    }
    return {};
}

struct Client::Inside {
    Endpoint endpoint;
    Wire wire;
    std::string unread; ///< what came after the last answer

    ClientResponse send(const ClientRequest& request, const Receive& receive);
    bool send_body(const ClientRequest& request);
    ClientResponse read_answer(bool to_head, const Receive& receive);
};

/// False when the server stopped reading: its answer, most likely a refusal, is already there.
bool Client::Inside::send_body(const ClientRequest& request) {
    if (request.body_file.empty()) return request.body.empty() || wire.write(request.body);
    std::ifstream file(request.body_file, std::ios::binary);
    if (!file) throw Breakdown("cannot read " + request.body_file.string());
    std::string piece(step, '\0');
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())), file.gcount() > 0) {
        if (!wire.write(
                std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())))) {
            return false;
        }
    }
    if (file.bad()) throw Breakdown("cannot read " + request.body_file.string());
    return true;
}

ClientResponse Client::Inside::read_answer(bool to_head, const Receive& receive) {
    for (;;) {
        ClientResponse response;
        ResponseParser parser(response, receive);
        parser.skip(to_head);
        while (!parser.is_done() && parser.wants_more()) {
            BeastCode code;
            const auto used =
                parser.put(boost::asio::const_buffer(unread.data(), unread.size()), code);
            unread.erase(0, used);
            if (code && code != beast::http::error::need_more) {
                throw Breakdown("the server answered something that is no HTTP: " + code.message());
            }
            if (parser.is_done() || !parser.wants_more()) break;
            auto more = wire.read();
            if (!more.empty()) {
                unread += more;
                continue;
            }
            parser.put_eof(code);
            if (code)
                throw Breakdown("the server ended the connection before its answer was whole");
        }
        // "100 Continue" only announces the answer.
        if (response.status >= 200) return response;
    }
}

ClientResponse Client::Inside::send(const ClientRequest& request, const Receive& receive) {
    const auto size = request.body_file.empty() ? request.body.size()
                                                : std::filesystem::file_size(request.body_file);
    if (wire.write(head_of(request, endpoint, size))) std::ignore = send_body(request);
    return read_answer(request.method == "HEAD", receive);
}

Client::Client(const Endpoint& endpoint, std::chrono::milliseconds patience)
    : inside_(std::make_unique<Inside>(Inside{endpoint, Wire(endpoint, patience), {}})) {}

Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

ClientResponse Client::send(const ClientRequest& request) { return inside_->send(request, {}); }

ClientResponse Client::send(const ClientRequest& request, const Receive& receive) {
    return inside_->send(request, receive);
}

ClientResponse send(const Endpoint& endpoint, const ClientRequest& request) {
    return Client(endpoint).send(request);
}

bool is_listening(const Endpoint& endpoint) {
    try {
        const Wire wire(endpoint, std::chrono::seconds(5));
        return true;
    } catch (const Breakdown&) {
        return false;
    }
}

} // namespace kringwerk::http
