// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/reader.hpp"

#include "base/words.hpp"
#include "platform/http/encoding.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>

namespace kringwerk::http {
namespace {

namespace beast = boost::beast;
using View = beast::string_view;
using Failure = RequestReader::Failure;

/// Memory reserved before the first byte of a body is there: a claim costs its sender nothing.
constexpr std::uint64_t most_reserved = 1024 * 1024;

std::string_view standard(View view) { return {view.data(), view.size()}; }

std::optional<Method> method_of(beast::http::verb verb) {
    switch (verb) {
    case beast::http::verb::get:
        return Method::get;
    case beast::http::verb::head:
        return Method::head;
    case beast::http::verb::post:
        return Method::post;
    case beast::http::verb::put:
        return Method::put;
    case beast::http::verb::patch:
        return Method::patch;
    case beast::http::verb::delete_:
        return Method::remove;
    case beast::http::verb::options:
        return Method::options;
    default:
        return std::nullopt;
    }
}

bool is_host(std::string_view host) {
    return std::all_of(host.begin(), host.end(), [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
               (sign >= '0' && sign <= '9') ||
               std::string_view("-._~%:[]").find(sign) != std::string_view::npos;
    });
}

/// "http://host/path" is what a client sends to a proxy; the path is all that counts here.
std::string_view without_origin(std::string_view target) {
    if (!same_letters(target.substr(0, 7), "http://") &&
        !same_letters(target.substr(0, 8), "https://")) {
        return target;
    }
    const auto path = target.find('/', target.find("//") + 2);
    return path == target.npos ? std::string_view("/") : target.substr(path);
}

Failure failure_of(beast::error_code code) {
    using beast::http::error;
    if (code == error::body_limit) return {413, "http.too_large"};
    if (code == error::header_limit) return {431, "http.head_too_large"};
    return {400, "http.bad_request"};
}

} // namespace

/// Hands what Beast finds straight to the request.
class RequestReader::Parser : public beast::http::basic_parser<true> {
  public:
    explicit Parser(Request& into) : into_(&into) {
        header_limit(head_limit);
        body_limit(boost::none); // the route is known only after the head
    }

    std::size_t take(std::string_view bytes) {
        beast::error_code code;
        bytes_ = bytes;
        const auto used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), code);
        if (code && code != beast::http::error::need_more && !failure_) failure_ = failure_of(code);
        return used;
    }

    void check_head();
    const Request& request() const { return *into_; }

    std::optional<Failure> failure_;
    bool old_ = false;

  private:
    void on_request_impl(beast::http::verb verb, View, View target, int version,
                         beast::error_code&) override {
        const auto method = method_of(verb);
        if (!method) fail(501, "http.unknown_method");
        into_->method = method.value_or(Method::get);
        into_->target = without_origin(standard(target));
        old_ = version < 11;
    }

    void on_response_impl(int, View, int, beast::error_code&) override {
    } // never called for requests

    void on_field_impl(beast::http::field, View name, View value, beast::error_code&) override {
        if (head_done_) return; // trailers tell us nothing
        into_->headers.emplace_back(lower(standard(name)), standard(value));
    }

    void on_header_impl(beast::error_code&) override {
        head_done_ = true;
        check_head();
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length,
                           beast::error_code&) override {
        if (length) into_->body.reserve(std::min(*length, most_reserved));
    }

    std::size_t on_body_impl(View body, beast::error_code&) override { return append(body); }
    void on_chunk_header_impl(std::uint64_t, View, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, beast::error_code&) override {
        return append(body);
    }
    void on_finish_impl(beast::error_code&) override {}

    std::size_t append(View body) {
        into_->body.append(body.data(), body.size());
        return body.size();
    }

    void fail(int status, std::string_view code) {
        if (!failure_) failure_ = Failure{status, code};
    }

    bool has_folded_line() const;

    Request* into_;
    std::string_view bytes_; ///< being read; Beast takes a head only as a whole
    bool head_done_ = false;
};

/// A header that goes on in the next line: out of use since 2014, and some take that line for one
/// of its own (RFC 9112, 5.2).
bool RequestReader::Parser::has_folded_line() const {
    const auto head = bytes_.substr(0, bytes_.find("\r\n\r\n"));
    return head.find("\r\n ") != head.npos || head.find("\r\n\t") != head.npos;
}

/// What Beast lets pass, but what two servers in a row might read differently: that is how requests
/// are smuggled past a proxy.
void RequestReader::Parser::check_head() {
    int hosts = 0;
    int lengths = 0;
    for (const auto& [name, value] : into_->headers) {
        if (name == "host") {
            ++hosts;
            if (!is_host(value)) fail(400, "http.no_host");
        } else if (name == "content-length") {
            ++lengths;
            // Beast takes "5, 5" for 5.
            if (!std::all_of(value.begin(), value.end(), kringwerk::is_digit))
                fail(400, "http.bad_request");
        } else if (name == "content-encoding" && !same_letters(value, "identity")) {
            fail(415, "http.packed"); // unpacked nowhere: a few bytes may be gigabytes
        } else if (name == "expect" && !old_ && !same_letters(value, "100-continue")) {
            fail(417, "http.unknown_wish");
        } else if (name == "transfer-encoding" && (old_ || !same_letters(value, "chunked"))) {
            fail(400, "http.bad_request");
        }
    }
    if (hosts > 1 || (hosts == 0 && !old_)) fail(400, "http.no_host");
    if (lengths > 1 || has_folded_line()) fail(400, "http.bad_request");
    auto rest = std::string_view(into_->target);
    if (rest == "*" && into_->method == Method::options) {
        into_->path = "*";
        return;
    }
    const auto path = parse_path(take_until(rest, '?'));
    auto query = parse_pairs(rest);
    if (!path || !query) return fail(400, "http.bad_address");
    into_->path = *path;
    into_->query = *std::move(query);
}

RequestReader::RequestReader() = default;
RequestReader::~RequestReader() = default;

void RequestReader::start(Request& into) { parser_ = std::make_unique<Parser>(into); }

std::size_t RequestReader::feed(std::string_view bytes) {
    const auto used = parser_->take(bytes);
    // Beast takes nothing of a head before its end is there, so a full head without it is too long.
    // The same goes for the line before a chunk.
    if (used == 0 && !complete() && !failure() && bytes.size() >= head_limit) {
        parser_->failure_ = head_complete() ? Failure{400, "http.bad_request"}
                                            : Failure{431, "http.head_too_large"};
    }
    return used;
}

bool RequestReader::head_complete() const { return parser_->is_header_done(); }
bool RequestReader::complete() const { return parser_->is_done(); }
const std::optional<Failure>& RequestReader::failure() const { return parser_->failure_; }

std::optional<std::uint64_t> RequestReader::content_length() const {
    const auto length = parser_->content_length();
    if (!length) return std::nullopt;
    return *length;
}

bool RequestReader::waits_for_continue() const {
    const auto expected = parser_->request().header("expect");
    return !parser_->old_ && !complete() && same_letters(expected, "100-continue");
}

bool RequestReader::keeps_alive() const { return head_complete() && parser_->keep_alive(); }
bool RequestReader::is_old() const { return parser_->old_; }

void RequestReader::allow_body(std::size_t bytes) {
    parser_->body_limit(bytes);
    parser_->eager(true);
    const auto length = content_length();
    if (length && *length > bytes && !parser_->failure_) {
        parser_->failure_ = Failure{413, "http.too_large"};
    }
}

} // namespace kringwerk::http
